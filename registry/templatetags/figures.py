"""What templates draw: covers, the map of the basin and the meter of completeness."""

from django import template
from django.utils.safestring import SafeString

from registry.web import basemap, covers

register = template.Library()


@register.simple_tag
def cover(entry, width: int, height: int) -> SafeString:
    """The woven cover of an entry, in pixels."""
    return covers.cover(entry.code, covers.theme_of(entry), width=width, height=height)


@register.simple_tag
def chart(pins, kind: str) -> basemap.Chart:
    """The map of the pins, ready to draw: `hero`, `list` or `near`."""
    return basemap.chart(pins, kind)


@register.filter
def cells(completeness) -> list[bool]:
    """One cell a field, the filled ones first."""
    return [cell < completeness.filled for cell in range(completeness.of)]
