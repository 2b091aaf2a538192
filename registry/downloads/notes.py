"""What is said beside a table: where it comes from, how to read it, and what each column holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from registry.documents import Field, Sort
from registry.vocabularies import said_of

from .listing import Listing
from .tables import Column


@dataclass(frozen=True)
class Line:
    """One line of the notes."""

    cells: list[str]
    is_heading: bool = False


def licence() -> str:
    """Under what terms the records may be used, as LICENSE and README say."""
    return _("The records are under the BSD 3-Clause licence, as the code of the register is.")


def lines(listing: Listing, wanted: list[Column]) -> Iterator[Line]:
    """From the top of the sheet."""
    yield Line([_("Caspian Heritage Register"), str(listing.model._meta.verbose_name_plural)], is_heading=True)
    yield Line([_("List"), listing.address or listing.host])
    if listing.as_of:
        yield Line([_("Last public change of the register"), f"{listing.as_of:%Y-%m-%d %H:%M} UTC"])
    yield Line([_("Licence"), licence()])
    yield Line([])
    yield from (Line([text]) for text in how_to_read())
    yield Line([])
    heads = (_("Column"), _("Name"), _("What it holds"), _("Code"), _("Label"), _("Wider class or IATI code"))
    yield Line(list(heads), is_heading=True)
    for column in wanted:
        said = [column.name, column.label, _meaning(column)]
        codes = list(said_of(column.field.choices)) if column.field.choices else []
        first, *more = [[code.code, code.label, code.beside] for code in codes] or [[]]
        yield Line([*said, *first])
        yield from (Line(["", "", "", *cells]) for cells in more)


def how_to_read() -> list[str]:
    """What holds for every table."""
    return [
        _("An empty cell says that no source of the record states it. It never means zero."),
        _("Related records stand by their codes, with “; ” between them; the next column has their titles."),
        _("A cell with rows of its own, such as who takes part, has one on each line, and names its parts."),
        _("A date column says what the source says; beside it stand the first and the last day that it can mean."),
        _("Amounts are in the currency of the column beside them. Do not add up what is defined differently."),
        _("A cell that would begin like a formula begins with an apostrophe instead."),
        _("The API, and its lines of JSON, have every row and every citation as data of its own."),
    ]


def _meaning(column: Column) -> str:
    said = str(column.field.meaning)
    if column.name.endswith(("_title", "_titles")) and column.field.sort in {Sort.LINK, Sort.LINKS}:
        return _("The titles of these records.")
    return _parts(column.field, said) if column.field.sort is Sort.ROWS else said


def _parts(field: Field, said: str) -> str:
    named = ", ".join(f"{part.name} ({part.label})" for part in field.parts)
    told = _("Parts of a row: %(parts)s.") % {"parts": named}
    return f"{said} {told}".strip()
