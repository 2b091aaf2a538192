"""Static files, collected only when one of them has changed: a second start should be quick."""

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_static_files() -> bool:
    """Collects, compresses and fingerprints them if need be, and says whether it did."""
    root = Path(settings.STATIC_ROOT)
    stamp, now = root.with_name(f"{root.name}.stamp"), state_of_the_sources()
    if stamp.exists() and stamp.read_text() == now and (root / "staticfiles.json").exists():
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)
    return True


def state_of_the_sources() -> str:
    """A digest over name, size and time of every file, and over where the files go and how they are stored."""
    digest = hashlib.sha256(f"{settings.STATIC_ROOT} {settings.STORAGES}".encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = os.stat(storage.path(name))
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
