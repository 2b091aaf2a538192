"""What the cards of digital resources show."""

from django import template

from registry.models import Resource
from registry.web.gallery import Piece

register = template.Library()


@register.filter
def piece(entry: Resource) -> Piece:
    """The resource as a reader meets it."""
    return Piece(entry)
