"""Languages in templates: the switch, and words that know their own language."""

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from registry.models.translations import Text
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
    lines = [Text(line, text.language) if isinstance(text, Text) else Text(line) for line in str(text).splitlines()]
    return mark_safe("<br>".join(line.__html__() for line in lines))  # noqa: S308 - each line is escaped
