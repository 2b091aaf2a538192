"""Bodies of requests, read strictly: JSON in UTF-8 of at most 1 MB and 32 levels, no name twice, nothing invisible."""

import json
import re
from collections import Counter
from itertools import accumulate
from typing import Any, NoReturn

from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

LARGEST = 1_000_000  # bytes
DEEPEST = 32
LONGEST_NUMBER = 40  # characters
_SHOWN = 40
_STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKETS = re.compile(rb"[^\[\]{}]+")
_STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NEITHER = re.compile("[\x00\ud800-\udfff]")


class TooLarge(APIException):
    """More than anybody needs to say at once."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE


class StrictJson(BaseParser):
    """An object; what else it might be read as is refused rather than guessed."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> dict[str, Any]:
        """The members of the object."""
        raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise TooLarge(_("A body has at most %(most)d bytes.") % {"most": LARGEST})
        if deepest(raw) > DEEPEST:
            raise ParseError(_("The JSON is nested deeper than %(most)d levels.") % {"most": DEEPEST})
        try:
            read = json.loads(
                raw.decode("utf-8"),
                object_pairs_hook=_members,
                parse_constant=_no_constant,
                parse_int=_whole,
                parse_float=_number,
            )
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            raise ParseError(_("The body is not JSON in UTF-8.")) from error
        if not isinstance(read, dict):
            raise ParseError(_("The body has to be a JSON object."))
        _refuse_what_is_no_text(read)
        return read


def deepest(raw: bytes) -> int:
    """How many objects and lists stand inside each other, before anything is built of them."""
    brackets = _NO_BRACKETS.sub(b"", _STRINGS.sub(b"", raw))
    return max(accumulate(map(_STEP.__getitem__, brackets)), default=0)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        twice, _times = Counter(name for name, _value in pairs).most_common(1)[0]
        raise ParseError(_("“%(name)s” is given twice.") % {"name": _shown(twice)})
    return members


def _no_constant(name: str) -> NoReturn:
    raise ParseError(_("%(name)s is no number.") % {"name": name})


def _whole(text: str) -> int:
    return int(_of_a_length(text))


def _number(text: str) -> float:
    number = float(_of_a_length(text))
    if number in (float("inf"), float("-inf")):
        raise ParseError(_("A number is too large."))
    return number


def _of_a_length(text: str) -> str:
    if len(text) > LONGEST_NUMBER:
        raise ParseError(_("A number has at most %(most)d digits.") % {"most": LONGEST_NUMBER})
    return text


def _refuse_what_is_no_text(value: Any) -> None:
    """NUL bytes and halves of characters cannot be stored; JSON can spell both."""
    if isinstance(value, str):
        if _NEITHER.search(value):
            raise ParseError(_("A text holds a NUL byte or half a character."))
    elif isinstance(value, dict):
        for name, inner in value.items():
            _refuse_what_is_no_text(name)
            _refuse_what_is_no_text(inner)
    elif isinstance(value, list):
        for inner in value:
            _refuse_what_is_no_text(inner)


def _shown(name: str) -> str:
    return name[:_SHOWN].encode("utf-8", "replace").decode()
