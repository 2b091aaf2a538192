"""The form of an entry: it carries the version the editor started from and the reason for the change."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from .naming import label


def version_from(text: str | None) -> int | None:
    """The version a hidden field carries; None for anything that is not a plain positive number."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class VersionField(forms.CharField):
    """The version the editor started from; carrying another one is no edit."""

    widget = forms.HiddenInput

    def clean(self, value: str | None) -> int | None:
        """The version, or None: the ledger refuses a change without one."""
        return version_from(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class VersionedForm(forms.ModelForm):
    """Shows again what was typed when the ledger refused it, with the reasons."""

    version = VersionField(required=False)
    # Set on the class that is made for one request, when the ledger has refused what it carries.
    refusals: dict[str, Exception] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        super().clean()
        refusal = self.refusals.get("" if self.instance._state.adding else self.instance.pk)
        if isinstance(refusal, ValidationError):
            self._explain(refusal)
        elif refusal:
            self.add_error(None, str(refusal))
        return self.cleaned_data

    def _explain(self, error: ValidationError) -> None:
        by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for name, errors in by_field.items():
            if name in self.fields:
                self.add_error(name, errors)
            elif name == NON_FIELD_ERRORS:
                self.add_error(None, errors)
            else:
                messages = "; ".join(ValidationError(errors).messages)
                self.add_error(None, f"{label(type(self.instance), name)}: {messages}")


class EntryForm(VersionedForm):
    """The whole record."""

    reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("For the history that everybody can read, such as “The source was corrected”."),
    )
