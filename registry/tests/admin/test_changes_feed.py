"""The feed of changes: narrowed in every way the page offers, in words, and never wider than its reader's regions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry import ledger
from registry.models import Change, State
from registry.tests.admin.forms import sign_in
from registry.tests.make import make_initiative, make_project, make_region

pytestmark = pytest.mark.django_db
FEED = "/admin/registry/change/"


def changed(entry, by=None, reason="Edited", **values):
    """The batch of a change."""
    with ledger.batch(by=by, reason=reason) as batch:
        for name, value in values.items():
            setattr(entry, name, value)
        batch.save(entry, expected=entry.version)
    return batch.id


def codes(client, **asked):
    page = client.get(FEED, asked)
    assert page.status_code == 200, asked
    return [row["change"].entry_code for row in page.context["cl"].rows]


def test_the_feed_is_narrowed_by_editor_noun_record_action_day_and_save():
    client, other = sign_in(), sign_in("Editors", username="other")
    mine, theirs = make_project(state=State.DRAFT), make_initiative(state=State.DRAFT)
    changed(mine, client.user, title="Mine")
    batch = changed(theirs, other.user, title="Theirs")
    assert codes(client, by="me") == [mine.pk]
    assert codes(client, by=other.user.pk) == [theirs.pk]
    assert set(codes(client, noun="project")) == {mine.pk}
    assert codes(client, q=theirs.pk.lower(), action__exact="edited") == [theirs.pk]
    assert codes(client, batch=batch) == [theirs.pk]
    day = f"{Change.objects.latest('number').at:%Y-%m-%d}"
    everything = codes(client)
    assert codes(client, **{"from": day, "until": day}) == everything and len(everything) >= 4
    assert codes(client, until="2020-01-01") == codes(client, **{"from": "2999-01-01"}) == []
    said = client.get(FEED).content.decode()
    assert ">other</a>" in said and 'type="date"' in said


@pytest.mark.parametrize(
    "asked",
    [{"batch": "x"}, {"from": "31 Nov"}, {"until": "2026-02-30"}, {"by": "x"}, {"entry_title": "x"}, {"by": "9" * 30}],
)
def test_what_no_filter_can_mean_is_no_error(asked):
    answer = sign_in().get(FEED, asked)
    assert answer.status_code in {200, 302, 400}


def test_a_row_opens_to_what_changed_in_words_and_leads_to_all_that_was_saved_with_it():
    client, projects = sign_in(), [make_project(title="Before", status="ongoing") for _n in range(2)]
    with ledger.batch(by=client.user, reason="At once") as batch:
        for project in projects:
            project.status = "completed"
            batch.save(project, expected=project.version)
    said = client.get(FEED).content.decode()
    assert "What changed: 1 field" in said and "Ongoing" in said and "Completed" in said
    assert reverse("admin:batch", args=[batch.id]) in said and "all 2" in said


def test_an_editor_with_regions_reads_what_is_public_everywhere_and_drafts_of_those_regions_alone():
    here, there = make_region(title="Here"), make_region(title="There")
    ours, theirs = (make_project(state=State.DRAFT, regions=[place], title=place.title) for place in (here, there))
    public = make_project(regions=[there])
    client = sign_in("Editors")
    client.user.regions.add(here)
    found = codes(client, noun="project")
    assert set(found) == {ours.pk, public.pk}
    assert codes(client, q=theirs.pk) == []


def test_the_feed_costs_the_same_for_few_changes_and_for_many():
    client = sign_in()
    make_project(regions=[make_region()])
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(FEED)
        counts.append(len(queries))
        for _n in range(10):
            make_project(regions=[make_region()])
    assert counts[0] == counts[1]
