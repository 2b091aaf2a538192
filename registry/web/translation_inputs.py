"""Translations of a record as inputs of a public form: a page in a language of translations asks for that one alone."""

from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict

from registry.models.translations import LONGEST, OTHERS, direction, page_language

Translations = dict[str, dict[str, str]]


@dataclass(frozen=True)
class InALanguage:
    """The inputs of one language; what is not `asked` goes along as it is."""

    code: str
    name: str
    title: str
    summary: str
    asked: bool

    @property
    def direction(self) -> str:
        """Which way it is written: ltr or rtl."""
        return direction(self.code)


def inputs(said: Translations) -> list[InALanguage]:
    """One for each language of translations."""
    names, here = dict(settings.LANGUAGES), page_language()
    return [
        InALanguage(
            code,
            names[code],
            said.get(code, {}).get("title", ""),
            said.get(code, {}).get("summary", ""),
            here == code or here not in OTHERS,
        )
        for code in OTHERS
    ]


def read(typed: QueryDict) -> Translations:
    """What was typed, without what is empty."""
    found: Translations = {}
    for code in OTHERS:
        texts = {name: typed.get(f"translations-{code}-{name}", "").replace("\x00", "").strip() for name in LONGEST}
        if said := {name: text for name, text in texts.items() if text}:
            found[code] = said
    return found
