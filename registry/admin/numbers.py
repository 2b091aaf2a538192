"""Numbers as an editor means them: plain digits, nothing that only a programming language reads as one."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?", re.ASCII)


class _Plain:
    """Refuses underscores, other scripts' digits and exponents before the field reads them."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip() and not _PLAIN.fullmatch(value.strip()):
            raise ValidationError(_("Write the number in plain digits, such as 1250 or 41.2."), code="plain_digits")
        return super().to_python(value)


class PlainDecimalField(_Plain, forms.DecimalField):
    """A decimal number in plain digits."""


class PlainIntegerField(_Plain, forms.IntegerField):
    """A whole number in plain digits."""
