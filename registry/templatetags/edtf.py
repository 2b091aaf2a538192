"""Dates in templates."""

from django import template

from registry.web import dates

register = template.Library()


@register.filter
def in_words(edtf: str) -> str:
    """An EDTF date for people; "" where none is stated."""
    return dates.words(edtf)
