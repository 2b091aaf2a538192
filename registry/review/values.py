"""What may be proposed of a record, and how it is read: plain values, as the versions of a record hold them."""

import re
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db.models import CharField, DateField, DecimalField, Field, IntegerField, JSONField, Model
from django.utils.translation import gettext as _

from registry import public, versions
from registry.models import ENTRIES, Entry, Site, Source
from registry.models.wording import composed, validate_plain

MOST_ITEMS = 100
_TOLD_OF_ALL = ("title", "summary", "other_names", "translations")
# Worked out by the ledger, or a mark of a file that somebody holds.
_NOT_PROPOSED = {Site: {"longitude", "latitude", "precision"}, Source: {"archived_sha256"}}
_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)


def proposable(model: type[Entry]) -> tuple[str, ...]:
    """The fields that anybody may propose, in the order of the page; no rows of the record, no files."""
    own = (name for name in public.fields(model) if name not in _NOT_PROPOSED.get(model, ()))
    return (*_TOLD_OF_ALL, *(name for name in own if _is_simple(model._meta.get_field(name))))


def _is_simple(field: Field) -> bool:
    return not field.one_to_many and field.editable


def read_values(model: type[Entry], raw: dict[str, Any]) -> dict[str, Any]:
    """What somebody sent as plain values; what points to a record must point to one that the public can read.

    Raises ValidationError with the problems of each field.
    """
    allowed, read, problems = proposable(model), {}, {}
    for name, value in raw.items():
        try:
            if name not in allowed:
                raise ValidationError(
                    _("Nobody can propose this. What can be proposed: %(fields)s.") % {"fields": ", ".join(allowed)}
                )
            read[name] = read_value(model, name, composed(value))
        except ValidationError as problem:
            problems[str(name)[:40]] = problem.messages
    if problems:
        raise ValidationError(problems)
    return read


def read_value(model: type[Entry], name: str, value: Any) -> Any:
    """One of them."""
    field = model._meta.get_field(name)
    if field.many_to_many:
        return sorted(_public_codes(field.related_model, _texts(value)))
    if field.is_relation:
        return next(iter(_public_codes(field.related_model, [_text(value)])), None) if value else _nothing(field, value)
    if name == "about":
        return _subjects(_texts(value))
    if isinstance(field, ArrayField):
        value = list(dict.fromkeys(_texts(value)))
    elif isinstance(field, JSONField):
        return _translations(field, value) if name == "translations" else _other_names(field, value)
    else:
        value = _single(field, value)
    return _as_kept(model, field, value)


def _as_kept(model: type[Model], field: Field, value: Any) -> Any:
    empty = value in (None, "", [])
    if empty and not field.blank and not field.has_default():
        raise ValidationError(_("This cannot be left empty."))
    if empty and not isinstance(field, ArrayField):
        value = None if field.null else field.get_default() if field.choices and not field.blank else ""
    elif not empty:
        value = field.clean(value, None)
    _check_length(field, value)
    holder = model()
    setattr(holder, field.attname, value)
    return versions.plain(field, holder)


def _check_length(field: Field, value: Any) -> None:
    most = getattr(field, "max_length", None)
    if isinstance(value, str) and most and len(value) > most:
        raise ValidationError(_("This is longer than %(most)d characters.") % {"most": most})


def _single(field: Field, value: Any) -> Any:
    """A text, a number or a date, as its field wants it, from text as people write it."""
    if value is None or value == "":
        return None
    if isinstance(field, DecimalField):
        return _matching(_NUMBER, value, _("Give a number with a point, such as 1250.50."))
    if isinstance(field, IntegerField):
        return int(_matching(_WHOLE, value, _("Give a whole number.")))
    if isinstance(field, DateField):
        return _day(value)
    text = _text(value)
    return " ".join(text.split()) if isinstance(field, CharField) else text


def _matching(pattern: re.Pattern, value: Any, problem: str) -> str:
    written = str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    if len(written) > 60 or not pattern.fullmatch(written.strip()):
        raise ValidationError(problem)
    return written.strip()


def _day(value: Any) -> date:
    problem = ValidationError(_("Give a day as year-month-day, such as 2025-12-05."))
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip(), re.ASCII):
        raise problem
    try:
        return date.fromisoformat(value.strip())
    except ValueError as error:
        raise problem from error


def _text(value: Any) -> str:
    """A text without what cannot be seen; line ends as one character, nothing around it."""
    if not isinstance(value, str):
        raise ValidationError(_("Give a text."))
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    validate_plain(text)
    if "\ufffd" in text:
        raise ValidationError(_("A character of this could not be read. Type it again."))
    return text


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) > MOST_ITEMS:
        raise ValidationError(_("Give a list of at most %(most)d texts.") % {"most": MOST_ITEMS})
    return [text for text in (_text(item) for item in value) if text]


def _nothing(field: Field, value: Any) -> None:
    if value not in (None, "") or not field.null:
        raise ValidationError(_("Give the code of a record."))


def _public_codes(model: type[Entry], codes: list[str]) -> set[str]:
    found = set(model.objects.public().filter(pk__in=codes).values_list("pk", flat=True))
    if unknown := [code for code in codes if code not in found]:
        raise ValidationError(
            _("%(codes)s is not in the register as: %(noun)s.")
            % {"codes": ", ".join(code[:20] for code in unknown), "noun": model._meta.verbose_name}
        )
    return found


def _subjects(codes: list[str]) -> list[str]:
    """The codes of published records of any noun, each once, in the order given."""
    known = public_subjects(codes)
    if unknown := [code for code in codes if code not in known]:
        raise ValidationError(
            _("%(codes)s is not in the register.") % {"codes": ", ".join(code[:20] for code in unknown)}
        )
    return list(dict.fromkeys(codes))


def public_subjects(codes: list[str]) -> set[str]:
    """Those of the codes, of whatever noun, that the public can read."""
    found: set[str] = set()
    for model in ENTRIES:
        mine = [code for code in codes if code.startswith(f"{model.prefix}-")]
        found |= set(model.objects.public().filter(pk__in=mine).values_list("pk", flat=True)) if mine else set()
    return found


def hidden(model: type[Entry], name: str, value: Any) -> list[str]:
    """The codes in the value of a field whose records the public cannot read."""
    field = model._meta.get_field(name)
    if not value or field.one_to_many or not (field.is_relation or name == "about"):
        return []
    codes = set(value if isinstance(value, list) else [value])
    if name == "about":
        return sorted(codes - public_subjects(sorted(codes)))
    return sorted(codes - set(field.related_model.objects.public().filter(pk__in=codes).values_list("pk", flat=True)))


def visible(model: type[Entry], name: str, value: Any) -> Any:
    """The value of a field without what the public cannot read; the rows of a record are nothing to show here."""
    return None if model._meta.get_field(name).one_to_many else without(value, hidden(model, name, value))


def without(value: Any, codes: list[str]) -> Any:
    """The value of a relation without some of its codes."""
    if not codes:
        return value
    if isinstance(value, list):
        return [item for item in value if item not in codes]
    return None if value in codes else value


def _translations(field: Field, value: Any) -> dict[str, dict[str, str]]:
    """By language; a text that is empty is left out, as is a language that says nothing."""
    if not isinstance(value, dict) or not all(isinstance(texts, dict) for texts in value.values()):
        raise ValidationError(_("Translations are given by language."))
    found = {}
    for language, texts in value.items():
        read = {name: _text(text) if isinstance(text, str) else text for name, text in texts.items()}
        if said := {name: text for name, text in read.items() if text not in ("", None)}:
            found[language] = said
    return field.clean(found, None) if found else {}


def _other_names(field: Field, value: Any) -> list[dict[str, str]]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise ValidationError(_("Other names are a list."))
    rows = [{"name": "", "language": "", "note": ""} | row for row in value]
    rows = [{key: _text(text) if isinstance(text, str) else text for key, text in row.items()} for row in rows]
    return field.clean(rows, None) if rows else []
