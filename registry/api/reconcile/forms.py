"""Forms as the protocol sends them, read strictly: UTF-8 of at most 1 MB."""

from typing import Any
from urllib.parse import parse_qsl

from django.http import QueryDict
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from registry.api.bodies import LARGEST, TooLarge

_MOST_FIELDS = 20


class Form(BaseParser):
    """What a form says, as Django has it."""

    media_type = "application/x-www-form-urlencoded"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> QueryDict:
        """Its fields. Raises 413 for more than anybody needs to ask at once."""
        raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise TooLarge(f"A body has at most {LARGEST} bytes. Send fewer queries at once.")
        try:
            fields = parse_qsl(raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
        except ValueError as error:
            raise ParseError(f"The body is not a form in UTF-8 of at most {_MOST_FIELDS} fields.") from error
        form = QueryDict(mutable=True)
        for name, value in fields:
            form.appendlist(name, value)
        return form
