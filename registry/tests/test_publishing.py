"""What a record needs to be published, publishing at a planned time, and records that look like one another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from registry import duplicates, ledger, planning
from registry.models import Change, Citation, Job, Project, State
from registry.tests.make import (
    make_budget,
    make_event,
    make_project,
    make_region,
    make_source,
    make_statement,
    make_user,
)

LATER = timezone.now() + timedelta(days=2)
DUE = LATER + timedelta(minutes=1)


def save(entry, related=None, by=None, **changes):
    for name, value in changes.items():
        setattr(entry, name, value)
    with ledger.batch(by=by, reason="An edit") as batch:
        batch.save(entry, expected=entry.version, related=related)


def cited(*fields, source=None):
    return Citation(source=source or make_source(), locator="page 1", fields=list(fields))


@pytest.mark.django_db
class TestChecklist:
    @pytest.mark.parametrize(
        "make, said, field",
        [
            (make_project, {"status": "completed"}, "status"),
            (make_project, {"dates": "2020"}, "dates"),
            (make_budget, {"gap_percent": None}, "amount"),
            (make_budget, {"amount": None, "currency": ""}, "gap_percent"),
            (make_statement, {}, "verification"),
        ],
        ids=["status", "dates", "money", "gap", "claim"],
    )
    def test_each_fact_that_a_record_states_needs_a_citation_that_supports_it(self, make, said, field):
        with pytest.raises(ValidationError) as refused:
            make(citations=[cited("title")], **said)
        assert field in refused.value.message_dict
        make(citations=[cited("title"), Citation(source=make_source(), locator="page 2", fields=[field])], **said)

    def test_a_place_needs_support_and_a_citation_of_the_whole_record_gives_it(self):
        place = make_region()
        with pytest.raises(ValidationError, match="supports the place"):
            make_event(region=place, citations=[cited("title")])
        assert make_event(region=place, citations=[cited()]).is_public

    def test_what_is_not_stated_needs_no_support(self):
        assert make_project(status="unknown", citations=[cited("title")]).is_public

    def test_a_published_record_stays_editable_and_what_an_edit_newly_states_needs_support(self):
        project = make_project(citations=[cited("title")])
        project.status = "completed"
        with ledger.batch(by=None, reason="Before this was asked") as batch:
            batch.save(project, expected=project.version, as_it_was=True)
        project.refresh_from_db()
        save(project, title="Better")
        with pytest.raises(ValidationError, match="supports the dates"):
            save(project, dates="2020")

    def test_an_edit_does_not_take_the_support_of_a_published_fact_away(self):
        project = make_project(status="completed", citations=[cited("status")])
        with pytest.raises(ValidationError, match="supports the status"):
            save(project, related={"citations": [cited("title")]})

    def test_the_list_says_what_is_done_and_what_is_to_do(self):
        draft = make_project(state=State.DRAFT, status="completed", dates="2020", citations=[cited("status")])
        assert [(item.name, item.done) for item in draft.publication_checklist()] == [
            ("citations", True),
            ("status", True),
            ("dates", False),
        ]


def plan(draft, by, at=LATER):
    planning.plan(draft, at)
    save(draft, by=by)


def ready(**given):
    return make_project(state=State.DRAFT, citations=[cited()], **given)


@pytest.mark.django_db
class TestPlanning:
    def test_what_is_due_is_published_once_in_the_name_of_its_planner(self):
        planner, draft, other = make_user(), ready(), ready()
        plan(draft, planner)
        plan(other, planner, DUE + timedelta(days=1))
        assert planning.publish_due(LATER - timedelta(seconds=1)) == []
        assert planning.publish_due(DUE) == [draft.pk] and planning.publish_due(DUE) == []
        draft.refresh_from_db()
        change = Change.objects.of(draft.pk).first()
        assert (draft.state, draft.publish_at, change.by) == (State.PUBLISHED, None, planner)

    def test_what_is_not_ready_stays_a_draft_and_its_planner_hears_of_it(self, django_capture_on_commit_callbacks):
        planner, draft = make_user(email="planner@example.org"), make_project(state=State.DRAFT)
        plan(draft, planner)
        with django_capture_on_commit_callbacks(execute=True):
            assert planning.publish_due(DUE) == []
        draft.refresh_from_db()
        assert (draft.state, draft.publish_at) == (State.DRAFT, None)
        assert "It cites no published source" in planning.refused(planner)[0].problem
        plan(draft, planner)
        assert planning.refused(planner) == []
        assert mail.outbox[0].to == ["planner@example.org"] and "It cites no published source" in mail.outbox[0].body

    def test_a_planner_who_may_no_longer_publish_publishes_nothing(self):
        planner, draft = make_user(is_superuser=False), ready()
        planner.user_permissions.add(Permission.objects.get(codename="publish_project"))
        plan(draft, planner)
        planner.user_permissions.clear()
        assert planning.publish_due(DUE) == []
        assert "may no longer publish" in Job.objects.get(by=planner).problem

    def test_a_time_that_is_over_is_refused_and_publishing_at_once_ends_the_plan(self):
        draft = ready()
        with pytest.raises(ValidationError, match="still to come"):
            planning.plan(draft, timezone.now())
        plan(draft, make_user())
        with ledger.batch(by=None, reason="Now") as batch:
            batch.publish(draft, expected=draft.version)
        assert Project.objects.get(pk=draft.pk).publish_at is None

    def test_those_who_see_the_record_see_what_is_planned(self):
        planner, draft = make_user(), ready()
        plan(draft, planner)
        assert [(p.entry.pk, p.by) for p in planning.planned(planner)] == [(draft.pk, planner)]
        assert planning.planned(make_user(is_superuser=False)) == []

    def test_a_timer_says_what_it_has_published(self, capsys):
        draft = ready()
        save(draft, by=make_user(), publish_at=timezone.now() - timedelta(minutes=1))
        call_command("publish_due")
        assert capsys.readouterr().out == f"Published {draft.pk}.\n"


@pytest.mark.django_db(transaction=True)
def test_two_workers_publish_what_is_due_once():
    planner, drafts = make_user(), [ready() for _n in range(6)]
    for draft in drafts:
        plan(draft, planner)

    def work(_n):
        try:
            return planning.publish_due(DUE)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        done = [code for codes in pool.map(work, range(3)) for code in codes]
    assert sorted(done) == [draft.pk for draft in drafts]
    assert Change.objects.filter(action="published", entry_type="project").count() == len(drafts)


@pytest.mark.django_db(transaction=True)
def test_a_running_worker_publishes_what_is_due():
    draft, stop = ready(), Event()
    save(draft, by=make_user(), publish_at=timezone.now() - timedelta(minutes=1))
    stop.set()
    planning.watch(stop)
    assert Project.objects.get(pk=draft.pk).is_public


@pytest.mark.django_db
class TestDuplicates:
    def alike(self, title, **given):
        return [found.entry.title for found in duplicates.likely(Project, title, **given)]

    def test_another_spelling_script_or_order_of_words_is_found(self):
        make_project(title="Sheki Fortress Restoration")
        make_project(
            title="Old Baku City Revitalization", other_names=[{"name": "İçərişəhər", "language": "az", "note": ""}]
        )
        make_project(title="Carpet weaving traditions")
        assert self.alike("restoration of the Şəki fortress") == ["Sheki Fortress Restoration"]
        assert self.alike("Old Baku City revitalisation") == ["Old Baku City Revitalization"]
        assert self.alike("Icharishahar") == self.alike("Mill restoration") == self.alike("!?") == []
        assert self.alike("Ичеришехер") == [] and self.alike("Icerisheher") == ["Old Baku City Revitalization"]

    def test_names_may_differ_more_in_the_same_place(self):
        place = make_region()
        project = make_project(title="Sheki Fortress Restoration", regions=[place])
        assert self.alike("Sheki Fortress walls") == []
        assert self.alike("Sheki Fortress walls", regions=[place.pk]) == [project.title]

    def test_the_record_itself_and_what_one_may_not_see_are_not_named(self):
        project = make_project(title="Sheki Fortress Restoration")
        assert self.alike(project.title, besides=project.pk) == []
        assert self.alike(project.title, within=Project.objects.none()) == []
