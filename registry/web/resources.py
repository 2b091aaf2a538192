"""Public pages of digital resources."""

from django.utils.translation import gettext_lazy

from registry.models import Resource

from .lists import EntryList
from .records import EntryDetail


class ResourceList(EntryList):
    """The list of digital resources."""

    model = Resource
    sorts = {"-dates": gettext_lazy("Latest first")}


class ResourceDetail(EntryDetail):
    """The page of a digital resource."""

    model = Resource
