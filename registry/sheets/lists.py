"""Several values in one cell: members divided by “; ”, rows by lines, and the parts of a row by “ | ”.

A backslash keeps the next character from dividing, so that whatever is written is read back the same.
"""

import re

_MEMBERS, _ROWS, _PARTS = (
    re.compile(r"\\.|[;\n]", re.DOTALL),
    re.compile(r"\\.|\n", re.DOTALL),
    re.compile(r"\\.|\|", re.DOTALL),
)
_KEPT = re.compile(r"\\(.)", re.DOTALL)
_IN_MEMBER, _IN_PART = re.compile(r"[\\;\n]"), re.compile(r"[\\|\n]")


def join_members(members: list[str]) -> str:
    """`az; ru`."""
    return "; ".join(_keep(member, _IN_MEMBER) for member in members)


def members(text: str) -> list[str]:
    """What `join_members` wrote, or somebody typed: divided by semicolons or lines; empty ones are dropped."""
    return [_plain(part) for part in _divide(text, _MEMBERS) if part.strip()]


def join_rows(rows: list[list[str]]) -> str:
    """A line for each row, empty parts at its end left out."""
    return "\n".join(_row(parts) for parts in rows)


def rows(text: str) -> list[list[str]]:
    """The parts of each line that holds any."""
    return [[_plain(part) for part in _divide(line, _PARTS)] for line in _divide(text, _ROWS) if line.strip()]


def _row(parts: list[str]) -> str:
    parts = list(parts)
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return " | ".join(_keep(part, _IN_PART) for part in parts)


def _keep(text: str, special: re.Pattern[str]) -> str:
    return special.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", text.replace("\r\n", "\n"))


def _plain(part: str) -> str:
    return _KEPT.sub(lambda found: "\n" if found[1] == "n" else found[1], part.strip())


def _divide(text: str, at: re.Pattern[str]) -> list[str]:
    found, start = [], 0
    for match in at.finditer(text):
        if len(match[0]) == 1:
            found.append(text[start : match.start()])
            start = match.end()
    return [*found, text[start:]]
