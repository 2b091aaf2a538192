"""What the data lacks, gap by gap, with the lists that show it; counted once for each revision of the register."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib.admin import AdminSite
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst

from registry import scope
from registry.admin.quality import FIRST, GAPS
from registry.models import Change, Entry

from .counts import Count, bounded, list_of

# What is looked at without a change of the register, such as links, is counted anew after so many seconds.
_KEPT = 300


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
        for name, number in numbers[model].items():
            if number:
                label = GAPS[model][name].label
                lacking = found.setdefault(str(label), Lacking(label, []))
                noun = capfirst(model._meta.verbose_name_plural)
                lacking.counts.append(Count(noun, number, list_of(model, f"missing={name}")))
    return list(found.values())


def _numbers(site: AdminSite, request: HttpRequest, models: list[type[Entry]]) -> dict[type[Entry], dict[str, int]]:
    seen = sha256(",".join(sorted(scope.regions_of(request.user))).encode()).hexdigest()
    asked = f"desk:{Change.objects.revision()}:{timezone.localdate()}:{seen}"
    keys = {f"{asked}:{model._meta.model_name}": model for model in models}
    known: dict[str, Any] = cache.get_many(keys)
    counted = {key: _count(site, request, model) for key, model in keys.items() if key not in known}
    cache.set_many(counted, _KEPT)
    return {model: (known | counted)[key] for key, model in keys.items()}


def _count(site: AdminSite, request: HttpRequest, model: type[Entry]) -> dict[str, int]:
    seen = site.get_model_admin(model).get_queryset(request)
    return {name: bounded(GAPS[model][name].narrow(seen)) for name in FIRST[model]}
