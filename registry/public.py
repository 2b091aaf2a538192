"""What may be public, said once: every page, format, feed and search starts from these records and these fields."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from django.db.models import QuerySet
from django.utils.functional import Promise

from registry.models import Change, Entry, State, Statement
from registry.models.translations import capitalised
from registry.public_fields import FIELDS, NOT_STATED, OPTIONAL, ROW_FIELDS

__all__ = [
    "FIELDS",
    "ROW_FIELDS",
    "Completeness",
    "Gone",
    "by_code",
    "changes",
    "completeness",
    "fields",
    "gone",
    "is_optional",
    "is_stated",
    "label",
    "records",
    "subjects",
]


@dataclass(frozen=True)
class Completeness:
    """How many of the fields a reader expects are filled, and which are not."""

    filled: int
    of: int
    missing: tuple[str, ...]


def records(model: type[Entry]) -> QuerySet:
    """The published records of a noun, with everything their public fields need."""
    return model.objects.public().for_list()


@dataclass(frozen=True)
class Gone:
    """What became of a record that people may have read: why it was withdrawn, and of which one it is now part."""

    reason: str
    now: Entry | None = None


def gone(model: type[Entry], code: str) -> Gone | None:
    """What became of a record that was public once; None for what never was, as for what is not there at all."""
    entry = model.objects.filter(pk=code, state=State.WITHDRAWN).first()
    if entry is None:
        return None
    kept = model.objects.filter(pk=entry.merged_into).first() if entry.merged_into else None
    if kept and kept.is_public:
        return Gone(entry.withdrawn_reason, kept)
    return Gone(kept.withdrawn_reason if kept and kept.withdrawn_reason else entry.withdrawn_reason)


def fields(model: type[Entry]) -> tuple[str, ...]:
    """The public fields that are the noun's own, in the order of its page."""
    return FIELDS[model]


def label(model: type[Entry], name: str) -> str:
    """What a field is called, for people, in the language of the page."""
    return str(lazy_label(model, name))


@cache
def lazy_label(model: type[Entry], name: str) -> str | Promise:
    """What a field is called, in the language of whichever page shows it."""
    field = model._meta.get_field(name)
    if hasattr(field, "verbose_name") and not field.one_to_many:
        return capitalised(field.verbose_name)
    return capitalised(field.related_model._meta.verbose_name_plural)


def is_optional(model: type[Entry], name: str) -> bool:
    """Whether a complete record of the noun may well leave the field empty."""
    return name in OPTIONAL or (model, name) in OPTIONAL


def is_stated(entry: Entry, name: str) -> bool:
    """Whether the record says anything in this field: blank and "not stated" do not, zero does."""
    field = entry._meta.get_field(name)
    value = getattr(entry, name)
    if field.many_to_many or field.one_to_many:
        return bool(value.all())
    if isinstance(value, list):
        return bool(value)
    return value is not None and value not in NOT_STATED


def completeness(entry: Entry) -> Completeness:
    """Measured over the public fields that are not optional, and the summary."""
    model = type(entry)
    expected = ["summary", *(name for name in FIELDS[model] if not is_optional(model, name))]
    missing = tuple(name for name in expected if not is_stated(entry, name))
    return Completeness(len(expected) - len(missing), len(expected), missing)


def changes() -> QuerySet[Change]:
    """The history that the public may read, newest first; who is told by role, never by name."""
    return Change.objects.public().defer("by").order_by("-number")


def subjects(statements: list[Statement]) -> dict[str, list[Entry]]:
    """By the code of each statement, the published records it is about; a fixed number of queries for any list."""
    found = by_code({code for statement in statements for code in statement.about})
    return {s.pk: [found[code] for code in s.about if code in found] for s in statements}


def by_code(codes: Collection[str]) -> dict[str, Entry]:
    """The published records of these codes, with what their names need; a query or two for each noun among them."""
    found: dict[str, Entry] = {}
    for model in FIELDS:
        wanted = [code for code in codes if code.startswith(f"{model.prefix}-")]
        if wanted:
            found |= model.objects.public().with_public_names().in_bulk(wanted)
    return found
