"""Public pages of observations."""

from django.utils.translation import gettext_lazy

from registry.models import Observation

from .lists import EntryList
from .records import EntryDetail


class ObservationList(EntryList):
    """The list of observations."""

    model = Observation
    sorts = {"-dates": gettext_lazy("Latest first")}


class ObservationDetail(EntryDetail):
    """The page of an observation."""

    model = Observation
