"""Each record as Dublin Core: what stands in its public document, under the element that means it."""

import pytest
from lxml import etree

from registry import documents, ledger
from registry.api.oai import mapping, verbs
from registry.models import ENTRIES, Citation, FeedEntry, ProjectParticipation, Role
from registry.tests.make import (
    MAKERS,
    make_budget,
    make_event,
    make_organisation,
    make_project,
    make_region,
    make_resource,
    make_site,
    make_source,
    make_statement,
)
from registry.tests.rows import filled

from .asking import Answer, ask, records

ROOT = "http://testserver"


def told(client, entry) -> dict[str, list[str]]:
    """The elements of a record, each with its values in their order; a language stands after “@”."""
    found = {}
    answer = ask(client, "GetRecord", prefix="oai_dc", identifier=f"oai:testserver:{entry.pk}")
    for element in answer.all("//dc:*"):
        language = element.get("{http://www.w3.org/XML/1998/namespace}lang")
        words = f"{element.text}@{language}" if language else element.text
        found.setdefault(etree.QName(element).localname, []).append(words)
    return found


def test_every_field_of_every_document_has_an_element_or_is_left_out_on_purpose():
    names = {name for model in ENTRIES for name in documents.names(model)}
    mapped = {name for sources in mapping.ELEMENTS.values() for name in sources}
    assert mapped | mapping.LEFT_OUT == names and not mapped & mapping.LEFT_OUT


@pytest.mark.django_db
class TestRecords:
    """What a harvester reads."""

    def test_every_noun_with_all_that_it_can_say_is_valid(self, client, monkeypatch):
        monkeypatch.setattr(verbs, "AT_ONCE", 10_000)
        others = {model: make() for model, make in MAKERS.items()}
        codes = {filled(model, others).pk for model in ENTRIES}
        found = records(client)
        assert codes <= set(found.codes) and found.deleted == set()
        assert {element.text for element in found.all("//dc:*")} & {"None", "[]", "{}"} == set()

    def test_a_project_in_all_its_elements(self, client):
        place, source, event = make_region(title="Sheki"), make_source(title="A report"), make_event(title="A forum")
        body, donor = make_organisation(title="A ministry"), make_organisation(title="A fund")
        project = make_project(
            title="Old mill",
            other_names=[{"name": "Köhnə dəyirman", "language": "az", "note": ""}],
            translations={"ru": {"title": "Старая мельница", "summary": "Чинят крышу."}},
            summary="Its roof is mended.",
            heritage_types=["site"],
            status="completed",
            regions=[place],
            dates="2018/..",
            event=event,
            participations=[
                ProjectParticipation(organisation=body, role=Role.IMPLEMENTING),
                ProjectParticipation(organisation=donor, role=Role.FUNDING),
            ],
            citations=[Citation(source=source, locator=row) for row in ("row 1", "row 2")],
        )
        assert told(client, project) == {
            "title": ["Old mill@en", "Köhnə dəyirman@az", "Старая мельница@ru"],
            "creator": ["A ministry"],
            "subject": ["Site"],
            "description": ["Its roof is mended.@en", "Чинят крышу.@ru", "Status: Completed"],
            "contributor": ["A fund"],
            "date": ["2018/.."],
            "type": ["Project"],
            "identifier": [f"{ROOT}/projects/{project.pk}/", project.pk],
            "source": ["A report"],
            "relation": [f"{ROOT}/api/v1/projects/{project.pk}/", f"{ROOT}/events/{event.pk}/"],
            "coverage": ["Sheki"],
            "rights": ["The records are under the BSD 3-Clause licence, as the code of the register is."],
        }

    def test_a_film_has_its_own_rights_and_not_those_of_the_record(self, client):
        film = make_resource(kind="documentary", rights="CC-BY-4.0", rights_holder="A studio", languages=["az", "ru"])
        found = told(client, film)
        deed = "https://creativecommons.org/licenses/by/4.0/"
        assert found["rights"] == [deed, "CC BY 4.0", "A studio"] and found["language"] == ["az", "ru"]
        assert found["type"] == ["MovingImage", "Digital resource", "Documentary"]
        assert "rights" not in told(client, make_resource()) and "rights" not in told(client, make_source())

    def test_a_claim_is_told_with_who_made_it_and_how_far_it_was_checked(self, client):
        project = make_project(title="Old mill")
        words = make_statement(speaker="A minister", verification="alleged", about=[project.pk], dates="2020-11-20?")
        found = told(client, words)
        assert (found["creator"], found["subject"], found["date"]) == (["A minister"], ["Old mill"], ["2020-11-20?"])
        assert "Verification: Alleged" in found["description"]

    def test_money_says_its_currency_and_what_its_gap_is_a_share_of(self, client):
        budget = make_budget(region=make_region(title="Azerbaijan", kind="country"), year=2020)
        found = told(client, budget)
        assert found["description"] == ["Amount: 4200000.00 USD", "Gap, in percent: 30.00 (gap basis: Not stated)"]
        assert (found["date"], found["coverage"]) == (["2020"], ["Azerbaijan"])

    def test_a_place_is_told_as_exactly_as_the_register_shows_it(self, client):
        site = make_site(title="Mound; B", heritage_types=["archaeological_site"], exact=("48.312345", "40.456789"))
        point = next(value for value in told(client, site)["coverage"] if value.startswith("east="))
        assert point == f"east={float(site.longitude)}; north={float(site.latitude)}; name=Mound\\; B (Within 10 km)"
        assert "48.3123" not in point

    def test_it_speaks_english_whatever_a_browser_would_rather_have(self, client):
        make_project(status="completed")
        ledger.catch_up()
        body = client.get("/oai/?verb=ListRecords&metadataPrefix=oai_dc", headers={"Accept-Language": "ru"}).content
        assert "Status: Completed" in Answer(body).all("//dc:description/text()")

    @pytest.mark.writes_around_the_ledger
    def test_what_xml_cannot_hold_becomes_a_mark(self, client):
        project = make_project(title="Old mill")
        ledger.catch_up()
        entry = FeedEntry.objects.get(code=project.pk)
        document = entry.document.replace("Old mill", "Old\\u0001 <mill> & \\ud800 \\uffff😀")
        FeedEntry.objects.filter(pk=entry.pk).update(document=document)
        assert told(client, project)["title"] == ["Old\ufffd <mill> & \ufffd \ufffd😀@en"]
