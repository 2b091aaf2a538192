"""One question, one answer: the page of a list and the API find the same records in the same order."""

import re
from urllib.parse import urlencode

from django.test import TestCase

from registry import public
from registry.filters import FILTERS
from registry.models import (
    ENTRIES,
    Citation,
    Funding,
    Initiative,
    InitiativeParticipation,
    Mission,
    Observation,
    Programme,
    Project,
    ProjectParticipation,
    Protocol,
    Region,
    Resource,
    Site,
)
from registry.tests.make import (
    MAKERS,
    make_budget,
    make_event,
    make_funding,
    make_initiative,
    make_organisation,
    make_project,
    make_region,
    make_source,
    make_statement,
)
from registry.tests.rows import filled
from registry.web.paging import PER_PAGE

AT_WORK = {"scope": "single", "dates": "2020"}
# What a record of the field says, so that each question to its list finds it.
SAID = {
    Funding: {"mechanism": "loan", "heritage_types": ["site"], "amount": "5.00", "currency": "USD", "dates": "2020"},
    Site: {"heritage_types": ["site"], "exact": ("47.17", "41.19")},
    Mission: {"status": "agreed", **AT_WORK},
    Observation: {"dates": "2020", "method": "drone", "condition": "poor", "verification": "alleged"},
    Protocol: {"hazards": ["flood"], **AT_WORK},
    Programme: AT_WORK,
    Resource: {"status": "live", "rights": "InC", "languages": ["az"], "dates": "2020"},
}


class TestTheSameQuestions(TestCase):
    """A register of all sorts, asked everything that its lists can be asked, on pages and through the API."""

    @classmethod
    def setUpTestData(cls):
        sources = [make_source(title=f"Source {n}", dates=["2020", "", "2019-05"][n], language="az") for n in range(3)]
        cited = [{"citations": [Citation(source=source, locator="row 1")]} for source in sources]
        sources.append(make_source(title="A review", summary="Reads the others.", **cited[0]))
        country = make_region(title="Azerbaijan", kind="country", iso_code="AZ", **cited[0])
        point = {"longitude": "47.17", "latitude": "41.19", "precision": "1km"}
        cls.city = make_region(
            title="Sheki",
            parent=country,
            other_names=[{"name": "Şəki", "language": "az", "note": ""}],
            **point,
            **cited[0],
        )
        other = make_region(title="Georgia", kind="country", iso_code="GE", **cited[1])
        bodies = [
            make_organisation(title=f"Authority {n}", country=["AZ", ""][n], organisation_type="10", **cited[n])
            for n in range(2)
        ]
        events = [make_event(title="A forum", region=cls.city, organiser=bodies[0], dates="2019/2021", **cited[0])]
        events.append(make_event(title="A panel", kind="panel", part_of=events[0], region=other, **cited[1]))
        for n in range(6):
            own = {"dates": ["2018/..", "", "2020"][n % 3], "event": [None, *events][n % 3], **cited[n % 3]}
            placed = {"regions": [[cls.city], [country, other], []][n % 3], "scope": ["single", "", "national"][n % 3]}
            status = ["ongoing", "in_progress", "completed", "unknown"][n % 4]
            row = {"organisation": bodies[n % 2], "role": ["owner", "funding"][n % 2]}
            types = [["site"], ["urban", "museum"], []][n % 3]
            work = make_project(
                title=f"Fortress {n % 4}",
                status=status,
                heritage_types=types,
                participations=[ProjectParticipation(**row)],
                **placed,
                **own,
            )
            make_initiative(
                title=f"Idea {n % 4}",
                kind=["campaign", "partnership"][n % 2],
                status=["active", "proposed"][n % 2],
                owhc_type=["digital_access", ""][n % 2],
                participations=[InitiativeParticipation(**row)],
                **placed,
                **own,
            )
            given = {"gap_percent": [None, "30", "45"][n % 3], "gap_basis": ["unknown", "of_need"][n % 2]}
            given |= {"maturity": ["final", "preliminary"][n % 2], "event": events[n % 2]}
            make_budget(year=[None, 2020, 2021][n % 3], region=[cls.city, None, other][n % 3], **given, **cited[n % 3])
            make_statement(about=[work.pk, cls.city.pk][: n % 3], affiliation=bodies[n % 2], **own)

        for model, said in SAID.items():
            one = {field.name for field in model._meta.fields}
            filled(model, **said, **({"region": cls.city} if "region" in one else {"regions": [cls.city]}))
            MAKERS[model]()
        make_project(sites=list(Site.objects.public()))
        make_funding(initiative=Initiative.objects.public().first())

    def values(self, model, name):
        """What a parameter can be asked: a code or two by themselves, and all of them together."""
        pointed_to = FILTERS[model].base_filters[name].extra.get("model")
        if kinds := [Project, Region] if name == "about" else [pointed_to] if pointed_to else []:
            return [[code for kind in kinds for code in kind.objects.values_list("pk", flat=True)]]
        if name in {"has", "missing"}:
            return ["citations" if name == "has" else "summary", ["summary", public.fields(model)[-1]]]
        if choices := FILTERS[model].base_filters[name].extra.get("choices"):
            codes = [code for code, _label in choices]
            return [codes[0], codes]
        return {
            "q": ["şəki", "a"],
            "country": ["AZ", ["AZ", "GE"]],
            "language": ["az"],
            "currency": ["USD"],
            "year": ["2020", "2030"],
            "updated_since": ["2020-01-01", "2099-01-01T00:00:00Z"],
            "bbox": ["46,40,48,42", "-180,-90,180,90"],
        }[name]

    def ask(self, model, asked):
        """The codes that the page and the API find."""
        query = urlencode(asked, doseq=True)
        page = self.client.get(f"/{model.slug}/?{query}").context_data
        assert page["notices"] == [], (query, page["notices"])
        found = self.client.get(f"/api/v1/{model.slug}/?fields=code&page_size={PER_PAGE}&{query}").json()
        assert page["count"] == found["count"], query
        return [entry.pk for entry in page["page_obj"]], [record["code"] for record in found["results"]]

    def test_every_value_of_every_parameter_finds_the_same_records(self):
        found_something = set()
        for model in ENTRIES:
            for name in FILTERS[model].base_filters:
                for value in self.values(model, name):
                    on_page, in_api = self.ask(model, {name: value})
                    assert on_page == in_api, (model.slug, name, value)
                    found_something |= {(model.slug, name)} if on_page else set()
        assert found_something == {(m.slug, name) for m in ENTRIES for name in FILTERS[m].base_filters}

    def test_every_order_lists_the_same_records_alike(self):
        for model in ENTRIES:
            for name in FILTERS[model].ordering_columns():
                for order in (name, f"-{name}"):
                    on_page, in_api = self.ask(model, {"ordering": order})
                    assert on_page == in_api, (model.slug, order)

    def test_every_download_holds_what_the_page_shows(self):
        for model in ENTRIES:
            question = {"q": "a", "ordering": "-title"}
            on_page, _in_api = self.ask(model, question)
            query = urlencode(question | {"fields": "code"})
            count = self.client.get(f"/api/v1/{model.slug}/?{query}").json()["count"]
            for name in ("csv", "geojson", "ndjson"):
                body = b"".join(self.client.get(f"/api/v1/{model.slug}/?format={name}&{query}")).decode()
                held = list(dict.fromkeys(re.findall(rf"{model.prefix}-\d{{4,}}", body)))
                assert on_page and held[: len(on_page)] == on_page and len(held) == count, (model.slug, name)

    def test_questions_are_asked_together(self):
        on_page, in_api = self.ask(
            Project, {"q": "fortress", "status_group": "active", "country": "AZ", "year": "2020"}
        )
        expected = [
            project.pk
            for project in Project.objects.all()
            if project.status in {"ongoing", "in_progress"} and project.regions.exists() and project.dates
        ]
        assert sorted(on_page) == sorted(in_api) == sorted(expected) and expected
