"""What takes a while to work out is kept until anything in the register changes."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from registry import ledger
from registry.models import Change


def kept(name: str, make: Callable[[], Any]) -> Any:
    """What `make` gives, in the language of the page; worked out once for each revision of the register.

    The name may be as long as an address: what it is kept under is a digest.
    """
    if ledger.is_preview():  # what is not public must not be kept for the public
        return make()
    asked = f"{Change.objects.revision()}\n{get_language()}\n{name}"
    key = sha256(asked.encode()).hexdigest()
    found = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found)
    return found
