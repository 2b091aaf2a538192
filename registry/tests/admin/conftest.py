"""The admin's tests read static files from where they lie, and hash pass phrases in no time."""

import pytest


@pytest.fixture(autouse=True)
def plain_static_files_and_quick_hashes(settings):
    """Nothing has to be collected first; a hash that takes half a second is tested by Django."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
