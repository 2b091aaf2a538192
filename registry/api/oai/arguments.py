"""The arguments of a request, read as strictly as the protocol asks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from registry.documents import fits_xml

from .refusals import Refused, bad_argument

FORMAT = "oai_dc"
_DAY, _SECOND = "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"
_SHAPES = {
    _DAY: re.compile(r"\d{4}(-\d\d){2}", re.ASCII),
    _SECOND: re.compile(r"\d{4}(-\d\d){2}T(\d\d:){2}\d\dZ", re.ASCII),
}
_PREFIX = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")
_SET = re.compile(rf"{_PREFIX.pattern}(:{_PREFIX.pattern})*")
_URI = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")  # RFC 3986, section 2
_MALFORMED = {"metadataPrefix": _PREFIX, "set": _SET, "identifier": _URI}
# By verb: the arguments that it needs, and those that it takes.
VERBS: dict[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set", "resumptionToken"}),
}


@dataclass(frozen=True)
class Selection:
    """Which records a list is of: of one collection or of all, told from `since` on and before `before`."""

    set: str
    since: datetime | None
    before: datetime | None


def read(given: Iterable[tuple[str, list[str]]]) -> tuple[str, dict[str, str]]:
    """The verb and its arguments. Raises Refused, with badVerb or badArgument."""
    values = dict(given)
    verb, *more = values.pop("verb", [""])
    if more or verb not in VERBS:
        raise Refused("badVerb", f"Give one verb, of: {', '.join(VERBS)}.")
    needed, taken = VERBS[verb]
    if unknown := values.keys() - needed - taken:
        allowed = ", ".join(sorted(needed | taken)) or "no arguments"
        raise bad_argument(f"{verb} takes {allowed}; not: {', '.join(sorted(map(repr, unknown)))}.")
    if twice := sorted(name for name, found in values.items() if len(found) > 1):
        raise bad_argument(f"Give only once: {', '.join(twice)}.")
    arguments = {name: found[0] for name, found in values.items()}
    if "resumptionToken" in arguments:
        if len(arguments) > 1:
            raise bad_argument("A resumptionToken is given with the verb alone.")
    elif missing := sorted(needed - arguments.keys()):
        raise bad_argument(f"{verb} needs: {', '.join(missing)}.")
    for name, value in arguments.items():
        if not fits_xml(value) or (name in _MALFORMED and not _MALFORMED[name].fullmatch(value)):
            raise bad_argument(f"“{name}” holds what cannot stand in it.")
    selection(arguments)
    return verb, arguments


def selection(arguments: dict[str, str]) -> Selection:
    """What from, until and set choose; `until` counts to its very end. Raises Refused for wrong dates."""
    since, shape = _moment(arguments, "from")
    last, shape_of_last = _moment(arguments, "until")
    if shape and shape_of_last and shape != shape_of_last:
        raise bad_argument("“from” and “until” are both days or both seconds.")
    if since and last and since > last:
        raise bad_argument("“from” is later than “until”.")
    step = timedelta(days=1) if shape_of_last == _DAY else timedelta(seconds=1)
    before = last + step if last and last <= datetime.max.replace(tzinfo=UTC) - step else None
    return Selection(arguments.get("set", ""), since, before)


def _moment(arguments: dict[str, str], name: str) -> tuple[datetime | None, str]:
    if name not in arguments:
        return None, ""
    for shape, pattern in _SHAPES.items():
        if pattern.fullmatch(arguments[name]):
            try:
                return datetime.strptime(arguments[name], shape).replace(tzinfo=UTC), shape
            except ValueError:
                break
    raise bad_argument(f"“{name}” is a day such as 2026-01-31, or a second in UTC such as 2026-01-31T23:59:59Z.")


def stamp(moment: datetime) -> str:
    """A moment as the protocol writes it: whole seconds, UTC."""
    return moment.astimezone(UTC).strftime(_SECOND)
