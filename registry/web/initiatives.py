"""Public pages of initiatives."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Initiative

from .lists import EntryList
from .pieces import resources_of
from .records import EntryDetail, Related, group, list_url


class InitiativeList(EntryList):
    """The list of initiatives."""

    model = Initiative
    sorts = {"-dates": gettext_lazy("Latest start")}


class InitiativeDetail(EntryDetail):
    """The page of an initiative."""

    model = Initiative

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With its digital resources."""
        return super().get_context_data(**kwargs) | {"gallery": resources_of(self.entry)}

    def related(self) -> list[Related]:
        """Initiatives of the same kind, and those from the same event."""
        others = Initiative.objects.exclude(pk=self.entry.pk)
        kind = self.entry.kind
        found = [group(_("Of the same kind"), others.filter(kind=kind), list_url(Initiative, kind=kind))]
        if self.entry.event:
            event = self.entry.event
            same = others.filter(event=event)
            found.append(group(_("From the same event"), same, list_url(Initiative, event=event.pk)))
        return found
