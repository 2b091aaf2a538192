"""The history of a record: every public version, what each changed, and nothing that was not public."""

import pytest

from registry import ledger
from registry.models import (
    ENTRIES,
    Change,
    Citation,
    ExactPlace,
    Organisation,
    Project,
    ProjectParticipation,
    Site,
    State,
)
from registry.tests.make import (
    MAKERS,
    make_draft,
    make_event,
    make_organisation,
    make_project,
    make_region,
    make_site,
    make_source,
    make_user,
)
from registry.tests.rows import filled
from registry.tests.web.page import Page, read

pytestmark = pytest.mark.django_db
nouns = pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
SECRET = "Quxoprane"


def edit(entry, reason="Read again", by=None, related=None, **values):
    """The record with other values, saved through the ledger."""
    entry = type(entry).objects.get(pk=entry.pk)
    for name, value in values.items():
        setattr(entry, name, value)
    with ledger.batch(by=by, reason=reason) as batch:
        batch.save(entry, expected=entry.version, related=related)
    return entry


def publish(entry):
    entry = type(entry).objects.get(pk=entry.pk)
    with ledger.batch(by=None, reason="Published") as batch:
        batch.publish(entry, expected=entry.version)
    return entry


def withdraw(entry, why="Entered twice"):
    entry = type(entry).objects.get(pk=entry.pk)
    with ledger.batch(by=None, reason=why) as batch:
        batch.withdraw(entry, expected=entry.version, why=why)
    return entry


def history(client, entry, number=None, status=200):
    return read(client, f"{entry.get_absolute_url()}history/" + (f"{number}/" if number else ""), status)


@nouns
def test_every_noun_tells_its_history_and_reads_as_it_stood(client, model):
    entry = edit(filled(model, title="Former"), title="Present")
    page = history(client, entry)
    assert "Former" in page.html and "Present" in page.html and "Read again" in page.text
    old = history(client, entry, 1)
    assert old.headings == ["Former"] and "Version 1 of 2" in old.text and "This is not the newest." in old.text
    assert entry.get_absolute_url() in old.inside() and f"{entry.get_absolute_url()}history/2/" in old.inside()
    newest = history(client, entry, 2)
    assert newest.headings == ["Present"] and "This is the newest." in newest.text
    now = {fact.name: fact.value for fact in client.get(entry.get_absolute_url()).context_data["facts"]}
    then = {f.name: f.value for f in client.get(f"{entry.get_absolute_url()}history/2/").context_data["facts"]}
    place = {"longitude"} if model is Site else set()
    assert {name: value for name, value in now.items() if name not in place} == {n: then[n] for n in {*now} - place}


def test_a_translation_is_told_by_the_name_of_its_language_in_that_of_the_page(client):
    project = edit(make_project(title="Fort"), translations={"fa": {"title": "دژ"}})
    assert "Title in Persian" in history(client, project).text
    assert "فارسی" in read(client, f"/fa{project.get_absolute_url()}history/").text


def test_a_difference_is_told_in_words_with_what_went_and_what_came(client):
    old, new = make_region(title="Sheki"), make_region(title="Baku")
    project = make_project(regions=[old], summary="A fort of stone & <b>brick</b>.", status="ongoing")
    edit(project, summary="A fort of old stone.", status="completed", related={"regions": [new]})
    page = history(client, project)
    assert "<del>" in page.html and "<ins>" in page.html and "<b>brick" not in page.html
    assert "removed:" in page.text and "added:" in page.text
    step = client.get(f"{project.get_absolute_url()}history/").context_data["steps"][0]
    told = {d.label: (d.gone, d.came) for d in step.differences if not d.parts}
    assert told == {"Status": (["Ongoing"], ["Completed"]), "Regions": (["Sheki"], ["Baku"])}
    words = next(d.parts for d in step.differences if d.parts)
    assert "".join(p.words for p in words if p.kind != "new") == "A fort of stone & <b>brick</b>."
    assert "".join(p.words for p in words if p.kind != "gone") == "A fort of old stone."


def test_history_names_the_role_and_who_asked_to_be_named_and_never_the_person(client):
    editor = make_user(username=SECRET, first_name=SECRET, last_name=SECRET)
    project = edit(make_project(), by=editor, title="Again")
    page = history(client, project)
    assert SECRET not in page.html and "administrator" in page.text


def test_what_a_draft_said_before_it_was_published_is_in_no_version_and_no_difference(client):
    draft = make_draft(title=f"{SECRET} title", summary=SECRET)
    draft = edit(draft, title="In the open", summary="")
    project = publish(draft)
    assert SECRET not in history(client, project).html
    for number in (1, 2):
        history(client, project, number, 404)
    assert history(client, project, 3).headings == ["In the open"]
    assert "Version 3 of 3" in history(client, project, 3).text
    for number in (4, 0, 99999999999):
        assert client.get(f"{project.get_absolute_url()}history/{number}/").status_code == 404


def test_what_was_written_while_a_record_was_withdrawn_is_never_told(client):
    project = withdraw(make_project(title="Once"))
    project = publish(edit(edit(project, summary=f"{SECRET} words"), summary="Fit to read"))
    page = history(client, project)
    assert SECRET not in page.html and "Fit to read" in page.html and "Entered twice" in page.text
    assert {int(link.split("/")[-2]) for link in page.inside() if "/history/" in link and link[-2].isdigit()} == {1, 5}
    for number in (2, 3, 4):
        history(client, project, number, 404)


@nouns
def test_a_draft_has_no_history_a_withdrawn_record_says_why_and_a_merged_one_leads_on(client, model):
    draft = MAKERS[model](state=State.DRAFT)
    gone = withdraw(MAKERS[model](title="Gone"), why="It was a mistake.")
    lost, kept = MAKERS[model](title="Lost"), MAKERS[model](title="Kept")
    ledger.merge(lost, into=kept, by=None, reason="One", expected=(lost.version, kept.version))
    for rest in ("history/", "history/1/", "cite/ris/", "jsonld/"):
        unknown = client.get(f"/{model.slug}/{model.prefix}-9999/{rest}")
        answer = client.get(draft.get_absolute_url() + rest)
        assert answer.status_code == unknown.status_code == 404
        assert answer.content.decode().replace(draft.pk, f"{model.prefix}-9999") == unknown.content.decode()
        answer = client.get(gone.get_absolute_url() + rest)
        assert answer.status_code == 410 and "It was a mistake." in answer.content.decode()
        answer = client.get(lost.get_absolute_url() + rest)
        assert answer.status_code == 301 and answer["Location"].startswith(kept.get_absolute_url())


def test_no_version_tells_of_what_is_not_public_even_where_it_once_pointed_to_it(client):
    """Pages of a record that points to drafts, of every kind, are those of one that does not."""

    def pages(hidden):
        event, body, place = (make(**hidden) for make in (make_event, make_organisation, make_region))
        rows = [ProjectParticipation(organisation=body, role="owner")]
        source = make_source(title="A report")
        cited = [Citation(source=source, locator="page 1")]
        project = make_project(title="In the open", citations=cited)
        extra = [Citation(source=make_source(**hidden), locator=f"{SECRET} page", note=SECRET)] if hidden else []
        edit(project, event=event, related={"regions": [place], "participations": rows, "citations": [*cited, *extra]})
        edit(project, event=None, related={"regions": [], "participations": [], "citations": cited})
        return [history(client, project, number) for number in (None, 1, 2, 3)]

    for page in pages({"title": SECRET, "state": State.DRAFT}):
        assert SECRET not in page.html
    steps = pages({"title": SECRET, "state": State.DRAFT})
    assert "Nothing that is shown to everybody changed." in steps[0].text
    assert Organisation.objects.filter(title=SECRET).exists()


def test_a_relation_is_told_again_once_it_is_public_and_no_longer_once_it_is_withdrawn(client):
    cited = [Citation(source=make_source(), locator="page 1")]
    event = make_event(title="A forum", state=State.DRAFT, citations=cited)
    project = edit(make_project(event=event), title="Later")
    assert "A forum" not in history(client, project, 1).html
    event = publish(event)
    assert "A forum" in history(client, project, 1).html
    edit(project, event=None)
    withdraw(event)
    assert "A forum" not in history(client, project, 1).html + history(client, project).html


def test_no_version_of_a_site_has_a_point_and_one_that_is_hidden_now_has_no_place(client):
    place = make_region(title="Sheki")
    site = make_site(title="Tower", region=place, exact=("47.191700", "41.197500"))
    assert "47.1917" in client.get(site.get_absolute_url()).content.decode()
    site = edit(site, title="The tower")
    for page in [history(client, site), *(history(client, site, number) for number in (1, 2, 3))]:
        assert "47.19" not in page.html and "41.19" not in page.html
    assert "Sheki" in history(client, site, 1).html
    site = edit(site, region=None, precision_chosen="hidden")
    for number in (None, 1, 2, 3, 4):
        page = history(client, site, number)
        assert "Sheki" not in page.html and "47.19" not in page.html and "Not shown" not in page.html
    assert ExactPlace.objects.filter(pk=site.pk).exists()


def test_an_older_version_of_a_place_gives_no_finer_point_than_later_ones(client):
    region = make_region(title="Sheki", longitude="47.191719", latitude="41.197551", precision="exact")
    region = edit(region, longitude="47.205000", latitude="41.205000", precision="10km")
    region = edit(region, title="The town")
    for number in (None, 1):
        page = history(client, region, number)
        assert "47.1917" not in page.html and "41.1975" not in page.html
    assert "47.205" in history(client, region, 2).html
    region = edit(region, longitude=None, latitude=None, precision="")
    for number in (None, 1, 2, 3):
        assert "47.2" not in history(client, region, number).html


@pytest.mark.writes_around_the_ledger
def test_a_record_that_came_without_history_has_the_version_of_today(client):
    project = make_project(title="Loaded")
    Change.objects.all()._raw_delete("default")
    assert "Version 1" in history(client, project).text
    assert history(client, project, 1).headings == ["Loaded"]
    edit(project, title="Edited")
    assert "Version 2" in history(client, project).text
    history(client, project, 1, 404)
    Project.objects.update(version=3, title="Loaded again")
    assert history(client, project, 3).headings == ["Loaded again"]


def test_old_versions_are_kept_from_search_engines_and_name_the_record_as_their_canonical_page(client):
    project = edit(make_project(title="Old"), title="New")
    page = history(client, project, 1)
    assert '<meta name="robots" content="noindex">' in page.html
    assert f'<link rel="canonical" href="http://testserver{project.get_absolute_url()}">' in page.html


def test_a_long_history_is_told_in_pages_and_costs_the_same_for_one_version_and_for_many(
    client, django_assert_max_num_queries
):
    places = [make_region(title=f"Place {number}") for number in range(3)]
    project = make_project(title="Version 1", regions=places[:1])
    with django_assert_max_num_queries(40) as one:
        history(client, project)
    for number in range(2, 25):
        project = edit(project, title=f"Version {number}", related={"regions": [places[number % 3]]})
    with django_assert_max_num_queries(40) as many:
        page = history(client, project)
    assert len(many) <= len(one) + 2
    assert "Version 24" in page.text and "Page 1 of 2" in page.text
    last = Page(client.get(f"{project.get_absolute_url()}history/?page=99"))
    assert "Version 1" in last.text and "Page 2 of 2" in last.text
    steps = client.get(f"{project.get_absolute_url()}history/?page=2").context_data["steps"]
    assert [step.number for step in steps] == [4, 3, 2, 1] and steps[-1].differences is None
    assert all(step.differences for step in steps[:-1])


def test_a_record_leads_to_its_history_and_each_of_its_versions(client):
    project = edit(make_project(title="Old"), title="New")
    page = read(client, project.get_absolute_url())
    address = f"{project.get_absolute_url()}history/"
    assert {address, f"{address}1/", f"{address}2/"} <= page.inside()


def test_the_words_of_a_version_are_marked_with_their_language_on_a_page_in_another(client):
    project = edit(make_project(title="Old", translations={"fa": {"title": "نام تازه"}}), title="New")
    page = read(client, f"/fa/projects/{project.pk}/history/1/")
    assert page.headings == ["نام تازه"]
    assert 'lang="en"' in read(client, f"/fa/projects/{project.pk}/history/").html
