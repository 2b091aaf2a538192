"""The form that says how a file is read and what its columns mean."""

from dataclasses import asdict, dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from registry import sheets
from registry.models import Entry, Import
from registry.sheets.cells import text_of
from registry.sheets.csv_files import SEPARATORS
from registry.sheets.encodings import ENCODINGS, ODD
from registry.sheets.mapping import IGNORED, Days, Mapping, Meaning, Numbers, asks_dates, asks_numbers, can_clear
from registry.sheets.reading import Reading, first_rows

_EXAMPLES = 3


@dataclass(frozen=True)
class ColumnField:
    """One column of the sheet in the form: its header, what it may mean, and what else is asked of it."""

    place: int
    header: str
    examples: list[str]
    meaning: Meaning
    asks_numbers: bool
    asks_dates: bool
    can_clear: bool
    values: list[tuple[str, str]]


def fields(sheet: Import, model: type[Entry]) -> list[ColumnField]:
    """Every column in the order of the sheet."""
    reading, known = Reading(**sheet.reading), sheets.columns(model)
    below = [row for row in first_rows(bytes(sheet.content), reading) if row.number > reading.header_row]
    found = []
    for place, (header, meaning) in enumerate(zip(sheet.headers, Mapping.of(sheet).meanings, strict=True)):
        cells = [text_of(row.cells[place])[:60] for row in below if place < len(row.cells)]
        column = known.get(meaning.to)
        found.append(
            ColumnField(
                place,
                header or _("(no header)"),
                list(dict.fromkeys(cell for cell in cells if cell.strip()))[:_EXAMPLES],
                meaning,
                bool(column) and asks_numbers(column),
                bool(column) and asks_dates(column),
                bool(column) and can_clear(column),
                [(text, column.choices.get(code, code)) for text, code in meaning.values.items()] if column else [],
            )
        )
    return found


def choices(model: type[Entry]) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen in the form."""
    names = [(name, f"{sheets.column_label(model, name)} ({name})") for name in sheets.columns(model)]
    return {
        "to": [("", _("Choose …")), (IGNORED, _("Leave this column out")), *names],
        "numbers": list(Numbers.choices),
        "dates": list(Days.choices),
        "encodings": list(ENCODINGS.items()),
        "separators": list(SEPARATORS.items()),
        "odd": [("", _("Refuse them")), *((name, ENCODINGS[name]) for name in ODD)],
    }


def reading_from(sheet: Import, data: QueryDict) -> Reading:
    """How the editor says that the file is to be read."""
    now = Reading(**sheet.reading)
    row = data.get("header_row", "")
    given = {name: data[name] for name in ("encoding", "separator", "odd", "sheet") if name in data}
    number = int(row) if row.isascii() and row.isdigit() and len(row) < 7 else now.header_row
    return Reading(**asdict(now) | given | {"header_row": max(1, number)})


def mapping_from(sheet: Import, model: type[Entry], data: QueryDict) -> Mapping:
    """What the editor says of the columns; what was chosen for single values stays unless it is unticked."""
    now, known = Mapping.of(sheet), sheets.columns(model)
    meanings = []
    for place, meaning in enumerate(now.meanings):
        to = data.get(f"to-{place}", meaning.to)
        to = to if to in known or to == IGNORED else ""
        kept = set(data.getlist(f"value-{place}")) if to == meaning.to else set()
        said = {
            "numbers": _one_of(Numbers.values, data.get(f"numbers-{place}", meaning.numbers)),
            "dates": _one_of(Days.values, data.get(f"dates-{place}", meaning.dates)),
            "values": {text: code for text, code in meaning.values.items() if text in kept},
            "clear": f"clear-{place}" in data and to in known and can_clear(known[to]),
        }
        meanings.append(replace(meaning, to=to, remembered=meaning.remembered and to == meaning.to, **said))
    ticked = {"take_html_out": "take_html_out" in data, "new_anyway": "new_anyway" in data}
    return replace(now, meanings=meanings, **ticked)


def _one_of(allowed: list[str], given: str) -> str:
    return given if given in allowed else ""
