"""What differs between two versions of a record, in words: what went, what came, and the wording before and after."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import TextField
from django.utils.translation import gettext as _

from registry import iso_names, public, public_versions
from registry.models import Entry
from registry.models.translations import OTHERS, OWN, Text, joined
from registry.public_versions import Version

from . import facts

_WORDS = re.compile(r"\s+|[^\s]+")
_NAME = ("name", "language", "note")
_POINT = {"longitude", "latitude", "precision"}


@dataclass(frozen=True)
class Part:
    """Some words of a text: `same`, `gone` or `new`."""

    kind: str
    words: str


@dataclass(frozen=True)
class Difference:
    """One field of two versions: the parts of a wording, else the lines that went and those that came."""

    label: str
    parts: list[Part]
    gone: list[str]
    came: list[str]
    language: str = OWN


def differences(entry: Entry, before: Version, after: Version, others: dict[str, Entry]) -> list[Difference]:
    """Field by field in the order of the page; `others` has the records that the versions name."""
    old, new = (public_versions.as_it_stood(entry, version, others) for version in (before, after))
    names = public_versions.changed(before, after)
    if _POINT & {*names}:  # longitude and latitude are one place
        names = [name for name in names if name not in _POINT - {"longitude"}]
        names = names if "longitude" in names else [*names, "longitude"]
    found = []
    for name in names:
        if name == "translations":
            found += _translations(old.translations, new.translations)
        elif name in {"title", "summary"} or isinstance(entry._meta.get_field(name), TextField):
            found.append(_wording(public.label(type(entry), name), getattr(old, name), getattr(new, name)))
        else:
            was, now = lines(old, name, others), lines(new, name, others)
            label = _("Published point") if name == "longitude" else public.label(type(entry), name)
            gone, came = [line for line in was if line not in now], [line for line in now if line not in was]
            found.append(Difference(label, [], gone, came))
    return found


def lines(entry: Entry, name: str, others: dict[str, Entry]) -> list[str]:
    """What a field says, one line for each member; nothing where nothing is stated."""
    if name == "other_names":
        return [joined([part for part in map(name.get, _NAME) if part], " · ") for name in entry.other_names]
    if name == "about":
        return [others[code].shown_title for code in entry.about]
    if not public.is_stated(entry, name):
        return []
    if name == "citations":
        return [_citation(note) for note in facts.footnotes(entry)]
    kind, value = facts.value(entry, name)
    if kind == "table":
        return [joined([_cell(cell) for cell in row if cell], " · ") for row in value.rows]
    return [_cell(item) for item in (value if isinstance(value, list) else [value])]


def _cell(item: Any) -> str:
    if not isinstance(item, facts.Link):
        return item if isinstance(item, str) else str(item)
    return joined([item.title, item.detail], " · ") if item.detail else item.title


def _citation(note: facts.Footnote) -> str:
    gives = _("Gives: %(fields)s") % {"fields": note.fields_display} if note.fields_display else ""
    return joined([part for part in (note.source.title, note.locator, gives, note.note) if part], " · ")


def _translations(before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]) -> list[Difference]:
    found = []
    labels = {"title": _("Title in %(language)s"), "summary": _("Summary in %(language)s")}
    for code in OTHERS:
        for field, label in labels.items():
            old, new = (side.get(code, {}).get(field, "") for side in (before, after))
            if old != new:
                found.append(_wording(label % {"language": iso_names.language(code)}, old, new, code))
    return found


def _wording(label: str, before: str, after: str, language: str = OWN) -> Difference:
    if not before or not after:
        return Difference(label, [], [Text(before)] if before else [], [Text(after)] if after else [], language)
    return Difference(label, parts(before, after), [], [], language)


def parts(before: str, after: str) -> list[Part]:
    """The words that stayed, went and came, in the order of reading."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            found.append(Part("same", "".join(old[start:end])))
            continue
        if end > start:
            found.append(Part("gone", "".join(old[start:end])))
        if new_end > new_start:
            found.append(Part("new", "".join(new[new_start:new_end])))
    return found
