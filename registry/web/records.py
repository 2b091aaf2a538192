"""The page of one record: its facts, what is missing, its sources, its history, and what is near it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from registry import json_ld, public, public_versions
from registry.models import Change, Entry, Region, State, Statement

from . import citing, errors, facts, nearby, pins
from .facts import Link
from .nouns import NOUNS
from .said import said_about

# As the ledger writes them; a group that an administrator made is named as they named it.
ROLES = {
    "register": gettext_lazy("the register"),
    "administrator": gettext_lazy("administrator"),
    "editor": gettext_lazy("editor"),
    "Contributors": gettext_lazy("contributor"),
    "Editors": gettext_lazy("editor"),
    "Publishers": gettext_lazy("publisher"),
}
HISTORY_SHOWN = 10
RELATED_SHOWN = 6


@dataclass(frozen=True)
class PublicChange:
    """A change as the public reads it: by role, never by name.

    `number` counts the changes of the record. The ledger's own number would tell how much is written unseen.
    """

    number: int
    at: datetime
    action: str
    reason: str
    role: str
    entry_title: str = ""
    entry_url: str = ""
    others: int = 0
    credit: str = ""
    version_url: str = ""


@dataclass(frozen=True)
class Crumb:
    """One step of the way here."""

    label: str
    url: str


@dataclass(frozen=True)
class Related:
    """Records of one kind that belong together with this one."""

    label: str
    entries: list[Link]
    more_url: str | None = None


class EntryDetail(TemplateView):
    """The public page of a record."""

    model: ClassVar[type[Entry]]
    told_apart: ClassVar[tuple[str, ...]] = ()  # fields that the page tells in sections of their own

    def get_template_names(self) -> list[str]:
        """registry/project_detail.html"""
        return [f"registry/{self.model.noun}_detail.html"]

    def get(self, request: HttpRequest, code: str, **kwargs: Any) -> HttpResponse:
        """The page; 410 with its reason once withdrawn, and 404 for what is not public, as for what never was."""
        self.entry = public.records(self.model).filter(pk=code).first()
        if self.entry is None:
            return errors.not_public(request, self.model, code)
        return super().get(request, code=code, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything the page shows."""
        entry, noun = self.entry, NOUNS[self.model]
        notes = facts.footnotes(entry)
        complete, drawn = public.completeness(entry), self.pins()
        return super().get_context_data(**kwargs) | {
            "noun": noun,
            "entry": entry,
            "crumbs": crumbs(self.model, nearby.country_of(entry)),
            "facts": facts.facts(entry, notes, self.told_apart),
            "footnotes": notes,
            "lede_notes": facts.lede_notes(notes),
            "completeness": replace(
                complete, missing=tuple(public.label(self.model, name) for name in complete.missing)
            ),
            "missing": [
                Link(public.label(self.model, name), facts.correct_url(entry, name)) for name in complete.missing
            ],
            "changes": [
                replace(told(change), version_url=version_page(entry, change))
                for change in public_versions.changes(entry)[:HISTORY_SHOWN]
            ],
            "history_url": reverse(f"registry:{noun.name}-history", args=[entry.pk]),
            "related": [group for group in self.related() if group.entries],
            "said": said_about(entry, list_url(Statement, about=entry.pk)),
            "pins": drawn,
            "same_place": nearby.same_place(entry),
            "nearby": nearby.nearby(entry, drawn, list_url(self.model)),
            "cite": citing.cite(self.request, entry),
            "canonical_url": citing.canonical(self.request, entry),
            "json_ld": json_ld.block(entry, citing.lasting(self.request, f"{noun.name}-detail", entry.pk)),
            "json_ld_url": reverse(f"registry:{noun.name}-jsonld", args=[entry.pk]),
            "api_url": reverse(f"api:{noun.slug}-detail", args=[entry.pk]),
            "write_url": reverse(f"registry:{noun.name}-write", args=[entry.pk]),
            "correct_url": reverse(f"registry:{noun.name}-correct", args=[entry.pk]),
            "correct_summary_url": facts.correct_url(entry, "summary"),
        }

    def related(self) -> list[Related]:
        """Groups of records that belong with this one; a noun says which."""
        return []

    def pins(self) -> list[pins.Pin]:
        """Where the record is, by its published places."""
        return pins.pins_of_record(self.entry)


def list_url(model: type[Entry], **asked: object) -> str:
    """The address of a noun's list, perhaps narrowed; a list of values asks for any of them."""
    query = urlencode(asked, doseq=True)
    return reverse(f"registry:{model.noun}-list") + (f"?{query}" if query else "")


def crumbs(model: type[Entry], place: Region | None = None) -> list[Crumb]:
    """The way to the records of a noun, perhaps to those of a place."""
    way = [Crumb(_("Register"), reverse("registry:home")), Crumb(str(NOUNS[model].label_plural), list_url(model))]
    return [*way, Crumb(place.shown_title, list_url(model, region=place.pk))] if place else way


def group(label: str, records: Any, more_url: str | None = None) -> Related:
    """The first few records of a queryset as links, with the way to the rest."""
    shown = list(records.public().order_by("title_folded", "code")[: RELATED_SHOWN + 1])
    links = [Link(other.shown_title, other.get_absolute_url()) for other in shown[:RELATED_SHOWN]]
    return Related(label, links, more_url if len(shown) > RELATED_SHOWN else None)


def version_page(entry: Entry, change: Change) -> str:
    """The page of the version that a change made; nothing for one that took the record back."""
    return citing.version_url(entry, change.version) if change.state == State.PUBLISHED else ""


def told(change: Change, entry: Entry | None = None, others: int = 0) -> PublicChange:
    """A ledger row for the public, perhaps with the number of others that were made together with it.

    `entry` is the record while anybody can read it; without it the row names only the code.
    """
    title, url = (entry.shown_title, entry.get_absolute_url()) if entry else (change.entry_code, "")
    action, role = change.get_action_display(), str(ROLES.get(change.role, change.role))
    return PublicChange(change.version, change.at, action, change.reason, role, title, url, others, change.credit)
