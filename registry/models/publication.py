"""What has to be there before the public may read a record, as a list that people can tick off."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Values of a field that say nothing.
NOTHING = (None, "", [], {}, "unknown")


@dataclass(frozen=True)
class Item:
    """One thing that has to be there: in which field it is mended, what it is, and what to do while it is not.

    `about` names the fields whose support it asks for; an item about none is asked for at every save.
    """

    name: str
    words: str
    done: bool
    problem: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """Fields that a reader takes together: one citation of any of them supports what they say."""

    words: Promise
    problem: Promise
    fields: tuple[str, ...]


FACTS = (
    Fact(
        gettext_lazy("A citation supports the status."),
        gettext_lazy("No citation says that it supports the status."),
        ("status", "status_as_reported"),
    ),
    Fact(
        gettext_lazy("A citation supports the amount."),
        gettext_lazy("No citation says that it supports the amount."),
        ("amount", "amount_as_reported", "currency"),
    ),
    Fact(
        gettext_lazy("A citation supports the gap."),
        gettext_lazy("No citation says that it supports the gap."),
        ("gap_percent", "gap_basis"),
    ),
    Fact(
        gettext_lazy("A citation supports the dates."),
        gettext_lazy("No citation says that it supports the dates."),
        ("dates", "dates_as_reported", "year"),
    ),
    Fact(
        gettext_lazy("A citation supports the place."),
        gettext_lazy("No citation says that it supports the place."),
        ("regions", "region", "region_as_reported", "place_as_reported", "label_as_reported", "parent"),
    ),
    Fact(
        gettext_lazy("A citation supports the condition and the damage."),
        gettext_lazy("No citation says that it supports the condition and the damage."),
        ("condition", "damage_extent", "damage_class", "threats", "trend"),
    ),
    Fact(
        gettext_lazy("A citation supports how far it has been verified."),
        gettext_lazy("No citation says that it supports how far it has been verified."),
        ("verification", "verified_by", "speaker"),
    ),
)
_OF_FACTS = frozenset(name for fact in FACTS for name in fact.fields)


def checklist(entry: Model) -> list[Item]:
    """A published source with its locator, and the support of each fact that the record states; one query for both."""
    citations = [] if entry._state.adding else list(entry.citations.public().exclude(locator=""))
    supported = _supported(citation.fields for citation in citations)
    cited = Item(
        "citations",
        _("It cites a published source, and where in it the facts stand."),
        bool(citations),
        _("It cites no published source with a locator. Add a citation that says where the facts stand."),
    )
    return [cited, *_facts(entry, supported, bool(citations))]


def _facts(entry: Model, supported: frozenset[str], cited: bool) -> list[Item]:
    """Without any citation there is one problem, not one for each fact."""
    known = {field.name for field in entry._meta.get_fields()}
    found = []
    for fact in FACTS:
        fields = tuple(name for name in fact.fields if name in known)
        stated = [name for name in fields if _is_stated(entry, name)]
        if stated:
            done = bool(supported & {*fields})
            problem = _("%(problem)s Tick it at the citation.") % {"problem": fact.problem} if cited else ""
            found.append(Item(stated[0], str(fact.words), done, problem, fields))
    return found


def newly_stated(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """The fields to which an edit gave another value, and those whose support it took away; from two snapshots."""
    changed = {name for name, value in after.items() if before.get(name) != value}
    was, now = (
        _supported(row["fields"] for row in side.get("citations", []) if row["locator"]) for side in (before, after)
    )
    return changed | (was - now)


def is_supported(values: Mapping[str, Any], published: Collection[str], newly: Collection[str] | None = None) -> bool:
    """Whether a snapshot has all that `checklist` asks of every noun, with these sources published; asks no database.

    `newly` are the fields that an edit of a published record states anew: of the others no support is asked.
    """
    cited = [row["fields"] for row in values["citations"] if row["locator"] and row["source"] in published]
    supported = _supported(cited)
    for fact in FACTS:
        fields = {name for name in fact.fields if name in values}
        asked = newly is None or not fields.isdisjoint(newly)
        if asked and supported.isdisjoint(fields) and any(values[name] not in NOTHING for name in fields):
            return False
    return bool(cited)


def _supported(lists: Iterable[list[str]]) -> frozenset[str]:
    """The fields that citations support; one that names none supports the record as a whole."""
    found: set[str] = set()
    for names in lists:
        found |= {*names} or _OF_FACTS
    return frozenset(found)


def _is_stated(entry: Model, name: str) -> bool:
    field = entry._meta.get_field(name)
    if field.many_to_many or field.one_to_many:
        return not entry._state.adding and getattr(entry, name).exists()
    return getattr(entry, field.attname) not in NOTHING
