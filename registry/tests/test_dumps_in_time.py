"""When dumps come by themselves, and when one is made anew."""

import gzip
import json

import pytest

from registry import dumps
from registry.tests.make import make_project


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    """For what is kept of this test."""
    settings.MEDIA_ROOT = tmp_path / "media"


class Looks:
    """Ends a watch after so many looks, and remembers how long it would have waited for each."""

    def __init__(self, most):
        self.most, self.waited = most, []

    def wait(self, seconds):
        self.waited.append(seconds)
        return len(self.waited) > self.most


@pytest.mark.django_db(transaction=True)
def test_the_first_dump_is_not_long_in_coming():
    empty, new = Looks(2), Looks(1)
    dumps.watch(empty)
    assert max(empty.waited) <= 20 and dumps.kept() == []
    make_project()
    dumps.watch(new)
    assert new.waited[0] <= 5 and new.waited[1] == 300 and len(dumps.kept()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_register_that_has_moved_can_be_dumped_anew(settings):
    entry, before = make_project(), dumps.make()
    settings.PUBLIC_URL = "https://moved.example"
    now = dumps.make()
    assert dumps.kept() == [now] and now.made_at > before.made_at and dumps.make() == now
    first, *_rest = gzip.decompress((now.folder / now.files[0].name).read_bytes()).splitlines()
    assert json.loads(first)["url"] == f"https://moved.example/api/v1/projects/{entry.pk}/"
