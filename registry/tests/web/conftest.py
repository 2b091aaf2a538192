"""A register that was rolled back must not answer for the next one."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_kept_from_another_register():
    """What lists keep is keyed by the revision, and revisions repeat from test to test."""
    cache.clear()
