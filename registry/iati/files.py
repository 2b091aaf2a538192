"""What is sent: activities as XML, and what is left out as JSON and CSV; each piece as soon as it is made."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element, indent, tostring

from registry.documents import compact
from registry.sheets import writing

from .reasons import Reason
from .reporter import Reporter
from .telling import Told

VERSION = "2.03"
_COLUMNS = ["code", "title", "exported", "part", "field", "reason"]


def opening(as_of: datetime | None) -> bytes:
    """The head of the file; it says the moment of the register's newest public change, and not of the request."""
    generated = f' generated-datetime="{_moment(as_of)}"' if as_of else ""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="{VERSION}"{generated}>\n'.encode()


def one(activity: Element) -> bytes:
    """An activity."""
    indent(activity, level=1)
    return b"  " + tostring(activity, encoding="utf-8").strip() + b"\n"


def closing() -> bytes:
    """The foot of the file."""
    return b"</iati-activities>\n"


def left_out_json(found: Iterable[Told], reporter: Reporter | None, as_of: datetime | None) -> Iterator[bytes]:
    """Each project with something left out, then how many projects there are, and how many of them are exported."""
    head: dict[str, Any] = {"standard": f"IATI {VERSION}", "as_of": _moment(as_of) if as_of else None}
    head["reporting_organisation"] = reporter and asdict(reporter)
    yield f'{compact(head)[:-1]},"results":['.encode()
    projects = exported = 0
    comma = ""
    for one_told in found:
        projects, exported = projects + 1, exported + (one_told.activity is not None)
        if one_told.missing or one_told.parts:
            yield f"{comma}\n{compact(_document(one_told))}".encode()
            comma = ","
    yield f'\n],"projects":{projects},"exported":{exported}}}\n'.encode()


def left_out_csv(found: Iterable[Told]) -> Iterator[bytes]:
    """A row for each reason; `part` is the line of funding that is left out of an activity."""
    return writing.as_csv(_rows(found))


def _rows(found: Iterable[Told]) -> Iterator[list[str]]:
    yield _COLUMNS
    for one_told in found:
        exported = "no" if one_told.missing else "yes"
        for reason in (*one_told.missing, *one_told.parts):
            named = [one_told.project["code"], one_told.project["title"], exported]
            yield [*named, reason.part or "", reason.field or "", reason.text]


def _document(one_told: Told) -> dict[str, Any]:
    project = {name: one_told.project[name] for name in ("code", "title", "url", "html_url")}
    reasons = [_reason(reason) for reason in one_told.missing]
    parts = [{"part": reason.part} | _reason(reason) for reason in one_told.parts]
    return project | {"exported": not reasons, "reasons": reasons, "parts_left_out": parts}


def _reason(reason: Reason) -> dict[str, str | None]:
    return {"field": reason.field, "reason": reason.text}


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
