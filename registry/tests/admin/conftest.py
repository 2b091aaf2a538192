"""The admin's tests read static files from where they lie: nothing has to be collected first."""

import pytest


@pytest.fixture(autouse=True)
def static_files_as_they_lie(settings):
    """Names without a hash."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
