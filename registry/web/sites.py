"""Public pages of sites."""

from registry.models import Site

from .lists import EntryList
from .records import EntryDetail


class SiteList(EntryList):
    """The list of sites."""

    model = Site


class SiteDetail(EntryDetail):
    """The page of a site."""

    model = Site
