"""Public pages of events: what was presented and said there."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import CountryBudget, Event, Initiative, Mission, Programme, Project, Protocol, Statement

from .lists import EntryList
from .nouns import NOUNS
from .records import EntryDetail, Related, group, list_url


class EventList(EntryList):
    """The list of events."""

    model = Event
    sorts = {"-dates": gettext_lazy("Latest first")}


class EventDetail(EntryDetail):
    """The page of an event."""

    model = Event

    def related(self) -> list[Related]:
        """Its parts, and everything presented or said at it."""
        found = [group(_("Parts of this event"), self.entry.parts, list_url(Event, event=self.entry.pk))]
        for model in (Project, Initiative, CountryBudget, Mission, Protocol, Programme, Statement):
            records = model.objects.filter(event=self.entry)
            found.append(group(str(NOUNS[model].label_plural), records, list_url(model, event=self.entry.pk)))
        return found
