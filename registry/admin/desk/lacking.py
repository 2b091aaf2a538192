"""What the data lacks, gap by gap, with the lists that show it.

It is counted once for each revision of the register. A noun so large that this takes long is counted now and then, and
the desk says when.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from time import monotonic
from typing import Any

from django.contrib.admin import AdminSite
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise

from registry import scope
from registry.admin.quality import FIRST, GAPS
from registry.models import Change, Entry

from .counts import Count, bounded, list_of, noun_of

# What is looked at without a change of the register, such as links, is counted anew after so many seconds.
_KEPT = 300
# Counting a noun for longer than this is done once in a quarter of an hour; both in seconds.
SLOW = 0.25
_KEPT_IF_SLOW = 900


@dataclass(frozen=True)
class Counted:
    """By gap, how many records of a noun have it; `at` when it was, for a noun that is not counted every time."""

    numbers: dict[str, int]
    at: datetime | None = None


@dataclass(frozen=True)
class Lacking:
    """One gap, and the nouns that have it."""

    label: str | Promise
    counts: list[Count]


def gaps(site: AdminSite, request: HttpRequest, models: list[type[Entry]]) -> list[Lacking]:
    """Each as many as its list shows, which is narrowed to what this person sees."""
    numbers = _numbers(site, request, models)
    found: dict[str, Lacking] = {}
    for model in models:
        counted = numbers[model]
        for name, number in counted.numbers.items():
            if number:
                label = GAPS[model][name].label
                lacking = found.setdefault(str(label), Lacking(label, []))
                noun = noun_of(model, number)
                lacking.counts.append(Count(noun, number, list_of(model, f"missing={name}"), counted.at))
    return list(found.values())


def _numbers(site: AdminSite, request: HttpRequest, models: list[type[Entry]]) -> dict[type[Entry], Counted]:
    seen = sha256(",".join(sorted(scope.regions_of(request.user))).encode()).hexdigest()
    revision = Change.objects.revision()
    keys = {model: f"desk:{timezone.localdate()}:{seen}:{model._meta.model_name}" for model in models}
    known: dict[str, Any] = cache.get_many([*keys.values(), *(f"{key}:{revision}" for key in keys.values())])
    found = {}
    for model, key in keys.items():
        found[model] = known.get(key) or known.get(f"{key}:{revision}") or _count(site, request, model)
        if found[model].at and key not in known:
            cache.set(key, found[model], _KEPT_IF_SLOW)
        elif not found[model].at and f"{key}:{revision}" not in known:
            cache.set(f"{key}:{revision}", found[model], _KEPT)
    return found


def _count(site: AdminSite, request: HttpRequest, model: type[Entry]) -> Counted:
    began = monotonic()
    seen = site.get_model_admin(model).get_queryset(request)
    numbers = {name: bounded(GAPS[model][name].narrow(seen)) for name in FIRST[model]}
    return Counted(numbers, timezone.now() if monotonic() - began > SLOW else None)
