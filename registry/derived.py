"""What the ledger works out from a record and stores beside it: the words and the places it is found by."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Any

from registry.models import ENTRIES, Dated, Entry, Observation, Placed, Region, Row, Site
from registry.models.edtf_dates import parse
from registry.search import HALF_SPACE, WORD, fold

# Changes to these fields of a published record change what others are found by.
LENT = (
    "title",
    "other_names",
    "translations",
    "state",
    "parent",
    "precision",
    "longitude",
    "latitude",
    "region",
    "regions",
)

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

_AT_ONCE = 500

Held = Mapping[str, Any]


def columns(entries: list[Entry], held: Mapping[str, Held]) -> dict[str, dict[str, Any]]:
    """By code, the derived columns of records of one noun; what they point to counts only while it is published.

    `held` has by code the relations of each, as a snapshot has them. The number of questions to the database does not
    grow with the records.
    """
    model = type(entries[0])
    near = [_near(model, entry, held[entry.pk]) for entry in entries]
    lent = {
        path: _published(kind, {code for codes in near for code in codes[path]})
        for path, kind in _paths_here(model)
        if kind is not Region
    }
    further = {path: _places_of(lent[path.partition("__")[0]], path) for path in _paths_further(model)}
    regions = _regions(entries, near, further)
    found = {}
    for entry, codes in zip(entries, near, strict=True):
        related = {
            path: [known[code] for code in codes[path] if code in known and known[code].is_public]
            for path, known in ((path, lent.get(path, regions)) for path, _kind in _paths_here(model))
        }
        places = [entry] if model is Region else _places(model, related, further, regions)
        found[entry.pk] = _columns(entry, related, places)
    return found


def _columns(entry: Entry, related: dict[str, list[Entry]], places: list[Region]) -> dict[str, Any]:
    around = {place.pk: place for own in places for place in own.public_ancestors()}
    words = [entry.code, entry.summary, *_other_names(entry)]
    words += [*_translated(entry, "title"), *_translated(entry, "summary")]
    for name in _OWN_WORDS:
        value = getattr(entry, name, "")
        words.extend(value if isinstance(value, list) else [value])
    for other in [*chain(*related.values()), *(place for place in places if place is not entry), *around.values()]:
        words.extend([other.title, *_other_names(other), *_translated(other, "title")])
    # Where Persian joins two words by half a space, people type a whole one or none.
    words += [text.replace(HALF_SPACE, " ") for text in (entry.title, *words) if HALF_SPACE in text]
    found = {
        "title_folded": fold(entry.title)[:300],
        "search_text": " ".join(WORD.findall(fold(" ".join(words)))),
    }
    if isinstance(entry, Dated):
        found["dates_earliest"], found["dates_latest"] = parse(entry.dates) if entry.dates else (None, None)
    if isinstance(entry, Placed):
        found["places"] = sorted({place.pk for place in places} | set(around))
        found["on_map"] = _is_drawn(entry, related, places)
    return found


def dependents(entries: list[Entry]) -> Iterator[list[Entry]]:
    """The records that are found by the names or the place of these of one noun; some at a time, each of one noun."""
    kind = type(entries[0])
    codes = Region.objects.within(entries) if kind is Region else [entry.pk for entry in entries]
    for model in ENTRIES:
        for path, related_model in _paths(model):
            if related_model is kind:
                pointing = model.objects.filter(**{f"{path}__in": codes}).order_by("pk").values_list("pk", flat=True)
                found = list(pointing.distinct())
                for start in range(0, len(found), _AT_ONCE):
                    some = model.objects.filter(pk__in=found[start : start + _AT_ONCE]).order_by("pk")
                    # Locked before they are read: somebody else's newer words must not be overwritten with older ones.
                    yield list(some.select_for_update(of=("self",), no_key=True))


def _is_drawn(entry: Entry, related: dict[str, list[Entry]], places: list[Region]) -> bool:
    """Whether a point may be drawn for the record; what was observed on no known day is never drawn."""
    drawn = any(place.is_drawn for place in places)
    if isinstance(entry, Observation):
        return bool(entry.dates) and (drawn or any(site.is_drawn for site in related["site"]))
    return drawn or (isinstance(entry, Site) and entry.is_drawn)


def _other_names(entry: Entry) -> list[str]:
    return [row["name"] for row in entry.other_names]


def _translated(entry: Entry, name: str) -> list[str]:
    return [texts[name] for _language, texts in sorted(entry.translations.items()) if name in texts]


@cache
def _paths(model: type[Entry]) -> tuple[tuple[str, type[Entry]], ...]:
    """Lookups from a noun to the records it is found by; sources do not lend their names by being cited."""
    return *_paths_here(model), *((path, Region) for path in _paths_further(model))


@cache
def _paths_here(model: type[Entry]) -> tuple[tuple[str, type[Entry]], ...]:
    """Those to records that the record itself or one of its rows names."""
    paths = [(field.name, field.related_model) for field in model.entry_relations()]
    for name, child in zip(model.children, model.children_models(), strict=True):
        if issubclass(child, Row):
            paths += [(f"{name}__{field.name}", field.related_model) for field in child.entry_relations()]
    return tuple(paths)


@cache
def _paths_further(model: type[Entry]) -> tuple[str, ...]:
    """Those to the places of another record that it belongs to."""
    return tuple(path for path in getattr(model, "place_paths", ()) if "__" in path)


def _near(model: type[Entry], entry: Entry, held: Held) -> dict[str, list[str]]:
    """By path, the codes of the records that the record or one of its rows points to, in their order."""
    found = {}
    for path, _kind in _paths_here(model):
        name, _sign, of_the_row = path.partition("__")
        if of_the_row:
            codes = {row[of_the_row] for row in held[name]}
        elif (field := model._meta.get_field(name)).many_to_many:
            codes = held[name]
        else:
            codes = {getattr(entry, field.attname)}
        found[path] = sorted(code for code in codes if code)
    return found


def _published(model: type[Entry], codes: Collection[str]) -> dict[str, Entry]:
    return {other.pk: other for other in model.objects.public().filter(pk__in=codes)} if codes else {}


def _places_of(owners: dict[str, Entry], path: str) -> dict[str, list[str]]:
    """By code of the published record that others belong to, the codes of its places."""
    found: dict[str, list[str]] = {}
    name = path.partition("__")[2]
    for model in {type(owner) for owner in owners.values()}:
        for code, place in model.objects.filter(pk__in=owners).order_by(name).values_list("pk", name):
            found.setdefault(code, []).append(place)
    return found


def _regions(
    entries: list[Entry], near: list[dict[str, list[str]]], further: dict[str, dict[str, list[str]]]
) -> dict[str, Region]:
    """All the places that the records may be in and all around these, each knowing the place around it."""
    model = type(entries[0])
    waiting = {code for path, kind in _paths_here(model) if kind is Region for codes in near for code in codes[path]}
    waiting |= {place for places in further.values() for codes in places.values() for place in codes if place}
    known: dict[str, Region] = {}
    while waiting:
        found = Region.objects.defer("search", "search_text", "summary").filter(pk__in=waiting)
        known |= {place.pk: place for place in found}
        waiting = {place.parent_id for place in known.values() if place.parent_id} - set(known)
    for place in [*known.values(), *(entry for entry in entries if isinstance(entry, Region))]:
        if place.parent_id:
            place.parent = known[place.parent_id]
    return known


def _places(
    model: type[Entry],
    related: dict[str, list[Entry]],
    further: dict[str, dict[str, list[str]]],
    regions: dict[str, Region],
) -> list[Region]:
    """The published regions it is in, its own and those of the published record it belongs to."""
    found: dict[str, Region] = {}
    for path in getattr(model, "place_paths", ()):
        places = related.get(path)
        if places is None:
            owners = related[path.partition("__")[0]]
            codes = [code for owner in owners for code in further[path].get(owner.pk, []) if code]
            places = [regions[code] for code in codes if regions[code].is_public]
        found |= {place.pk: place for place in places}
    return list(found.values())
