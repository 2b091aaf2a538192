"""The fields of a record as inputs of a public form: what they hold now, how they are shown, how they are read."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db.models import DateField, DecimalField, Field, IntegerField, JSONField, TextField
from django.http import QueryDict
from django.utils.translation import gettext as _

from registry import public, search, versions
from registry.models import Entry, Region
from registry.models.edtf_dates import EXAMPLES

from . import translation_inputs

SHOWN = 6
_CODE = re.compile(r"([A-Z]{3}-\d{4,12})\b")
# Fields that are asked together: one says nothing without the other.
TOGETHER = (("amount", "currency"), ("longitude", "latitude", "precision"))


@dataclass
class Input:
    """One input: its kind names a part of components/ask.html; `value` is what was typed, or what stands now."""

    name: str
    label: str
    kind: str
    value: Any = ""
    choices: list[tuple[str, str]] = field(default_factory=list)
    help: str = ""
    longest: int | None = None
    required: bool = False
    rows: int = 4
    errors: list[str] = field(default_factory=list)
    autocomplete: str = ""

    @property
    def described_by(self) -> str:
        """The ids of what explains it."""
        told = ([f"{self.name}-error"] if self.errors else []) + ([f"{self.name}-help"] if self.help else [])
        return " ".join(told)


def asked_with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The field and those that belong to it, in the order of the page."""
    group = next((group for group in TOGETHER if name in group), (name,))
    return tuple(other for other in names if other in group)


def input_of(model: type[Entry], name: str, entry: Entry | None = None, typed: QueryDict | None = None) -> Input:
    """The input for a field, with what was typed, else with what the record says now."""
    column = model._meta.get_field(name)
    kind = _kind(name, column)
    label = public.label(model, name)
    if kind == "translations":
        told = translation_inputs.read(typed) if typed is not None else entry.translations if entry else {}
        return Input(name, label, kind, translation_inputs.inputs(told), help=_help(name, column))
    made = Input(name, label, kind, choices=_choices(column, kind), help=_help(name, column), rows=_rows(name, kind))
    made.longest = None if kind in {"choice", "choices", "lines"} else getattr(column, "max_length", None)
    if typed is not None:
        made.value = typed.getlist(name) if kind == "choices" else _shown(typed.get(name, ""))
    elif entry is not None:
        made.value = _as_typed(column, kind, current(entry, name))
    elif kind == "choices":
        made.value = []
    return made


def read_input(model: type[Entry], name: str, typed: QueryDict) -> Any:
    """What was typed, as `review.read_values` takes it; ValidationError for a name of no record or of several."""
    column, text = model._meta.get_field(name), typed.get(name, "")
    kind = _kind(name, column)
    if kind == "choices":
        return typed.getlist(name)
    if kind == "translations":
        return translation_inputs.read(typed)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if isinstance(column, JSONField):
        return [_other_name(line) for line in lines]
    if column.many_to_many:
        return [named(column.related_model, line) for line in lines]
    if column.is_relation:
        return named(column.related_model, text.strip()) if text.strip() else None
    if name == "about":
        return [found[1] if (found := _CODE.match(line)) else line for line in lines]
    if isinstance(column, ArrayField):
        return [line.lstrip("#") if name == "hashtags" else line for line in lines]
    if isinstance(column, DecimalField | IntegerField):
        return text.replace("\u00a0", "").replace(" ", "")
    return text


def current(entry: Entry, name: str) -> Any:
    """What a record says in a field, as anybody can read it: `entry` comes from `public.records`."""
    column = entry._meta.get_field(name)
    if column.many_to_many:
        return sorted(other.pk for other in getattr(entry, name).all())
    if column.is_relation:
        other = getattr(entry, name)
        return other.pk if other else None
    if name == "about":
        return [subject.pk for subject in public.subjects([entry])[entry.pk]]
    return versions.plain(column, entry)


def named(model: type[Entry], text: str) -> str:
    """The code of the one published record that a code or a name means; raises ValidationError for none or several."""
    if code := _CODE.match(text.strip()):
        return code[1]
    wanted = search.fold(" ".join(text.split()))[:300]
    exact = list(model.objects.public().filter(title_folded=wanted).order_by("code")[: SHOWN + 1])
    if len(exact) == 1:
        return exact[0].pk
    several = exact or list(search.find(model.objects.public(), text[: search.MAX_QUERY])[: SHOWN + 1])
    if not several:
        raise ValidationError(
            _("Nothing in the register is called “%(name)s”. Leave it out, and say it in your own words below.")
            % {"name": text[:60]}
        )
    meant = "; ".join(f"{other.pk} {_name(other)}" for other in several[:SHOWN])
    raise ValidationError(
        _("“%(name)s” could be one of these. Write its code: %(codes)s.") % {"name": text[:60], "codes": meant}
    )


def _name(entry: Entry) -> str:
    return entry.full_name if isinstance(entry, Region) else entry.shown_title


def _kind(name: str, column: Field) -> str:
    if name == "translations":
        return name
    if column.many_to_many or isinstance(column, JSONField):
        return "lines"
    if isinstance(column, ArrayField):
        return "choices" if column.base_field.choices else "lines"
    if column.choices:
        return "choice"
    if isinstance(column, TextField):
        return "long"
    if isinstance(column, DecimalField | IntegerField):
        return "number"
    return {"url": "url", "website": "url"}.get(name, "text")


def _choices(column: Field, kind: str) -> list[tuple[str, str]]:
    if kind == "choices":
        return [(value, str(label)) for value, label in column.base_field.choices]
    if kind != "choice":
        return []
    own = [(value, str(label)) for value, label in column.choices if value not in public.NOT_STATED]
    default = column.get_default()
    empty = default if default in public.NOT_STATED else ""
    return [(empty, _("Not stated")), *own]


def _rows(name: str, kind: str) -> int:
    return 6 if name == "summary" else 4 if kind == "long" else 2


def _help(name: str, column: Field) -> str:
    if name == "other_names":
        return _("One in each line: the name, its language as an ISO code such as az, a note; with semicolons between.")
    if name == "translations":
        return _("In neutral words, as the English ones are. Leave empty what you do not translate.")
    if name == "about":
        return _("The codes of the records it is about, one in each line, such as REG-0002.")
    if column.is_relation:
        lines = _("One in each line: its name or its code in the register.") if column.many_to_many else ""
        return lines or _("Its name or its code in the register.")
    if isinstance(column, ArrayField) and not column.base_field.choices:
        return _("One in each line.") if name != "languages" else _("ISO codes such as az, one in each line.")
    if name == "dates":
        return _(
            "Year, year-month or year-month-day; with ? or ~ when uncertain, with / between two: %(examples)s."
        ) % {"examples": EXAMPLES}
    if isinstance(column, DateField):
        return _("Year-month-day, such as 2025-12-05.")
    if isinstance(column, DecimalField):
        return _("Digits, with a point before the decimals.")
    return _("ISO code of two letters, such as AZ.") if name == "country" else _told(name)


def _told(name: str) -> str:
    said = {
        "currency": _("ISO code of three letters, such as USD."),
        "language": _("ISO code such as en."),
        "summary": _("What it is, in neutral words of your own."),
        "region_as_reported": _("As your source writes it."),
        "dates_as_reported": _("As your source writes it."),
    }
    return said.get(name, "")


def _as_typed(column: Field, kind: str, value: Any) -> Any:
    """What the record says, as one would type it."""
    if kind == "choices":
        return value
    if isinstance(column, JSONField):
        return "\n".join("; ".join(filter(None, (row["name"], row["language"], row["note"]))) for row in value)
    if column.is_relation:
        codes = value if isinstance(value, list) else [value] if value else []
        others = column.related_model.objects.public().in_bulk(codes)
        return "\n".join(f"{code} {_name(others[code])}" for code in codes if code in others)
    if isinstance(value, list):
        return "\n".join(value)
    return "" if value is None else str(value)


def _other_name(line: str) -> dict[str, str]:
    """`name; language; note`; where the middle is no language it belongs to the note."""
    name, *more = [part.strip() for part in line.split(";")]
    language = more.pop(0) if more and re.fullmatch(r"[a-z]{2,3}", more[0]) else ""
    return {"name": name, "language": language, "note": "; ".join(more)}


def _shown(text: str) -> str:
    """What was typed, without the one character that no page can hold."""
    return text.replace("\x00", "")
