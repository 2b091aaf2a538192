"""One field of many records is changed together: shown first, then saved as one batch that an undo takes back."""

import pytest

from registry import ledger
from registry.models import Change, Project, State
from registry.tests.admin.forms import fields, list_url, sign_in
from registry.tests.make import make_budget, make_event, make_project, make_region

pytestmark = pytest.mark.django_db
LIST = list_url(Project)


def ask(client, records, **sent):
    chosen = {"action": "set_field", "_selected_action": [record.pk for record in records]}
    return client.post(list_url(type(records[0])), chosen | sent)


def shown(client, records, field, operation="set", **typed):
    ask(client, records, field=field)
    return ask(client, records, field=field, operation=operation, _preview="1", **typed)


def confirm(client, page, model=Project, **more):
    return client.post(list_url(model), fields(page) | more)


def test_a_preview_says_what_would_change_and_changes_nothing():
    client, records = sign_in("Editors"), [make_project(status="ongoing"), make_project(status="completed")]
    assert "Status" in ask(client, records).content.decode()
    page = shown(client, records, "status", status="completed")
    text = page.content.decode()
    assert "Of 2 records, 1 would change and 0 would be refused" in text and "Stays as it is" in text
    assert {project.status for project in Project.objects.all()} == {"ongoing", "completed"}
    assert Change.objects.filter(entry_type="project").count() == 2


def test_what_is_confirmed_is_one_batch_that_an_undo_takes_back():
    client, event = sign_in("Editors"), make_event()
    records = [make_project(title=title) for title in ("One", "Two", "Three")]
    confirm(client, shown(client, records, "event", event=event.pk), reason="Shown at the same congress")
    assert Project.objects.filter(event=event).count() == 3
    batches = set(Change.objects.filter(reason="Shown at the same congress").values_list("batch", flat=True))
    assert len(batches) == 1
    ledger.undo(batches.pop(), by=client.user, reason="Back")
    assert not Project.objects.filter(event=event).exists()


@pytest.mark.parametrize(
    ("operation", "left"),
    [("add", {"one", "two", "new"}), ("remove", {"one"}), ("set", {"two", "new"}), ("where_empty", {"one", "two"})],
)
def test_a_list_is_added_to_taken_from_replaced_or_filled(operation, left):
    client = sign_in("Editors")
    places = {name: make_region(title=name) for name in ("one", "two", "new")}
    project = make_project(regions=[places["one"], places["two"]])
    typed = ["two"] if operation == "remove" else ["two", "new"]
    page = shown(client, [project], "regions", operation, regions=[places[name].pk for name in typed])
    if operation != "where_empty":
        confirm(client, page)
    assert {place.title for place in project.regions.all()} == left


def test_a_record_that_breaks_a_rule_or_changed_meanwhile_is_kept_and_named():
    client, budgets = sign_in("Editors"), [make_budget(amount="5.00"), make_budget(amount=None)]
    page = shown(client, budgets, "maturity", maturity="final")
    budget = type(budgets[0]).objects.get(pk=budgets[0].pk)
    budget.summary = "Changed by somebody else"
    with ledger.batch(by=None, reason="Meanwhile") as batch:
        batch.save(budget, expected=budget.version)
    answer = client.post(list_url(type(budget)), fields(page), follow=True).content.decode()
    assert "changed by somebody else" in answer and "1 record was changed" in answer
    budget.refresh_from_db()
    assert budget.summary == "Changed by somebody else" and budget.maturity != "final"


def test_a_value_that_cannot_be_read_is_said_where_it_was_typed():
    client, budget = sign_in("Editors"), make_budget()
    page = shown(client, [budget], "year", year="next year")
    assert page.status_code == 200 and "plain digits" in page.content.decode()


def test_nobody_changes_more_than_on_the_form_of_each_record():
    here, there = make_region(title="Here"), make_region(title="There")
    contributor, keeper = sign_in("Contributors"), sign_in("Editors")
    keeper.user.regions.add(here)
    public, outside = make_project(status="ongoing"), make_project(status="ongoing", regions=[there])
    mine = make_project(status="ongoing", regions=[here])
    hidden = make_project(status="ongoing", regions=[there], state=State.DRAFT)
    for client, records in ((contributor, [public]), (keeper, [mine, outside, hidden])):
        confirm(client, shown(client, records, "status", status="completed"))
    assert {p.pk for p in Project.objects.filter(status="completed")} == {mine.pk}
    forged = fields(shown(keeper, [mine], "status", status="ongoing"))
    assert sign_in("Editors").post(LIST, forged).status_code == 400
    assert keeper.post(LIST, forged | {"carried": forged["carried"][0][:-2] + "xx"}).status_code == 400
