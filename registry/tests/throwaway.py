"""Gives the tests a PostgreSQL of their own, gone when they end; a DATABASE_URL that is set is used instead.

And a folder for files: what a server or a worker of the tests leaves there is no part of anybody's register.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator

import pytest

from heritage import embedded


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Comes before Django reads its settings; the workers of xdist inherit the address."""
    if not os.environ.get("PYTEST_XDIST_WORKER") and not os.environ.get("DATABASE_URL"):
        try:
            os.environ["DATABASE_URL"] = embedded.throwaway()
        except embedded.CannotStart as error:
            pytest.exit(str(error), returncode=3)
    if not os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["MEDIA_ROOT"] = tempfile.mkdtemp(prefix="register-")
        atexit.register(shutil.rmtree, os.environ["MEDIA_ROOT"], ignore_errors=True)
    return (yield)
