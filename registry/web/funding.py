"""Public pages of funding."""

from django.utils.translation import gettext_lazy

from registry.models import Funding

from .lists import EntryList
from .records import EntryDetail


class FundingList(EntryList):
    """The list of funding."""

    model = Funding
    sorts = {"-dates": gettext_lazy("Latest first")}


class FundingDetail(EntryDetail):
    """The page of a line of funding."""

    model = Funding
