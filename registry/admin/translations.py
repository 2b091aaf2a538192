"""Title and summary in the other languages of the site, side by side with what is translated."""

from typing import Any

from django import forms
from django.conf import settings

from registry.models.translations import LONGEST, OTHERS, direction, validate_translations


class TranslationsWidget(forms.Widget):
    """A title and a summary for each language, in its own direction."""

    template_name = "admin/widgets/translations.html"

    def get_context(self, name: str, value: dict | None, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        names = dict(settings.LANGUAGES)
        context["widget"]["languages"] = [
            {
                "code": code,
                "name": names[code],
                "direction": direction(code),
                "texts": (value or {}).get(code, {}),
            }
            for code in OTHERS
        ]
        return context | {"longest": LONGEST}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, dict[str, str]]:
        found = {}
        for code in OTHERS:
            texts = {part: _typed(data.get(f"{name}-{code}-{part}", ""), part) for part in LONGEST}
            if said := {part: text for part, text in texts.items() if text}:
                found[code] = said
        return found

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-{OTHERS[0]}-title" not in data


class TranslationsField(forms.Field):
    """{"az": {"title", "summary"}}, without what is empty."""

    widget = TranslationsWidget
    default_validators = [validate_translations]
    empty_values = [None, {}]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or {}) != (data or {})


def _typed(text: str, part: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    return " ".join(text.split()) if part == "title" else text
