"""A record as linked data: the right type, public fields alone, and nothing that breaks out of the page."""

import json
import re

import pytest

from registry import json_ld, public
from registry.models import ENTRIES, Citation, Identifier, Project, ProjectParticipation, Region, State
from registry.tests.make import (
    MAKERS,
    make_budget,
    make_event,
    make_funding,
    make_organisation,
    make_project,
    make_region,
    make_resource,
    make_site,
    make_source,
    make_statement,
)
from registry.tests.rows import filled

pytestmark = pytest.mark.django_db
nouns = pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
SECRET = "Quxoprane"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data(client, entry):
    """The document of a record, the same in its page and at its own address."""
    address = entry.get_absolute_url()
    (block,) = BLOCK.findall(client.get(address).content.decode())
    answer = client.get(f"{address}jsonld/")
    assert answer["Content-Type"] == "application/ld+json" and json.loads(block) == answer.json()
    return answer.json()


def keys(value):
    if isinstance(value, dict):
        return set(value) | {key for held in value.values() for key in keys(held)}
    return {key for held in value for key in keys(held)} if isinstance(value, list) else set()


@nouns
def test_every_noun_has_a_document_of_its_type_that_names_its_page_its_version_and_its_sources(client, model):
    entry = filled(model, title="Restoration", summary="In a sentence.")
    found = data(client, entry)
    page = found["mainEntityOfPage"]
    assert found["@context"] == "https://schema.org" and found["name"] == "Restoration"
    assert page["@id"] == f"http://testserver{entry.get_absolute_url()}" and page["version"] == entry.version
    assert page["isPartOf"]["@type"] == "DataCatalog" and page["inLanguage"] == "en"
    cited = public.records(model).get(pk=entry.pk).citations.all()
    assert len(page.get("citation", [])) == len(cited)
    assert None not in keys(found) and "" not in json.loads(json.dumps(list(found.values())))
    assert json_ld.document(public.records(model).get(pk=entry.pk), page["@id"]) == found


def test_nothing_in_a_record_ends_the_block(client):
    hostile = "</script><script>alert(1)</script> & <!-- \u2028 Şəki"
    project = make_project(title=hostile, summary=hostile)
    html = client.get(project.get_absolute_url()).content.decode()
    (block,) = BLOCK.findall(html)
    assert "<" not in block and "\u2028" not in block and "<script>alert" not in html
    assert json.loads(block)["name"] == project.title


def test_money_has_its_currency_and_a_gap_says_what_it_is_a_share_of(client):
    budget = data(client, make_budget(amount="4200000.00", currency="USD", gap_percent="30", gap_basis="unknown"))
    amount, gap = budget["variableMeasured"]
    assert amount["value"] == {"@type": "MonetaryAmount", "currency": "USD", "value": "4200000.00"}
    assert (gap["value"], gap["unitText"]) == ("30", "%") and "does not say" in gap["description"]
    line = data(client, make_funding(amount="0.00", currency="AZN", project=make_project()))
    assert line["@type"] == "MonetaryGrant" and line["amount"]["value"] == "0.00"
    assert "amount" not in data(client, make_funding(amount=None, currency=""))


def test_a_statement_is_a_claim_of_its_speaker_with_how_far_it_was_checked(client):
    project, body = make_project(title="Fortress"), make_organisation(title="A body")
    words = make_statement(
        speaker="A speaker", speaker_role="Chair", affiliation=body, about=[project.pk], verification="alleged"
    )
    claim = data(client, words)
    assert claim["@type"] == "Claim" and claim["creativeWorkStatus"] == "alleged"
    assert claim["author"]["name"] == "A speaker" and claim["author"]["affiliation"]["name"] == "A body"
    assert [one["name"] for one in claim["about"]] == ["Fortress"]


def test_a_point_is_given_no_more_exactly_than_it_is_published(client):
    region = data(client, make_region(longitude="47.2", latitude="41.2", precision="exact"))
    assert region["geo"]["@type"] == "GeoCoordinates"
    mound = data(client, make_site(heritage_types=["archaeological_site"], exact=("47.191700", "41.197500")))
    assert mound["geo"]["@type"] == "GeoCircle" and mound["geo"]["geoRadius"] == 8000
    assert "47.1917" not in json.dumps(mound)
    assert "geo" not in data(client, make_site(precision_chosen="hidden", exact=("47.191700", "41.197500")))


def test_names_rights_dates_and_identifiers_are_told_where_they_are_stated(client):
    names = [{"name": "Şəki qalası", "language": "az", "note": ""}, {"name": "Nukha", "language": "", "note": ""}]
    site = make_site(other_names=names, identifiers=[Identifier(scheme="wikidata", value="Q1")])
    told = data(client, site)
    assert told["alternateName"] == [{"@value": "Şəki qalası", "@language": "az"}, "Nukha"]
    assert told["identifier"] == [site.pk, {"@type": "PropertyValue", "propertyID": "wikidata", "value": "Q1"}]
    film = data(client, make_resource(kind="documentary", rights="CC-BY-4.0", languages=["az"], dates="2020"))
    assert film["license"] == "https://creativecommons.org/licenses/by/4.0/" and film["datePublished"] == "2020"
    assert film["@type"] == "VideoObject" and film["inLanguage"] == ["az"]
    assert "startDate" not in data(client, make_event(dates="2020-11-20?"))
    held = data(client, make_event(dates="2019-05-03/2019-05-05"))
    assert (held["startDate"], held["endDate"]) == ("2019-05-03", "2019-05-05")


def test_what_is_not_public_is_not_in_it(client):
    hidden = {"title": f"{SECRET} secret", "state": State.DRAFT}
    body, source = make_organisation(**hidden), make_source(**hidden)
    project = make_project(
        regions=[make_region(**hidden)],
        event=make_event(**hidden),
        participations=[ProjectParticipation(organisation=body, role="owner")],
        citations=[Citation(source=make_source(), locator="page 1"), Citation(source=source, locator=SECRET)],
    )
    assert SECRET not in json.dumps(data(client, project))
    assert client.get(f"{MAKERS[Project](state=State.DRAFT).get_absolute_url()}jsonld/").status_code == 404


def test_the_document_is_the_same_from_every_language(client):
    place = make_region(translations={"fa": {"title": "شکی"}})
    for page in (f"/regions/{place.pk}/", f"/fa/regions/{place.pk}/"):
        assert client.get(f"{page}jsonld/").json() == data(client, place)
    assert Region.objects.get().pk in data(client, place)["@id"]
    assert {"@value": "شکی", "@language": "fa"} in data(client, place)["alternateName"]


def test_a_page_says_what_other_sites_show_of_it(client):
    project = make_project(title='The "old" <mill>', summary="In a sentence.")
    html = client.get(f"/ru/projects/{project.pk}/?from=somewhere").content.decode()
    address = f"http://testserver/ru/projects/{project.pk}/"
    assert f'<link rel="canonical" href="{address}">' in html
    assert f'<meta property="og:url" content="{address}">' in html
    assert '<meta property="og:title" content="The &quot;old&quot; &lt;mill&gt;">' in html
    assert '<meta property="og:locale" content="ru_RU">' in html
    assert '<meta property="og:locale:alternate" content="en_GB">' in html
    assert re.search(r'og:image" content="http://testserver/static/img/card[^"]*\.png"', html)
