"""Cursors: where a page of a list starts, signed and bound to the address, the questions and the order of the list."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from registry.models import Entry
from registry.ordering import Ordering

from .questions import PRESENTATION, fingerprint


@dataclass(frozen=True)
class Cursor:
    """After or before which record a page stands; without one, at the very end of the list."""

    backwards: bool
    value: Any = None
    code: str | None = None


class Cursors:
    """Reads and writes the cursors of one list; they fit no other."""

    def __init__(self, request: Request, order: Ordering, model: type[Entry]) -> None:
        self.text = request.query_params.get("cursor")
        self.order, self.model = order, model
        bound = fingerprint(request.query_params, request.path, ignoring=PRESENTATION)
        self.signer = Signer(salt=f"registry.api.cursors:{bound}")

    def asked(self) -> Cursor | None:
        """The one that the request gives. Raises ValidationError for one of another list."""
        if self.text is None:
            return None
        try:
            backwards, *anchor = self.signer.unsign_object(self.text)
        except (BadSignature, ValueError) as error:
            raise ValidationError(
                {"cursor": [_("This cursor does not belong to this list. Follow the links of its pages.")]}
            ) from error
        if not anchor:
            return Cursor(backwards)
        return Cursor(backwards, self.model._meta.get_field(self.order.column).to_python(anchor[0]), anchor[1])

    def beside(self, entry: Entry, *, backwards: bool) -> str:
        """For the page after a record, or before it."""
        value = getattr(entry, self.order.column)
        if isinstance(value, date):  # and datetime, to the microsecond
            value = value.isoformat()
        elif isinstance(value, Decimal):
            value = str(value)
        return self.signer.sign_object([backwards, value, entry.pk])

    def end(self) -> str:
        """For the last page."""
        return self.signer.sign_object([True])
