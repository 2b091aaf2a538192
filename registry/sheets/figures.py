"""Numbers as people type them: 20,854.00 and 20 854,00 are plain, 1.234 is not until somebody says which it is."""

import re
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .problems import Wrong

_SPACES = re.compile(r"[\s'’]")
_DIGITS = re.compile(r"[+-]?\d+", re.ASCII)
_POINT = re.compile(r"[+-]?([1-9]\d{0,2}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_COMMA = re.compile(r"[+-]?([1-9]\d{0,2}(\.\d{3})+|\d+)(,\d+)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}([\s'’]\d{3})+([.,]\d+)?|[+-]?\d+([.,]\d+)?", re.ASCII)


class Numbers(TextChoices):
    """How the numbers of a column are written, as an editor has said."""

    CLEAR = "", gettext_lazy("As each says clearly; refuse the others")
    POINT = "point", gettext_lazy("1,234.56: the point before the fraction")
    COMMA = "comma", gettext_lazy("1.234,56: the comma before the fraction")


def number(text: str, written: str, most: Decimal | None = None) -> Decimal:
    """The number that the text means; raises Wrong when it may mean two or none.

    A reading above `most`, the largest number that the field can hold, is none.
    """
    text = " ".join(text.split()).replace("−", "-")
    if _SPACES.search(text) and _GROUPED.fullmatch(text):
        text = _SPACES.sub("", text)
        if not written and "," in text:
            return Decimal(text.replace(",", "."))  # thousands stand apart by spaces: the comma is no thousand
        if not written:
            return Decimal(text)
    if _DIGITS.fullmatch(text):
        return Decimal(text)
    point, comma = _POINT.fullmatch(text), _COMMA.fullmatch(text)
    if written == Numbers.POINT:
        comma = None
    elif written == Numbers.COMMA:
        point = None
    as_point = Decimal(text.replace(",", "")) if point else None
    as_comma = Decimal(text.replace(".", "").replace(",", ".")) if comma else None
    if as_point is not None and as_comma is not None and most is not None and as_comma > most >= as_point:
        as_comma = None
    if as_point is not None and as_comma is not None and as_point != as_comma:
        raise Wrong(
            _("“%(text)s” may be %(one)s or %(other)s. Say beside the column how its numbers are written.")
            % {"text": text[:40], "one": as_point, "other": as_comma},
            "number",
        )
    found = as_point if as_point is not None else as_comma
    if found is None:
        raise Wrong(
            _("“%(text)s” is not a number. Write digits alone, such as 20854.00; a currency has its own column.")
            % {"text": text[:40]}
        )
    return found
