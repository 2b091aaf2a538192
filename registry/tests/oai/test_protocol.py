"""OAI-PMH as its specification has it, and as validators check it; every answer is held against a grammar."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from registry import ledger
from registry.api.oai import verbs
from registry.models import ENTRIES, FeedEntry, Project
from registry.tests.make import make_draft, make_event, make_project, make_region

from .asking import Answer, ask, records

pytestmark = [pytest.mark.django_db, pytest.mark.writes_around_the_ledger]  # for the time of an entry
DAY = datetime(2026, 3, 10, 12, 30, 15, 900_000, tzinfo=UTC)
# By query, the code of the protocol.
REFUSED = {
    "": "badVerb",
    "verb=": "badVerb",
    "verb=identify": "badVerb",
    "verb=Identify&verb=Identify": "badVerb",
    "verb=Identify&metadataPrefix=oai_dc": "badArgument",
    "verb=ListSets&set=projects": "badArgument",
    "verb=ListRecords": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc": "badArgument",
    "verb=GetRecord&identifier=oai:testserver:PRJ-0001": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&page=2": "badArgument",
    "verb=ListRecords&metadataPrefix=a%20b": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&set=": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&set=a::b": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2026-13-01": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=yesterday": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00Z": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00.5Z": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-01": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-02T00:00:00Z": "badArgument",
    "verb=ListRecords&resumptionToken=abc&metadataPrefix=oai_dc": "badArgument",
    "verb=ListRecords&resumptionToken=a%01": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=%22%01": "badArgument",
    "verb=ListRecords&resumptionToken=abc": "badResumptionToken",
    "verb=ListRecords&resumptionToken=": "badResumptionToken",
    "verb=ListSets&resumptionToken=abc": "badResumptionToken",
    "verb=ListRecords&metadataPrefix=marc21": "cannotDisseminateFormat",
    "verb=ListRecords&metadataPrefix=oai_dc&set=paintings": "noRecordsMatch",
    "verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01": "noRecordsMatch",
    "verb=ListIdentifiers&metadataPrefix=oai_dc&from=9999-12-31&until=9999-12-31": "noRecordsMatch",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:testserver:PRJ-9999": "idDoesNotExist",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:elsewhere.example:PRJ-0001": "idDoesNotExist",
    "verb=ListMetadataFormats&identifier=PRJ-0001": "idDoesNotExist",
}
# By from and until, which of the days are found.
SPANS = {
    ("2026-03-11", None): [1, 2],
    (None, "2026-03-11"): [0, 1],
    ("2026-03-11", "2026-03-11"): [1],
    ("2026-03-11T12:30:15Z", "2026-03-11T12:30:15Z"): [1],
    ("2026-03-11T12:30:16Z", None): [2],
    (None, "2026-03-10T12:30:15Z"): [0],
    ("0001-01-01", "9999-12-31"): [0, 1, 2],
    ("2026-03-12", "2099-01-01"): [2],
}


def projects(client, **given) -> Answer:
    """The projects alone: with each came the source that it cites."""
    return records(client, set="projects", **given)


def withdraw(entry):
    with ledger.batch(by=None, reason="Taken back") as batch:
        batch.withdraw(type(entry).objects.get(pk=entry.pk), expected=entry.version, why="It was wrong")
    ledger.catch_up()


@pytest.fixture
def days():
    """Three projects, told on three days at the same time, as far as the feed knows."""
    made = []
    for number in range(3):
        made.append(make_project(title=f"Mill {number}"))
        ledger.catch_up()
        FeedEntry.objects.filter(at__gt=DAY + timedelta(days=9)).update(at=DAY + timedelta(days=number))
    return [project.pk for project in made]


class TestIdentify:
    """Who the repository is."""

    @pytest.mark.parametrize(
        ("contact", "email"),
        [
            ("mailto:desk@register.example?subject=Data", "desk@register.example"),
            ("mailto:desk@localhost", verbs.NOBODY),
            ("https://register.example/contact/", verbs.NOBODY),
            ("", verbs.NOBODY),
        ],
    )
    def test_the_address_of_who_runs_it_is_the_contact_or_none_at_all(self, client, settings, contact, email):
        settings.CONTACT = contact
        assert ask(client, "Identify").one("//o:adminEmail") == email

    def test_the_earliest_datestamp_is_that_of_the_first_record(self, client, days):
        found = ask(client, "Identify")
        assert found.one("//o:earliestDatestamp") == min(records(client).all("//o:datestamp/text()"))
        assert found.one("//o:baseURL") == found.one("//o:request") == "http://testserver/oai/"

    def test_it_says_so_where_nothing_was_ever_public(self, client):
        make_project(state="draft", citations=[])
        assert ask(client, "Identify").one("//o:earliestDatestamp") == "1970-01-01T00:00:00Z"
        assert records(client).error == ask(client, "ListIdentifiers", prefix="oai_dc").error == "noRecordsMatch"

    def test_identifiers_begin_with_the_public_host_whichever_host_is_asked(self, client, settings):
        settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://register.example", ["*"]
        project = make_project()
        found = ask(client, "Identify")
        assert found.one("//i:repositoryIdentifier") == "register.example"
        assert found.one("//o:baseURL") == "https://register.example/oai/"
        answer = ask(client, "GetRecord", prefix="oai_dc", identifier=f"oai:register.example:{project.pk}")
        assert answer.one("//dc:identifier") == f"https://register.example/projects/{project.pk}/"
        assert ask(client, "Identify").one("//i:sampleIdentifier").startswith("oai:register.example:")
        assert ask(client, "GetRecord", prefix="oai_dc", identifier=f"oai:testserver:{project.pk}").error

    def test_a_host_without_a_domain_claims_no_identifiers_of_the_world(self, client):
        assert ask(client, "Identify").all("//o:description") == []


def test_a_set_for_each_collection_and_one_format_for_each_record(client):
    project = make_project()
    sets = ask(client, "ListSets")
    assert sets.all("//o:setSpec/text()") == [model.slug for model in ENTRIES] and "Projects" in sets.all(
        "//o:setName/text()"
    )
    for given in ({}, {"identifier": f"oai:testserver:{project.pk}"}):
        assert ask(client, "ListMetadataFormats", **given).all("//o:metadataPrefix/text()") == ["oai_dc"]


class TestRefusals:
    """Each wrong request has its code; one that cannot be read is not repeated in the answer."""

    def test_each_has_its_code(self, client):
        make_project()
        ledger.catch_up()
        answers = {query: Answer(client.get(f"/oai/?{query}").content) for query in REFUSED}
        assert {query: answer.error for query, answer in answers.items()} == REFUSED
        unreadable = {query for query, answer in answers.items() if not answer.all("//o:request/@*")}
        assert unreadable == {query for query, code in REFUSED.items() if code in {"badVerb", "badArgument"}}

    def test_a_form_that_is_posted_asks_as_a_query_does(self, client):
        project = make_project()
        ledger.catch_up()
        asked = {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": f"oai:testserver:{project.pk}"}
        assert Answer(client.post("/oai/", asked).content).codes == [project.pk]
        assert Answer(client.post("/oai/?verb=Identify", asked).content).error == "badVerb"

    def test_scripts_of_other_sites_may_ask_and_answers_travel_compressed(self, client):
        answer = client.get("/oai/?verb=ListSets", headers={"Accept-Encoding": "gzip"})
        assert (answer["Access-Control-Allow-Origin"], answer["Content-Encoding"]) == ("*", "gzip")
        assert client.put("/oai/").status_code == 405


class TestTime:
    """From and until count whole days or whole seconds, both ends included."""

    def test_both_ends_are_included(self, client, days):
        found = {}
        for since, until in SPANS:
            given = {name: value for name, value in (("since", since), ("until", until)) if value}
            found[since, until] = [days.index(code) for code in projects(client, **given).codes]
        assert found == SPANS

    def test_a_datestamp_is_a_second_that_finds_the_record_again(self, client, days):
        for stamp in projects(client).all("//o:datestamp/text()"):
            assert projects(client, since=stamp, until=stamp).all("//o:datestamp/text()") == [stamp]


class TestDeleted:
    """What was public and is no longer stays as a tombstone; what never was is not there."""

    def test_a_withdrawn_record_is_deleted_and_keeps_nothing_but_its_header(self, client):
        project, other = make_project(title="Old mill"), make_project()
        ledger.catch_up()
        withdraw(project)
        found = projects(client)
        assert (found.codes, found.deleted) == ([other.pk, project.pk], {project.pk})
        assert b"Old mill" not in client.get("/oai/?verb=ListRecords&metadataPrefix=oai_dc").content
        identifier = f"oai:testserver:{project.pk}"
        assert ask(client, "GetRecord", prefix="oai_dc", identifier=identifier).deleted == {project.pk}
        assert ask(client, "ListIdentifiers", prefix="oai_dc", set="projects").deleted == {project.pk}
        assert ask(client, "ListMetadataFormats", identifier=identifier).error == ""

    def test_a_merged_record_is_deleted_and_the_other_stays(self, client):
        kept, double = make_project(), make_project()
        ledger.catch_up()
        ledger.merge(double, into=kept, by=None, reason="The same", expected=(double.version, kept.version))
        found = projects(client)
        assert found.deleted == {double.pk} and set(found.codes) == {kept.pk, double.pk}

    def test_a_draft_is_nowhere(self, client):
        draft = make_draft()
        assert draft.pk not in records(client).codes
        answer = ask(client, "GetRecord", prefix="oai_dc", identifier=f"oai:testserver:{draft.pk}")
        assert answer.error == "idDoesNotExist"


class TestPages:
    """A list in parts."""

    @pytest.fixture(autouse=True)
    def two_at_once(self, monkeypatch):
        monkeypatch.setattr(verbs, "AT_ONCE", 2)

    def walk(self, client, verb="ListRecords", between=lambda page: None, **given) -> list[Answer]:
        pages = [ask(client, verb, **{"prefix": "oai_dc"} | given)]
        while pages[-1].token:
            between(len(pages))
            pages.append(ask(client, verb, token=pages[-1].token))
        return pages

    @pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
    def test_each_part_says_where_it_stands_and_the_last_has_an_empty_token(self, client, verb):
        made = [make_project().pk for _number in range(5)]
        make_event()
        pages = self.walk(client, verb, set="projects", since="2000-01-01")
        assert [code for page in pages for code in page.codes] == made
        assert [page.one("//o:resumptionToken/@cursor") for page in pages] == ["0", "2", "4"]
        assert {page.one("//o:resumptionToken/@completeListSize") for page in pages} == {"5"}
        assert [bool(page.token) for page in pages] == [True, True, False]
        assert pages[-1].one("//o:request/@resumptionToken") == pages[-2].token
        assert ask(client, verb, token=pages[0].token).codes == pages[1].codes  # asked once more, answered once more

    def test_a_list_that_fits_has_no_token(self, client):
        make_project(), make_project()
        assert projects(client).all("//o:resumptionToken") == []

    def test_a_token_is_for_its_verb_and_cannot_be_changed(self, client):
        for _number in range(3):
            make_project()
        token = records(client).token
        assert ask(client, "ListIdentifiers", token=token).error == "badResumptionToken"
        assert ask(client, "ListRecords", token=token[:-1] + "_").error == "badResumptionToken"

    def test_nothing_is_missed_while_records_change(self, client):
        made = [make_project(title=f"Mill {number}") for number in range(5)]
        new = []

        def between(page):
            if page == 1:  # one that was sent, one that was not, one that is new, one that goes
                self.rename(made[0].pk, "Renamed after it was sent")
                self.rename(made[3].pk, "Renamed before it was sent")
                new.append(make_region(title="New"))
                withdraw(made[4])

        pages = self.walk(client, between=between)
        last = {code: page for page in pages for code in page.codes}
        assert last.keys() >= {*(project.pk for project in made), new[0].pk}
        titles = {title for page in pages[1:] for title in page.all("//dc:title/text()")} - {"A report"}
        assert titles == {"Mill 1", "Mill 2", "Renamed after it was sent", "Renamed before it was sent", "New"}
        assert made[4].pk in last[made[4].pk].deleted

    def test_a_part_from_which_all_has_moved_on_asks_to_begin_anew(self, client, days):
        token = projects(client, until="2026-03-12").token
        self.rename(days[2], "Renamed")
        assert ask(client, "ListRecords", token=token).error == "badResumptionToken"
        assert projects(client, until="2026-03-12").codes == days[:2]

    def rename(self, code, title):
        project = Project.objects.get(pk=code)
        project.title = title
        with ledger.batch(by=None, reason="Read again") as batch:
            batch.save(project, expected=project.version)


def test_an_answer_costs_the_same_for_one_record_and_for_many(client, django_assert_num_queries):
    for number in (1, 5):
        for _each in range(number):
            make_project()
        ledger.catch_up()
        with django_assert_num_queries(1) as asked:
            client.get("/oai/?verb=ListRecords&metadataPrefix=oai_dc")
        assert asked[0]["sql"].endswith(f"LIMIT {verbs.AT_ONCE + 1}")


def test_who_harvests_too_fast_is_told_to_wait_in_the_words_of_the_protocol(client, settings):
    settings.READS_A_MINUTE = 1
    answers = [client.get("/oai/?verb=Identify") for _each in range(3)]  # the minute may end in between
    assert {answer.status_code for answer in answers} == {200, 503} and 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert {answer["Access-Control-Allow-Origin"] for answer in answers} == {"*"}


def test_while_the_database_is_away_it_says_when_to_come_again(client, monkeypatch):
    monkeypatch.setattr(FeedEntry.objects, "current", away)
    answer = client.get("/oai/?verb=ListRecords&metadataPrefix=oai_dc")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def away():
    raise OperationalError("gone")
