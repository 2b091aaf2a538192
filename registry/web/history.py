"""The history of a record: every public version with what it changed, and each version as it stood."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView

from registry import public, public_versions
from registry.models import Entry
from registry.public_versions import Version

from . import citing, errors, facts, paging
from .citing import version_url
from .differences import Difference, differences
from .nouns import NOUNS
from .records import Crumb, PublicChange, crumbs, told

PER_PAGE = 20


@dataclass(frozen=True)
class Step:
    """One step of the history: the change, the page of the version it made, and what it changed.

    `differences` is None for the first version that is known.
    """

    number: int
    at: datetime
    change: PublicChange | None
    url: str
    is_newest: bool
    differences: list[Difference] | None


@dataclass(frozen=True)
class Around:
    """Where a version stands among those that anybody may read."""

    number: int
    newest: int
    at: datetime
    newest_url: str
    previous_url: str
    next_url: str


class _OfARecord(TemplateView):
    """A page about a public record; 301, 410 or 404 for every other, as its own page."""

    model: type[Entry] = Entry

    def get(self, request: HttpRequest, code: str, **kwargs: Any) -> HttpResponse:
        """The page; of a record that became part of another one, the history of that one."""
        self.entry = public.records(self.model).filter(pk=code).first()
        if self.entry is None:
            gone = public.gone(self.model, code)
            if gone and gone.now:
                return redirect(history_url(gone.now), permanent=True)
            return errors.not_public(request, self.model, code)
        return super().get(request, code=code, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The record, and the way to it."""
        entry = self.entry
        way = [*crumbs(self.model), Crumb(entry.shown_title, entry.get_absolute_url())]
        canonical = citing.canonical(self.request, entry)
        own = {"noun": NOUNS[self.model], "entry": entry, "crumbs": way, "canonical_url": canonical}
        own |= {"history_url": history_url(entry)}
        return super().get_context_data(**kwargs) | own


class History(_OfARecord):
    """All public versions, the newest first."""

    template_name = "registry/history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of the versions; past the end, the last."""
        entry, asked = self.entry, self.request.GET.get("page", "")
        total = paging.total_of(public_versions.changes(entry).count(), PER_PAGE)
        number = min(max(int(asked), 1), total) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
        raw = public_versions.some(entry, (number - 1) * PER_PAGE, PER_PAGE)
        found, others = public_versions.told(self.model, raw)
        return super().get_context_data(**kwargs) | {
            "steps": steps(entry, found, others)[:PER_PAGE],
            "pages": paging.ways(number, total, lambda page: f"?page={page or 1}"),
            "untold": any(version.untold for version in found),
        }


class VersionPage(_OfARecord):
    """The record as it stood at a version."""

    template_name = "registry/version.html"

    def get_context_data(self, version: int, **kwargs: Any) -> dict[str, Any]:
        """Its facts and its sources; 404 for a version that was never public."""
        entry, numbers = self.entry, public_versions.numbers(self.entry)
        if version not in numbers:
            raise Http404
        raw = next(v for v in public_versions.back_to(entry, version) if v.number == version and v.is_readable)
        found, others = public_versions.told(self.model, [raw])
        stood = public_versions.as_it_stood(entry, found[0], others)
        notes = facts.footnotes(stood)
        place = numbers.index(version)
        before, after = (numbers[place - 1] if place else None), (numbers[place + 1 : place + 2] or [None])[0]
        return super().get_context_data(**kwargs) | {
            "stood": stood,
            "around": Around(
                version,
                numbers[-1],
                found[0].at,
                entry.get_absolute_url(),
                version_url(entry, before) if before else "",
                version_url(entry, after) if after else "",
            ),
            "facts": [
                replace(fact, correct_url="") for fact in facts.facts(stood, notes) if fact.name not in found[0].untold
            ],
            "footnotes": notes,
            "lede_notes": facts.lede_notes(notes),
            "untold": bool(found[0].untold),
            "cite": citing.cite_version(self.request, stood),
        }


def steps(entry: Entry, found: list[Version], others: dict[str, Entry]) -> list[Step]:
    """The versions as a reader meets them, newest first; each is compared with the one that could be read before."""
    readable = [version for version in found if version.is_readable]
    before = {after.number: older for after, older in pairwise(readable)}
    return [
        Step(
            version.number,
            version.at,
            told(version.change) if version.change else None,
            version_url(entry, version.number) if version.is_readable else "",
            version.number == entry.version,
            differences(entry, older, version, others) if (older := before.get(version.number)) else None,
        )
        for version in found
    ]


def history_url(entry: Entry) -> str:
    """The page of the record's history."""
    return reverse(f"registry:{entry.noun}-history", args=[entry.pk])
