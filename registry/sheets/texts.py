"""From plain values to the text of a cell: what is written here is read back as the same value."""

import re
from typing import Any

from . import lists
from .columns import Column, Sort

_LISTS = {Sort.CHOICES, Sort.WORDS, Sort.RECORDS, Sort.CODES}
# What a spreadsheet program would take for a formula, or for the mark that keeps it from doing so.
# In East Asian settings the full-width signs are the same to it.
_DANGEROUS = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def text(column: Column, plain: Any) -> str:
    """The cell of the value; "" where nothing is stated."""
    if plain is None:
        return ""
    if column.sort in _LISTS:
        return lists.join_members([str(member) for member in plain])
    if column.sort is Sort.NAMES:
        return lists.join_rows([[row["name"], row["language"], row["note"]] for row in plain])
    if column.sort is Sort.TRANSLATIONS:
        said = sorted(plain.items())
        return lists.join_rows([[code, texts.get("title", ""), texts.get("summary", "")] for code, texts in said])
    if column.sort is Sort.ROWS:
        return lists.join_rows([[text(part, row[part.name]) for part in column.parts] for row in plain])
    return str(plain)


def safe(written: str) -> str:
    """The text as no spreadsheet program takes it for a formula; `values.shown` takes the mark off again."""
    if _DANGEROUS.match(written) and not _NUMBER.fullmatch(written):
        return f"'{written}"
    return written


def same(shown: str, written: str) -> bool:
    """Whether a cell still holds what was written, however its lines end."""
    return _plain_lines(shown) == _plain_lines(written)


def _plain_lines(found: str) -> str:
    return found.replace("\r\n", "\n").replace("\r", "\n").strip()
