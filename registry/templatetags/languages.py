"""Languages in templates: the switch, and words that know their own language."""

from django import template
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from registry.models.translations import Text, page_language
from registry.web import languages

register = template.Library()


@register.simple_tag
def switches(request: HttpRequest) -> list[languages.Switch]:
    """The page in each language of the site."""
    return languages.switches(request)


@register.filter
def own(words: str) -> str:
    """Words of a record, which are in the language that records are written in."""
    return words if isinstance(words, Text) or not words else Text(words)


@register.filter
def shortened(text: str, most: int) -> str:
    """The first so many words, in the same language."""
    short = Truncator(str(text)).words(most, truncate=" …")
    return Text(short, text.language) if isinstance(text, Text) else short


@register.filter
def in_lines(text: str) -> SafeString:
    """With its line breaks, in the same language."""
    lines = str(text).splitlines()
    if isinstance(text, Text):
        lines = [Text(line, text.language) for line in lines]
    return mark_safe("<br>".join(conditional_escape(line) for line in lines))  # noqa: S308 - each line is escaped


@register.filter
def lang_of(text: str) -> SafeString:
    """The attribute that names the language of words where no element can stand around them, as in a drawing."""
    if not isinstance(text, Text) or text.language == page_language():
        return SafeString("")
    return format_html(' lang="{}"', text.language)
