"""What a document needs besides its record, looked up for many records at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from registry import activations
from registry.models import ENTRIES, Entry, Protocol, State, Statement

# By code, the noun and the title; the title of a record that was withdrawn is None.
Subjects = dict[str, tuple[type[Entry], str | None]]


@dataclass(frozen=True)
class Given:
    """The host that addresses begin with, the address of each list, and records that others name by code alone."""

    host: str
    lists: dict[type[Entry], str]
    subjects: Subjects
    sites: dict[str, Any]

    def link(self, model: type[Entry], code: str, title: str | None) -> dict[str, str | None]:
        """Another record: code, title, address in the API."""
        return {"code": code, "title": title, "url": f"{self.lists[model]}{code}/"}


def subjects_of(statements: Iterable[Statement]) -> Subjects:
    """The records that the statements are about, as far as they are or were public; one query a noun."""
    named: dict[str, set[str]] = {}
    for code in {code for statement in statements for code in statement.about}:
        named.setdefault(code.split("-")[0], set()).add(code)
    found: Subjects = {}
    for model in ENTRIES:
        if codes := named.get(model.prefix):
            known = model.objects.filter(pk__in=codes, state__in=[State.PUBLISHED, State.WITHDRAWN])
            for code, title, state in known.values_list("pk", "title", "state"):
                found[code] = (model, title if state == State.PUBLISHED else None)
    return found


def sites_of(protocols: Iterable[Protocol]) -> dict[str, Any]:
    """The sites that activations name, as far as they are or were public; one query."""
    return activations.sites_named_by(protocols)
