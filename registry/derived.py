"""What the ledger works out from a record and stores beside it: the words and the places it is found by."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from registry.models import ENTRIES, Dated, Entry, Observation, Placed, Region, Row, Site, State
from registry.models.edtf_dates import parse
from registry.search import fold

# Changes to these fields of a published record change what others are found by.
LENT = ("title", "other_names", "state", "parent", "precision", "longitude", "latitude", "region", "regions")

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
    "place_as_reported",
    "purpose",
    "preconditions",
    "obstacles",
    "activation_criteria",
    "how_to_join",
    "funder_as_reported",
    "shown_at",
)
# What `columns` gives; no version of a record holds any of it.
COLUMNS = {"title_folded", "search_text", "dates_earliest", "dates_latest", "places", "on_map"}

_WORD = re.compile(r"[a-z0-9]+")


def columns(entry: Entry) -> dict[str, Any]:
    """The derived columns of a stored record; what it points to counts only while it is published."""
    related = _pointed_to(entry)
    places = _places(entry, related)
    around = {place.pk: place for own in places for place in own.public_ancestors()}
    words = [entry.code, entry.summary, *_other_names(entry)]
    for name in _OWN_WORDS:
        value = getattr(entry, name, "")
        words.extend(value if isinstance(value, list) else [value])
    for other in [*chain(*related.values()), *(place for place in places if place != entry), *around.values()]:
        words.extend([other.title, *_other_names(other)])
    found = {
        "title_folded": fold(entry.title)[:300],
        "search_text": " ".join(_WORD.findall(fold(" ".join(words)))),
    }
    if isinstance(entry, Dated):
        found["dates_earliest"], found["dates_latest"] = parse(entry.dates) if entry.dates else (None, None)
    if isinstance(entry, Placed):
        found["places"] = sorted({place.pk for place in places} | set(around))
        found["on_map"] = _is_drawn(entry, places)
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


def _is_drawn(entry: Entry, places: list[Region]) -> bool:
    """Whether a point may be drawn for the record; what was observed on no known day is never drawn."""
    if isinstance(entry, Observation):
        site = entry.site if entry.site and entry.site.is_public else None
        return bool(entry.dates) and (bool(site and site.is_drawn) or any(place.is_drawn for place in places))
    own = isinstance(entry, Site) and entry.is_drawn
    return own or any(place.is_drawn for place in places)


def _other_names(entry: Entry) -> list[str]:
    return [row["name"] for row in entry.other_names]


def _paths(model: type[Entry]) -> list[tuple[str, type[Entry]]]:
    """Lookups from a noun to the records it is found by; sources do not lend their names by being cited."""
    paths = [(field.name, field.related_model) for field in model.entry_relations()]
    for name, child in zip(model.children, model.children_models(), strict=True):
        if issubclass(child, Row):
            paths += [(f"{name}__{field.name}", field.related_model) for field in child.entry_relations()]
    further = [path for path in getattr(model, "place_paths", ()) if "__" in path]
    return [*paths, *((path, Region) for path in further)]


def _pointed_to(entry: Entry) -> dict[str, list[Entry]]:
    """By path, the published records that the record or one of its rows points to."""
    paths = [
        (path, model)
        for path, model in _paths(type(entry))
        if path.split("__")[0] in entry.children or "__" not in path
    ]
    found = {}
    for path, related_model in paths:
        codes = type(entry).objects.filter(pk=entry.pk).values(path)
        found[path] = list(related_model.objects.public().filter(pk__in=codes))
    return found


def _places(entry: Entry, related: dict[str, list[Entry]]) -> list[Region]:
    """The published regions it is in, its own and those of the published record it belongs to."""
    if isinstance(entry, Region):
        return [entry]
    found: dict[str, Region] = {}
    for path in getattr(entry, "place_paths", ()):
        if path in related:
            places = related[path]
        else:
            shown = {f"{path.rpartition('__')[0]}__state": State.PUBLISHED}
            codes = type(entry).objects.filter(pk=entry.pk, **shown).values(path)
            places = Region.objects.public().filter(pk__in=codes)
        found |= {place.pk: place for place in places}
    return list(found.values())
