"""Public pages of programmes."""

from django.utils.translation import gettext_lazy

from registry.models import Programme

from .lists import EntryList
from .records import EntryDetail


class ProgrammeList(EntryList):
    """The list of programmes."""

    model = Programme
    sorts = {"-dates": gettext_lazy("Latest first")}


class ProgrammeDetail(EntryDetail):
    """The page of a programme."""

    model = Programme
