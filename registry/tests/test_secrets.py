"""Twins: a register, and the same register with secrets added, answer every public request byte for byte alike."""

import json
import re
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import TestCase, override_settings

from registry import ledger, public
from registry.api.ogc.collections import COLLECTIONS
from registry.api.reconcile import properties
from registry.downloads import FORMATS
from registry.filters import FILTERS
from registry.models import (
    ENTRIES,
    Entry,
    Event,
    Initiative,
    Mission,
    Organisation,
    Programme,
    Project,
    Region,
    Site,
    Source,
)
from registry.tests.twins import SECRET, add_secrets, make_open_register, settle

POINTED_TO = {"region": [Region], "source": [Source], "event": [Event], "organisation": [Organisation]}
POINTED_TO |= {"site": [Site], "project": [Project], "initiative": [Initiative], "mission": [Mission]}
POINTED_TO |= {"party": [Region], "mandated_by": [Organisation], "about": [Project, Region]}
STATED = {name for names in public.FIELDS.values() for name in names} | {"citations"}
# Made anew for every page of a form: the token of its cookie, and when it was made. A harvester is told
# when it was answered, and so is who reads features.
ANEW = re.compile(
    rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+|(?<=name="started" value=")[^"]+|(?<=<responseDate>)[^<]+'
    rb'|(?<="timeStamp":")[^"]+'
)
HASHES = re.compile(rb'(?<="salt":")[0-9a-f]+|(?<="digest":")[0-9a-f]+|(?<="chain":")[0-9a-f]+')
WORDS = ["quxoprane", "sheki secretville", "prj"]


def next_codes(model: type[Entry]) -> list[str]:
    """The codes that the first secrets will have."""
    last = max(int(code[4:]) for code in public_codes(model))
    return [f"{model.prefix}-{last + step:04d}" for step in (1, 2)]


def public_codes(model: type[Entry]) -> list[str]:
    return list(model.objects.public().order_by("pk").values_list("pk", flat=True))


def questions(model: type[Entry]) -> list[tuple[str, list[str]]]:
    """Every parameter of a list: all values that are known together, and each that could tell something alone."""
    stated = [field.name for field in model._meta.get_fields() if field.is_relation and field.name in STATED]
    alone = {
        "q": WORDS,
        "country": ["AZ", "AM"],
        "language": ["az", "hy"],
        "currency": ["USD"],
        "year": ["2019", "2020"],
    }
    alone |= {"updated_since": ["2026-01-06"], "bbox": ["49,40,50,41"], "has": stated, "missing": stated}
    asked = []
    for name, question in FILTERS[model].base_filters.items():
        together = [value for value, _label in question.extra.get("choices", ())]
        for kind in POINTED_TO.get(name, ()):
            together += public_codes(kind)
            alone.setdefault(name, []).extend(next_codes(kind))
        asked += [(name, together)] if together else []
        asked += [(name, [value]) for value in alone.get(name, ())]
    return asked


def reconciliations() -> list[str]:
    """What OpenRefine asks, in a few addresses: about names and codes, in the open and secret, and what records say."""
    names = [*WORDS, "Sheki", "Restoration of Sheki fortress", *(next_codes(model)[0] for model in ENTRIES)]
    known = [*public_codes(Region)[:2], *next_codes(Region), *({"id": code} for code in next_codes(Region))]
    queries = [{"query": name, "limit": 50} for name in names]
    queries += [{"properties": [{"pid": "regions", "v": value}]} for value in known]
    codes = [code for model in ENTRIES for code in [*public_codes(model)[:4], *next_codes(model)]]
    asked = {"queries": {f"q{number}": query for number, query in enumerate(queries)}}
    asked["extend"] = {"ids": codes, "properties": [{"id": name} for name in [*properties.everywhere()][:50]]}
    found = [f"/reconcile/?{urlencode({name: json.dumps(value)})}" for name, value in asked.items()]
    found += [f"/reconcile/preview/{code}/" for code in [public_codes(Project)[0], *next_codes(Project)]]
    return [*found, "/reconcile/suggest/entity/?prefix=quxo", "/reconcile/suggest/entity/?prefix=prj"]


def requests() -> list[str]:
    """Every public address: pages and API, lists asked everything, records, and the places that secrets will take."""
    found = ["/", "/search/", "/propose/", "/council/", "/calendar/", "/calendar.ics"]
    found += ["/api/v1/", "/api/v1/schema/", "/api/v1/vocabularies/"]
    found += [f"/api/docs/{page}" for page in ("", "harvesting/", "citing/", "limits/", "examples/", "reference/")]
    found += ["/api/v1/changes/", "/api/v1/changes/?after=3&noun=projects&noun=sites"]
    found += [f"/search/?q={word}" for word in WORDS]
    found += reconciliations()
    found += [f"/programmes/{code}/calendar.ics" for code in [*public_codes(Programme), *next_codes(Programme)]]
    found += ["/data/", "/data/fields/", "/data/fields.csv", "/changes/", "/changes/?noun=project", "/changes/atom/"]
    found += ["/data/catalogue.jsonld", "/data/catalogue.ttl"]
    found += ["/map/", "/timeline/", "/sitemap.xml", "/robots.txt", f"/compare/?code={public_codes(Project)[0]}"]
    found += ["/iati/", "/iati/activities.xml", "/iati/left-out.json", "/iati/left-out.csv"]
    found += [f"/iati/activities/{code}.xml" for code in [*public_codes(Project), *next_codes(Project)]]
    found += [f"/oai/?verb={verb}" for verb in ("Identify", "ListSets", "ListRecords&metadataPrefix=oai_dc")]
    for number, model in enumerate(ENTRIES):
        found.append(f"/oai/?verb=ListRecords&metadataPrefix=oai_dc&set={model.slug}&from=2000-01-01")
        for code in [*public_codes(model)[:1], *next_codes(model)[:1]]:
            found.append(f"/oai/?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:testserver:{code}")
        # All formats are written from the same documents: the points are looked up for one, the rest take turns.
        for name in {"geojson", [*FORMATS][number % len(FORMATS)]}:
            found.append(f"/api/v1/{model.slug}/?format={name}")
        found += [f"/{model.slug}/atom/", f"/map/?noun={model.noun}", f"/timeline/?noun={model.noun}"]
        found += [f"/map/pins/?noun={model.noun}&view=-180,-90,180,90&zoom=5", f"/sitemap-{model.noun}-1.xml"]
        found += [f"/compare/?code={public_codes(model)[0]}&code={next_codes(model)[0]}"]
        orders = [("ordering", [name]) for name in FILTERS[model].ordering_columns()]
        facets, narrow = ("facets", [",".join(FILTERS[model].facets)]), ("page_size", ["1"])
        asked = questions(model)
        found += [f"/api/v1/{model.slug}/?{urlencode([pair], doseq=True)}" for pair in (facets, narrow)]
        # Which records, how many and in which order: what they say is in the lists above.
        found += [f"/api/v1/{model.slug}/?{urlencode([pair], doseq=True)}&fields=code" for pair in [*orders, *asked]]
        on_pages = {name: values for name, values in asked[::-1] if name in {"q", *POINTED_TO}}  # as the API is asked
        for name, values in [("page", ["1"]), *on_pages.items()]:
            found.append(f"/{model.slug}/?{urlencode({name: values}, doseq=True)}")
        for code in [*public_codes(model)[:4], *next_codes(model)]:
            found += [f"/{model.slug}/{code}/", f"/api/v1/{model.slug}/{code}/"]
        for code in [*public_codes(model)[:2], next_codes(model)[0]]:
            found += [
                f"/{model.slug}/{code}/{page}/" for page in ("correct", "history", "history/1", "jsonld", "cite/bibtex")
            ]
    found += ["/ogc/", "/ogc/collections"]
    for name, model in COLLECTIONS.items():
        asked = ("limit=1", "bbox=49,40,50,41", "datetime=2020-05-01T00:00:00Z/..")
        found += [f"/ogc/collections/{name}/items?{question}" for question in asked]
        found += [f"/ogc/collections/{name}/items/{code}" for code in (public_codes(model)[0], next_codes(model)[0])]
    return found


@override_settings(IATI_ORGANISATION="XM-DAC-99999", IATI_ORGANISATION_TYPE="10", OPERATOR="A council")
@pytest.mark.writes_around_the_ledger
class TestTwins(TestCase):
    """The same requests before and after the secrets come."""

    @classmethod
    def setUpTestData(cls):
        cls.given = make_open_register()

    def answers(self, addresses):
        return {address: self.answer("get", address) for address in addresses} | {
            f"HEAD {address}": self.answer("head", address) for address in addresses[::9]
        }

    def answer(self, method, address):
        found = getattr(self.client, method)(address)
        return found.status_code, sorted(found.headers.items()), ANEW.sub(b"", b"".join(found))

    def test_secrets_change_no_answer(self):
        asked = requests()
        before = self.answers(asked)
        add_secrets(self.given)
        after = self.answers(asked)
        assert len(asked) > 300 and {status for status, _headers, _body in before.values()} == {200, 400, 404}
        assert [address for address in before if before[address] != after[address]] == []
        assert [address for address, (_s, _h, body) in after.items() if SECRET.encode() in body] == []

    def test_a_later_change_does_not_tell_how_much_was_changed_out_of_sight(self):
        asked = ["/", self.given["full"].get_absolute_url(), f"/api/v1/projects/{self.given['full'].pk}/"]
        asked += ["/api/v1/changes/?page_size=500"]
        with transaction.atomic():
            self.edit()
            before = self.answers(asked)
            transaction.set_rollback(True)
        add_secrets(self.given)
        self.edit()
        assert {address: told(answer) for address, answer in before.items()} == {
            address: told(answer) for address, answer in self.answers(asked).items()
        }

    def edit(self):
        project = Project.objects.get(pk=self.given["full"].pk)
        project.summary = "A sentence more."
        with ledger.batch(by=None, reason="Read again") as batch:
            batch.save(project, expected=project.version)
        settle()


def told(answer: tuple) -> tuple:
    """All but the ETag and the hashes of the feed, which are made with a key or a salt."""
    status, headers, body = answer
    return status, [(name, value) for name, value in headers if name != "ETag"], HASHES.sub(b"", body)
