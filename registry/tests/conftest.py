"""What every test stands on: the only writer is watched, and the client is ready."""

import gc
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from registry import ledger
from registry.models import ENTRIES, PRIVATE, Change, Citation, FeedEntry
from registry.tests.make import make_user

_ROWS = [model.children_models() for model in ENTRIES]
_TABLES = {
    model._meta.db_table
    for model in (*ENTRIES, *PRIVATE, Change, Citation, FeedEntry, *(row for rows in _ROWS for row in rows))
}
_TABLES |= {field.m2m_db_table() for model in ENTRIES for field in model._meta.many_to_many}
_WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


def pytest_configure() -> None:
    """A clone has collected no static files yet; the folder alone is enough for the tests."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def pytest_collection_finish() -> None:
    """What stands by now stays to the end: nobody need look through it for garbage, nor often through the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@pytest.fixture(autouse=True)
def only_the_ledger_writes(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail any test in which something else inserts, updates or deletes a record, its rows or its history."""
    if "django_db_setup" not in request.fixturenames or request.node.get_closest_marker("writes_around_the_ledger"):
        yield
        return

    def watch(execute, sql, params, many, context):
        written = _WRITE.match(sql)
        if written and written[1] in _TABLES and not ledger.is_writing():
            raise AssertionError(f"Not the ledger, and it writes: {sql[:120]}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


@pytest.fixture(autouse=True)
def a_fresh_and_quick_start(settings) -> None:
    """Nothing kept from another test, static files as they lie in the folders, and hashes that take no time.

    Counts are kept by revision, and revisions repeat from test to test. A page leaves its language behind. The pace of
    reading is held only by the tests of it.
    """
    cache.clear()
    settings.READS_A_MINUTE = 10**9
    translation.activate(settings.LANGUAGE_CODE)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.WHITENOISE_AUTOREFRESH = True  # else every client reads all the folders first


@pytest.fixture
def editor(client):
    """A signed-in administrator's client."""
    client.force_login(make_user(username="editor"))
    return client
