"""The desk: what is mine first, numbers that their lists confirm, and the same cost for any size of the register."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from registry import jobs, ledger, review
from registry.models import Import, JobKind, Project, Proposal, Scratch, State
from registry.tests.admin.forms import edited, sign_in, url
from registry.tests.make import make_budget, make_initiative, make_project, make_region

pytestmark = pytest.mark.django_db


def desk(client):
    return client.get("/admin/")


def titles(lines):
    return [line.title for line in lines]


def test_somebody_new_is_told_what_to_do_first_and_somebody_at_work_is_not():
    client = sign_in("Contributors")
    said = desk(client).content.decode()
    assert "Start here" in said and reverse("admin:registry_project_add") in said
    with ledger.batch(by=client.user, reason="First") as batch:
        batch.save(Project(title="My first"))
    page = desk(client)
    assert "Start here" not in page.content.decode() and titles(page.context["drafts"]) == ["My first"]
    assert "Start here" not in desk(sign_in("Auditors")).content.decode()


def test_mine_are_my_drafts_and_what_i_typed_and_nobody_elses():
    client, other = sign_in("Editors"), sign_in("Editors")
    project = make_project(title="Stored", state=State.DRAFT)
    for user, title in ((client.user, "Typed by me"), (other.user, "Typed by other")):
        ledger.put(Scratch(by=user, entry_type="project", typed={"title": [title]}))
    ledger.put(Scratch(by=client.user, entry_type="project", code=project.pk, typed={"title": ["x"]}))
    with ledger.batch(by=other.user, reason="Edited") as batch:
        project.summary = "Words"
        batch.save(project, expected=project.version)
    page = desk(client)
    assert titles(page.context["scratches"]) == ["Stored", "Typed by me"]
    assert page.context["drafts"] == [] and titles(desk(other).context["drafts"]) == ["Stored"]
    assert "Typed by other" not in page.content.decode()
    assert f'href="{url(project)}"' in page.content.decode()


def test_a_draft_that_the_review_sent_back_lies_on_the_desk_until_it_is_sent_again():
    writer, reviewer = sign_in("Contributors"), sign_in("Editors")
    with ledger.batch(by=writer.user, reason="First") as batch:
        entry = Project(title="Not yet good")
        batch.save(entry)
    writer.post(url(entry), edited(writer.get(url(entry)), _review="1"))
    waiting = desk(reviewer).context["reviews"]
    assert (str(waiting[0].label), waiting[0].number) == ("Proposal in the review queue", 1)
    seen = Project.objects.get(pk=entry.pk).version
    proposal = review.take(Proposal.objects.get(), reviewer.user)
    review.decline(proposal, by=reviewer.user, version=proposal.version, seen=seen, reason="Cite a source")
    assert titles(desk(writer).context["returned"]) == ["Not yet good"]
    assert desk(reviewer).context["returned"] == []
    writer.post(url(entry), edited(writer.get(url(entry)), _review="1", summary="Better"))
    assert desk(writer).context["returned"] == []


def test_jobs_under_way_and_imports_of_mine_say_how_far_they_are():
    client = sign_in("Stewards")
    job = jobs.start(JobKind.UNDO, by=client.user, batch="1b4e28ba-2fa1-11d2-883f-0016d3cca427", reason="x")
    job.done, job.of = 40, 200
    ledger.put(job, only=["done", "of"])
    ledger.put(Import(by=client.user, entry_type="project", file_name="mills.csv", content=b"x", sha256="0" * 64))
    said = desk(client).content.decode()
    assert "40 / 200" in said and "mills.csv" in said and "Columns to be matched" in said
    assert "mills.csv" not in desk(sign_in("Stewards")).content.decode()


def test_the_gaps_name_what_is_stale_and_budgets_without_year_or_basis():
    client = sign_in()
    old = make_initiative(title="Long ago")
    with ledger.batch(by=None, reason="For a test") as batch:
        batch.save(make_project(title="Fresh", state=State.DRAFT), expected=1)
    long_ago = timezone.now() - timedelta(days=400)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_initiative SET updated_at = %s WHERE code = %s", [long_ago, old.pk])
    make_budget(year=None)
    found = {str(lacking.label): [str(c.label) for c in lacking.counts] for lacking in desk(client).context["gaps"]}
    assert found["Not changed for 12 months"] == ["Initiative"]
    assert found["Date not stated"][:2] == ["Project", "Initiative"]
    assert found["Year not stated"] == found["Gap basis not stated"] == ["Country budget"]


def test_a_noun_that_takes_long_to_count_is_counted_now_and_then_and_the_desk_says_when(monkeypatch):
    client = sign_in()
    make_project(state=State.DRAFT)
    monkeypatch.setattr("registry.admin.desk.lacking.SLOW", -1)
    said = desk(client).content.decode()
    make_project(state=State.DRAFT)
    assert "counted at" in said and "<b>1</b> Project<" in said
    assert "<b>1</b> Project<" in desk(client).content.decode()
    monkeypatch.setattr("registry.admin.desk.lacking.SLOW", 1000)
    cache.clear()
    said = desk(client).content.decode()
    assert "counted at" not in said and "<b>2</b> Projects" in said


def test_lately_by_others_shows_no_draft_of_other_regions_and_nothing_of_mine():
    here, there = make_region(title="Here"), make_region(title="There")
    client = sign_in("Editors")
    client.user.regions.add(here)
    make_project(title="Ours", state=State.DRAFT, regions=[here])
    make_project(title="Hidden", state=State.DRAFT, regions=[there])
    make_project(title="Elsewhere", regions=[there])
    with ledger.batch(by=client.user, reason="Mine") as batch:
        batch.save(Project(title="My own"))
    latest = [change.entry_title for change, _url in desk(client).context["latest"]]
    assert "Ours" in latest and not {"Hidden", "Elsewhere", "My own"} & set(latest)


@pytest.mark.parametrize("group", ["Contributors", "Editors", None])
def test_the_desk_costs_the_same_for_few_records_and_for_many(group):
    client = sign_in(group)
    counts = []
    for _round in range(2):
        for _n in range(6):
            with ledger.batch(by=client.user, reason="Mine") as batch:
                batch.save(entry := Project(title="A mill"))
            ledger.put(Scratch(by=client.user, entry_type="project", code=entry.pk, typed={"title": ["x"]}))
            make_initiative(), make_project(state=State.IN_REVIEW)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert desk(client).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
