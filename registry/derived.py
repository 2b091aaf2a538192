"""What the ledger works out from a record and stores beside it: the words and the places it is found by."""

import re
from collections.abc import Iterator
from typing import Any

from registry.models import ENTRIES, Dated, Entry, Placed, Region
from registry.models.edtf_dates import parse
from registry.search import fold

# Changes to these fields of a published record change what others are found by.
LENT = ("title", "other_names", "state", "parent", "precision")

# Fields whose own words people search for; titles, other names and summaries always are.
_OWN_WORDS = (
    "objective",
    "expected_outcome",
    "actual_outcome",
    "hashtags",
    "region_as_reported",
    "label_as_reported",
    "publisher",
    "speaker",
    "speaker_role",
)
# What `columns` gives; no version of a record holds any of it.
COLUMNS = {"title_folded", "search_text", "dates_earliest", "dates_latest", "places", "on_map"}

_WORD = re.compile(r"[a-z0-9]+")


def columns(entry: Entry) -> dict[str, Any]:
    """The derived columns of a stored record; what it points to counts only while it is published."""
    related = list(_pointed_to(entry))
    around = {place.pk: place for other in related if isinstance(other, Region) for place in other.public_ancestors()}
    words = [entry.code, entry.summary, *_other_names(entry)]
    for name in _OWN_WORDS:
        value = getattr(entry, name, "")
        words.extend(value if isinstance(value, list) else [value])
    for other in [*related, *around.values()]:
        words.extend([other.title, *_other_names(other)])
    found = {
        "title_folded": fold(entry.title)[:300],
        "search_text": " ".join(_WORD.findall(fold(" ".join(words)))),
    }
    if isinstance(entry, Dated):
        found["dates_earliest"], found["dates_latest"] = parse(entry.dates) if entry.dates else (None, None)
    if isinstance(entry, Placed):
        own = [entry] if isinstance(entry, Region) else [other for other in related if isinstance(other, Region)]
        found["places"] = sorted({place.pk for place in own} | set(around) | _above(entry, related))
        found["on_map"] = any(place.is_drawn for place in own)
    return found


def dependents(entry: Entry) -> Iterator[Entry]:
    """The records that are found by the names or the place of this one."""
    codes = Region.objects.within([entry]) if isinstance(entry, Region) else [entry.pk]
    for model in ENTRIES:
        for path, related_model in _paths(model):
            if related_model is type(entry):
                pointing = model.objects.filter(**{f"{path}__in": codes}).exclude(pk=entry.pk).order_by().values("pk")
                found = model.objects.filter(pk__in=pointing).order_by("pk")
                # Locked before they are read: somebody else's newer words must not be overwritten with older ones.
                yield from found.select_for_update(of=("self",), no_key=True).iterator(chunk_size=500)


def _above(entry: Entry, related: list[Entry]) -> set[str]:
    """The place around a region is around it, not its own."""
    return {other.pk for other in related} if isinstance(entry, Region) else set()


def _other_names(entry: Entry) -> list[str]:
    return [row["name"] for row in entry.other_names]


def _paths(model: type[Entry]) -> list[tuple[str, type[Entry]]]:
    """Lookups from a noun to the records it is found by; sources do not lend their names."""
    paths = [(field.name, field.related_model) for field in model.entry_relations()]
    if "participations" in model.children:
        child = model._meta.get_field("participations").related_model
        paths.append(("participations__organisation", child._meta.get_field("organisation").related_model))
    return paths


def _pointed_to(entry: Entry) -> Iterator[Entry]:
    for path, related_model in _paths(type(entry)):
        codes = type(entry).objects.filter(pk=entry.pk).values(path)
        yield from related_model.objects.public().filter(pk__in=codes)
