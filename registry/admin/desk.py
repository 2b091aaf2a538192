"""The editors' desk: what is mine first, then what waits for a decision, then what the data lacks."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from registry.models import ENTRIES, Change, Entry, State

from .naming import MODELS
from .quality import FIRST, GAPS

_SHOWN = 10
# Counting stops here: for the desk, more than this is simply many.
_MANY = 1000


@dataclass(frozen=True)
class Count:
    """A number of records and the list that shows them."""

    noun: str | Promise
    label: str | Promise
    number: int
    url: str

    @property
    def many(self) -> bool:
        """Whether the counting was stopped."""
        return self.number >= _MANY


def contents(site: AdminSite, request: HttpRequest) -> dict[str, Any]:
    """What the desk shows to this person; only nouns that they may see."""
    models = [model for model in ENTRIES if site.get_model_admin(model).has_view_permission(request)]
    recent = list(Change.objects.filter(by=request.user)[:_SHOWN])
    return {
        "drafts": [
            (entry, reverse(f"admin:registry_{model._meta.model_name}_change", args=[entry.pk]))
            for model in models
            for entry in _my_drafts(model, request)
        ],
        "recent": [(change, _address(change)) for change in recent],
        "reviews": _reviews(models),
        "quality": _quality(models),
    }


def _my_drafts(model: type[Entry], request: HttpRequest) -> list[Entry]:
    mine = Change.objects.filter(entry_code=OuterRef("pk"), by=request.user)
    return list(model.objects.filter(state=State.DRAFT).filter(Exists(mine))[:_SHOWN])


def _reviews(models: list[type[Entry]]) -> list[Count]:
    counts = [
        Count(
            model._meta.verbose_name_plural,
            State.IN_REVIEW.label,
            model.objects.filter(state=State.IN_REVIEW).order_by()[:_MANY].count(),
            f"{_list(model)}?state__exact={State.IN_REVIEW}",
        )
        for model in models
    ]
    return [count for count in counts if count.number]


def _quality(models: list[type[Entry]]) -> list[Count]:
    counts = [
        Count(
            model._meta.verbose_name_plural,
            GAPS[model][name].label,
            GAPS[model][name].narrow(model.objects.order_by())[:_MANY].count(),
            f"{_list(model)}?missing={name}",
        )
        for model in models
        for name in FIRST[model]
    ]
    return [count for count in counts if count.number]


def _list(model: type[Entry]) -> str:
    return reverse(f"admin:registry_{model._meta.model_name}_changelist")


def _address(change: Change) -> str:
    model = MODELS.get(change.entry_type)
    return reverse(f"admin:registry_{change.entry_type}_history", args=[change.entry_code]) if model else ""
