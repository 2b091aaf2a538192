"""Public pages of missions."""

from django.utils.translation import gettext_lazy

from registry.models import Mission

from .lists import EntryList
from .records import EntryDetail


class MissionList(EntryList):
    """The list of missions."""

    model = Mission
    sorts = {"-dates": gettext_lazy("Latest first")}


class MissionDetail(EntryDetail):
    """The page of a mission."""

    model = Mission
