"""Public pages of initiatives."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Initiative, InitiativeKind

from .asked_and_found import asked_and_found_of
from .gallery import resources_of
from .lists import EntryList
from .records import EntryDetail, Related, group, list_url


class InitiativeList(EntryList):
    """The list of initiatives."""

    model = Initiative
    sorts = {"-dates": gettext_lazy("Latest start")}


class InitiativeDetail(EntryDetail):
    """The page of an initiative."""

    model = Initiative

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With its digital resources and its funding; a body that coordinates leads to what it would have before it."""
        coordinates = self.entry.kind == InitiativeKind.COORDINATION_BODY
        return super().get_context_data(**kwargs) | {
            "gallery": resources_of(self.entry),
            "money": asked_and_found_of("initiative", self.entry.pk),
            "council_url": reverse("registry:council") if coordinates else None,
        }

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
