"""A row of a sheet as it was read, before anybody knows what its columns mean."""

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a workbook says of a cell that is not text; in a CSV file every cell is text."""

    NUMBER = auto()
    DATE = auto()
    TIME = auto()
    FORMULA = auto()
    ERROR = auto()


@dataclass(frozen=True, slots=True)
class Typed:
    """A cell of a workbook that is a number, a date, a time, a formula or an error; `text` is what it shows."""

    kind: Kind
    text: str


Cell = str | Typed


@dataclass(slots=True)
class Row:
    """A row with its number in the sheet and its cells; a row that cannot be read says why."""

    number: int
    cells: list[Cell]
    problem: str = ""


def text_of(cell: Cell) -> str:
    """What the cell shows."""
    return cell if isinstance(cell, str) else cell.text
