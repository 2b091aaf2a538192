"""Titles and summaries in the languages of the site, and words that know which language they are in."""

import re
from itertools import chain
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import keep_lazy_text
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .wording import validate_plain

OWN = settings.LANGUAGE_CODE.partition("-")[0]  # what records are written in
OTHERS = tuple(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
LONGEST = {"title": 300, "summary": 5000}  # characters
_HOLE = re.compile(r"%\((\w+)\)[sd]")


class Text(str):
    """Words of a record with their language, ISO 639. In HTML they are marked where the page is in another one."""

    __slots__ = ("language",)

    language: str

    def __new__(cls, words: str, language: str = OWN) -> Self:
        """The words as they stand."""
        text = super().__new__(cls, words)
        text.language = language
        return text

    def __getnewargs__(self) -> tuple[str, str]:
        """For the cache, which keeps whole pages of them."""
        return str(self), self.language

    def __html__(self) -> SafeString:
        """Escaped; in the language of the page as they are, else apart from the text around and with their language."""
        if not self or self.language == page_language():
            return escape(str(self))
        return format_html('<bdi lang="{}">{}</bdi>', self.language, str(self))

    @property
    def plain(self) -> str:
        """The words alone, for places that hold no markup: an attribute, the title of a page."""
        return str(self)


class Mixed(str):
    """A line in which words of records, each in its own language, stand among words of the page."""

    __slots__ = ("parts",)

    parts: tuple[str, ...]

    def __new__(cls, parts: tuple[str, ...]) -> Self:
        """The parts one after the other; a Text among them keeps its language."""
        line = super().__new__(cls, "".join(parts))
        line.parts = parts
        return line

    def __getnewargs__(self) -> tuple[tuple[str, ...]]:
        """For the cache, which keeps whole pages of them."""
        return (self.parts,)

    def __html__(self) -> SafeString:
        """Each part escaped, and marked where it is a Text in another language."""
        return format_html_join("", "{}", ((part,) for part in self.parts))

    @property
    def plain(self) -> str:
        """The words alone, for places that hold no markup."""
        return str(self)


def joined(parts: list[str], between: str) -> str:
    """Several words in one line, each in its own language; one Text where all are in the same."""
    languages = {getattr(part, "language", None) for part in parts}
    if len(languages) == 1 and (language := languages.pop()):
        return Text(between.join(parts), language)
    return Mixed(tuple(chain.from_iterable((between, part) for part in parts))[1:])


def sentence(template: str, **words: str | int) -> Mixed:
    """A sentence of the page with its %(name)s filled in; words of records keep their language."""
    parts = _HOLE.split(str(template))
    filled = (words[part] if number % 2 else part for number, part in enumerate(parts))
    return Mixed(tuple(part if isinstance(part, str) else str(part) for part in filled))


@keep_lazy_text
def capitalised(words: str) -> str:
    """Words of the page with a capital at their beginning: where that is Azerbaijani, the capital of i is İ."""
    first = "İ" if words[:1] == "i" and page_language() == "az" else words[:1].upper()
    return first + words[1:]


def direction(language: str) -> str:
    """Which way a language is written, as HTML has it: ltr or rtl."""
    return "rtl" if language in settings.LANGUAGES_BIDI else "ltr"


def page_language() -> str:
    """The language of the page that is being made, without its country: en, az, ru, fa."""
    return (get_language() or settings.LANGUAGE_CODE).partition("-")[0]


def validate_translations(translations: object) -> None:
    """{"az": {"title": str, "summary": str}}: only the site's other languages, only what is translated."""
    if not isinstance(translations, dict):
        raise ValidationError(_("Translations are given by language."))
    for language, texts in translations.items():
        if language not in OTHERS:
            raise ValidationError(
                _("“%(language)s” is not a language of the site. Translations are in: %(known)s."),
                params={"language": str(language)[:10], "known": ", ".join(OTHERS)},
            )
        if not isinstance(texts, dict) or not texts or not set(texts) <= set(LONGEST):
            raise ValidationError(_("A translation has a title or a summary or both, and nothing else."))
        for name, text in texts.items():
            if not isinstance(text, str) or not text.strip():
                raise ValidationError(_("A translation that is empty is left out."))
            if len(text) > LONGEST[name]:
                raise ValidationError(
                    _("The translation is longer than %(most)d characters."), params={"most": LONGEST[name]}
                )
            validate_plain(text)
