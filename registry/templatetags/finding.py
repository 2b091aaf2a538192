"""What a search found, marked in the words of records."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from registry import highlights
from registry.models.translations import Text, page_language

register = template.Library()


@register.filter
def lit(text: str, query: str) -> SafeString:
    """The text, escaped, with the found words marked; in another language than the page's, it says so."""
    parts = highlights.parts(str(text), query)
    said = format_html_join("", "{}", ((_mark(words) if found else words,) for words, found in parts))
    if isinstance(text, Text) and text and text.language != page_language():
        return format_html('<bdi lang="{}">{}</bdi>', text.language, said)
    return said


@register.filter
def excerpt(text: str, query: str) -> str:
    """The part of the text that a search found, in the same language."""
    some = highlights.excerpt(str(text), query)
    return Text(some, text.language) if isinstance(text, Text) else some


def _mark(words: str) -> SafeString:
    return format_html("<mark>{}</mark>", words)
