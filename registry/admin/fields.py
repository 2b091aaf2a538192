"""Form fields that spare editors the storage format: rows of names, one entry a line, records by title."""

import re
from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.models import Entry
from registry.models.wording import validate_other_names

from .naming import with_code

_PARTS = ("name", "language", "note")


class OtherNamesWidget(forms.Widget):
    """A table of names with three spare rows; a script may add more, none is needed."""

    template_name = "admin/widgets/other_names.html"
    spare = 3

    def get_context(self, name: str, value: list | None, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        context["widget"]["rows"] = [*(value or []), *({} for _row in range(self.spare))]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        columns = [[text.strip() for text in data.getlist(f"{name}-{part}")] for part in _PARTS]
        rows = zip_longest(*columns, fillvalue="")
        return [dict(zip(_PARTS, row, strict=True)) for row in rows if any(row)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-name" not in data

    class Media:
        js = ("admin-theme/rows.js",)


class OtherNamesField(forms.Field):
    """A list of {"name", "language", "note"}."""

    widget = OtherNamesWidget
    default_validators = [validate_other_names]
    empty_values = [None]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != (data or [])


class LinesField(forms.CharField):
    """A list of texts, one in each line."""

    widget = forms.Textarea

    def __init__(self, base_field: forms.Field, **kwargs: Any) -> None:
        self.base_field = base_field
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        lines = value if isinstance(value, list) else re.split(r"[\r\n]+", value or "")
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def validate(self, value: list[str]) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: list[str]) -> None:
        errors = []
        for line in value:
            try:
                self.base_field.clean(line)
            except ValidationError as error:
                errors.extend(f"{line[:60]}: {message}" for message in error.messages)
        if errors:
            raise ValidationError(errors)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class WordsField(LinesField):
    """Hashtags: single words, separated by spaces, commas or lines, with or without their #."""

    def to_python(self, value: Any) -> list[str]:
        words = value if isinstance(value, list) else re.split(r"[\s,]+", value or "")
        return list(dict.fromkeys(word.lstrip("#") for word in words if word.lstrip("#")))


class RecordsWidget(AutocompleteMixin, forms.SelectMultiple):
    """Records of any noun, found by title or code; `titles_of` names those that the editor sees."""

    titles_of: Callable[[Iterable[str]], dict[str, str]]

    def get_url(self) -> str:
        return reverse("admin:records", current_app=self.admin_site.name)

    def optgroups(self, name: str, value: list[str], attrs: dict | None = None) -> list[tuple]:
        known = self.titles_of(value)
        options = [
            self.create_option(name, code, f"{known[code]} · {code}" if code in known else code, True, index)
            for index, code in enumerate(value)
        ]
        return [(None, options, 0)]


class RecordsField(forms.Field):
    """Codes of records that there are for the editor; another one is named."""

    widget: RecordsWidget

    def clean(self, value: list[str] | None) -> list[str]:
        codes = list(dict.fromkeys(code.strip() for code in value or [] if code.strip()))
        known = self.widget.titles_of(codes)
        if unknown := [code[:20] for code in codes if code not in known]:
            raise ValidationError(_("There is no record %(codes)s."), params={"codes": ", ".join(unknown)})
        return codes

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != list(data or [])


class EntryChoiceField(forms.ModelChoiceField):
    """One record, shown with its code."""

    def label_from_instance(self, obj: Entry) -> str:
        return with_code(obj)


class EntriesChoiceField(forms.ModelMultipleChoiceField):
    """Several records, shown with their codes."""

    def label_from_instance(self, obj: Entry) -> str:
        return with_code(obj)


class CodeInput(forms.TextInput):
    """A short code with its meanings offered while typing (an HTML datalist)."""

    template_name = "admin/widgets/code_input.html"

    def __init__(self, meanings: dict[str, str], attrs: dict | None = None) -> None:
        self.meanings = meanings
        super().__init__({"class": "code-input", "autocomplete": "off", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        context["widget"]["list"] = f"{context['widget']['attrs'].get('id', name)}-list"
        context["widget"]["meanings"] = self.meanings.items()
        return context
