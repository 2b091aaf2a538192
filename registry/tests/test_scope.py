"""What somebody with regions sees: all that is published, and of the rest what lies there or nowhere."""

import pytest

from registry import scope
from registry.models import ENTRIES, Change, Project, Region, State
from registry.tests.make import MAKERS, make_observation, make_project, make_region, make_site, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return make_region(title="Here", kind="country")


@pytest.fixture
def there():
    return make_region(title="There", kind="country")


@pytest.fixture
def keeper(here):
    user = make_user(is_superuser=False)
    user.regions.add(here)
    return user


def test_drafts_of_other_regions_are_not_there_and_all_else_is(keeper, here, there):
    inner = make_region(title="Inner", parent=here)
    seen = [
        make_project(title="Published elsewhere", regions=[there]),
        make_project(title="Draft within", regions=[inner], state=State.DRAFT),
        make_project(title="Draft in both", regions=[here, there], state=State.DRAFT),
        make_project(title="Draft nowhere", state=State.DRAFT),
    ]
    make_project(title="Draft elsewhere", regions=[there], state=State.DRAFT)
    assert set(scope.visible(keeper, Project.objects.all())) == set(seen)
    keeper.regions.clear()
    del keeper.regions_looked_after
    assert scope.visible(keeper, Project.objects.all()).count() == 5


def test_the_place_of_the_site_is_the_place_of_what_was_seen_there(keeper, here, there):
    mine = make_observation(site=make_site(region=here), state=State.DRAFT)
    other = make_observation(site=make_site(region=there), state=State.DRAFT)
    found = scope.visible(keeper, type(mine).objects.all())
    assert mine in found and other not in found


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_the_condition_on_a_list_says_what_is_said_of_one_record(model, keeper):
    draft = MAKERS[model](state=State.DRAFT)
    listed = scope.visible(keeper, model.objects.all()).filter(pk=draft.pk).exists()
    assert listed == scope.looks_after(keeper, draft)


def test_the_history_of_what_is_hidden_is_hidden(keeper, here, there):
    hidden = make_project(title="Draft elsewhere", regions=[there], state=State.DRAFT)
    mine = make_project(title="Draft here", regions=[here], state=State.DRAFT)
    published = make_project(title="Published", regions=[there])
    codes = set(scope.visible_changes(keeper).values_list("entry_code", flat=True))
    assert {mine.pk, published.pk} <= codes and hidden.pk not in codes
    assert Change.objects.of(hidden.pk).exists() and Region.objects.count() == 2
