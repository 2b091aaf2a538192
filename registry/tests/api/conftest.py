"""What the tests of the API share."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Counts are kept by the register's revision, and every test starts its own at none."""
    cache.clear()
    yield
