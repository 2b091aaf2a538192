"""The records of the articles: each fact cites its place in a source, and nothing private stands in them."""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import TestCase

from registry import public, search, seeding, versions
from registry.models import CountryBudget, Project, Region, Source, Statement

FILES = sorted(Path(settings.FIXTURE_DIRS[0]).glob("*.json"))
ROWS = [row for path in FILES for row in json.loads(path.read_text(encoding="utf-8"))]
RECORDS = {row["pk"]: row for row in ROWS if "pk" in row}
CITATIONS: dict[str, list[dict]] = defaultdict(list)
for _row in ROWS:
    if _row["model"] == "registry.citation":
        CITATIONS[_row["fields"]["entry_code"]].append(_row["fields"])

# What the register says in its own voice: its titles, spellings, its judgement of a source, the hash of its copy.
OWN_VOICE = {"translations", "state", "title", "other_names", "reliability_note", "archived_sha256"}

# A source is cited for saying nothing, too: "unknown" is then what it is cited for.
SILENCE = {"gap_basis", "status"}

every_record = pytest.mark.parametrize("code", sorted(RECORDS))


@every_record
def test_every_record_cites_a_source_with_a_locator(code):
    assert CITATIONS[code]
    for citation in CITATIONS[code]:
        assert citation["source"] in RECORDS and citation["locator"].strip() and citation["fields"]
        assert citation["entry_type"] == RECORDS[code]["model"].split(".")


@every_record
def test_every_fact_of_a_record_is_cited(code):
    facts = {name for name, value in RECORDS[code]["fields"].items() if value not in (None, "", [])} - OWN_VOICE
    assert facts <= {name for citation in CITATIONS[code] for name in citation["fields"]}


@every_record
def test_a_record_holds_what_editors_enter_and_leaves_the_rest_to_the_ledger(code):
    model = apps.get_model(RECORDS[code]["model"])
    entered = {field.name for field in [*versions.recorded_fields(model), *model._meta.many_to_many]}
    assert set(RECORDS[code]["fields"]) <= entered
    assert code.startswith(f"{model.prefix}-") and RECORDS[code]["fields"]["state"] == "published"


def test_every_code_stands_once_and_citations_point_to_records_that_stand_beside_them():
    assert len(RECORDS) == sum("pk" in row for row in ROWS)
    assert set(CITATIONS) == set(RECORDS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_fixture_holds_an_address_of_a_person(path):
    text = path.read_text(encoding="utf-8").casefold()
    assert "@" not in text and "mailto" not in text and "chairman" not in text


class TestSeededRegister(TestCase):
    """What the records say once `manage.py seed` has put them into the register; seeded once for all of these."""

    @classmethod
    def setUpTestData(cls):
        seeding.seed()

    def test_every_cited_field_exists_and_says_something(self):
        for code, row in RECORDS.items():
            entry = apps.get_model(row["model"]).objects.get(pk=code)
            entry.full_clean()
            for citation in entry.citations.all():
                citation.full_clean()
                silent = [name for name in set(citation.fields) - SILENCE if not public.is_stated(entry, name)]
                assert not silent, f"{code}: {citation.locator}: {silent}"

    def test_the_three_projects_stand_as_their_table_has_them(self):
        projects = Project.objects.public()
        assert {p.title: (p.status, p.status_as_reported, p.region_as_reported, p.scope) for p in projects} == {
            "Sheki Fortress Restoration": ("completed", "Completed", "Sheki", "single"),
            "Old Baku City Revitalization": ("ongoing", "Ongoing", "Baku", "single"),
            "Carpet Weaving Traditions Revived": ("in_progress", "In Progress", "Various", "unspecified"),
        }
        assert not Project.objects.get(title__startswith="Carpet").regions.exists()

    def test_the_five_budgets_carry_their_figures_and_no_year_or_basis_that_was_not_stated(self):
        budgets = CountryBudget.objects.public()
        assert {b.label: (str(b.amount), b.amount_as_reported, str(b.gap_percent)) for b in budgets} == {
            "Azerbaijan": ("4200000.00", "$4.2M", "30.00"),
            "Turkmenistan": ("1800000.00", "$1.8M", "45.00"),
            "Kazakhstan": ("3500000.00", "$3.5M", "25.00"),
            "Iran": ("5000000.00", "$5.0M", "35.00"),
            "Russia (Caspian Region)": ("4800000.00", "$4.8M", "20.00"),
        }
        terms = {(b.year, b.currency, b.gap_basis, b.maturity) for b in budgets}
        assert terms == {(None, "USD", "unknown", "preliminary")}
        assert [b.label for b in budgets if not b.covers_whole_country] == ["Russia (Caspian Region)"]

    def test_a_source_without_a_date_has_none_and_an_inferred_year_is_marked(self):
        assert dict(Source.objects.values_list("pk", "dates")) == {
            "SRC-0001": "",
            "SRC-0002": "2020-11-20?",
            "SRC-0003": "2025-12-05",
            "SRC-0004": "",
            "SRC-0005": "",
            "SRC-0006": "",
        }

    def test_a_statement_has_a_speaker_is_unchecked_and_is_about_records_of_the_register(self):
        for statement in Statement.objects.all():
            assert statement.speaker and statement.verification in {"alleged", "reported"}
            assert set(statement.about) <= set(RECORDS), statement.pk

    def test_an_area_as_a_source_names_it_is_put_under_no_state(self):
        named = {place.title: (place.parent, place.iso_code) for place in Region.objects.filter(kind="named_area")}
        assert named == {"Nagorno-Karabakh region": (None, ""), "Russia (Caspian Region)": (None, "")}

    def test_the_project_in_sheki_is_found_in_every_spelling(self):
        for query in ["sheki", "Şəki", "seki", "Шеки", "ŞƏKİ"]:
            found = search.find(Project.objects.public(), query)
            assert [project.pk for project in found] == ["PRJ-0001"], query
