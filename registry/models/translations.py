"""Titles and summaries in the languages of the site, and words that know which language they are in."""

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .wording import validate_plain

OWN = settings.LANGUAGE_CODE.partition("-")[0]  # what records are written in
OTHERS = tuple(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
LONGEST = {"title": 300, "summary": 5000}  # characters


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


def joined(parts: list[Text], between: str) -> Text:
    """Several words in one line; in the language of the page only where all of them are."""
    languages = {part.language for part in parts}
    return Text(between.join(parts), languages.pop() if len(languages) == 1 else OWN)


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
