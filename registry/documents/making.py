"""Documents of records: of those at hand, of one list after another, some hundred at a time."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from registry import public
from registry.models import ENTRIES, Entry, Protocol, Statement

from .fields import wanted
from .given import Given, sites_of, subjects_of

Document = dict[str, Any]

AT_ONCE = 300


def documents(
    model: type[Entry], entries: Iterable[Entry], *, host: str, chosen: Collection[str] = ()
) -> list[Document]:
    """What the public may know of each record, as JSON has it; `chosen` names the fields, or none for all.

    `host` is what addresses begin with, such as https://register.example.
    """
    entries, read = list(entries), wanted(model, chosen)
    names = {field.name for field in read}
    given = Given(
        host,
        {other: host + reverse(f"api:{other.slug}-list") for other in ENTRIES},
        subjects_of(entries) if model is Statement and "about" in names else {},
        sites_of(entries) if model is Protocol and "activations" in names else {},
    )
    return [{field.name: field.read(entry, given) for field in read} for entry in entries]


def chunks(
    model: type[Entry], codes: Iterable[str], *, host: str, chosen: Collection[str] = ()
) -> Iterator[list[Document]]:
    """Documents in the order of the codes, AT_ONCE at a time; what is no longer public is left out.

    Memory and the number of queries for each chunk do not grow with the list.
    """
    codes, records = iter(codes), needed(public.records(model), chosen)
    while some := list(islice(codes, AT_ONCE)):
        found = records.in_bulk(some)
        yield documents(model, [found[code] for code in some if code in found], host=host, chosen=chosen)


def needed(records: QuerySet, chosen: Collection[str]) -> QuerySet:
    """The records without what the chosen fields do not show."""
    return records if not chosen or related(records.model) & set(chosen) else records.prefetch_related(None)


def related(model: type[Entry]) -> set[str]:
    """The fields of a document that are read from other tables."""
    return {"completeness", *model.children, *(field.name for field in model.entry_relations())}


def codes_of(records: QuerySet) -> Iterator[str]:
    """The codes of the records in their order, read from the database as they are needed."""
    return records.prefetch_related(None).values_list("pk", flat=True).iterator(chunk_size=2000)
