"""Public pages of programmes: what one can join, when and where it meets, and how to ask."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Programme, ProgrammeStatus

from . import sessions
from .lists import EntryList
from .records import EntryDetail, Related, group, list_url

# Whether one can join, in a sentence.
JOINING = {
    ProgrammeStatus.PLANNED: gettext_lazy("It is planned and has not opened yet. One can already ask."),
    ProgrammeStatus.OPEN: gettext_lazy("It is open: one can ask to join."),
    ProgrammeStatus.FULL: gettext_lazy("Every place is taken. One can still ask, in case a place becomes free."),
    ProgrammeStatus.CLOSED: gettext_lazy("It is closed: one can no longer join."),
    ProgrammeStatus.CANCELLED: gettext_lazy("It was cancelled and does not take place."),
}


class ProgrammeList(EntryList):
    """The list of programmes."""

    model = Programme
    sorts = {"-dates": gettext_lazy("Latest first")}


class ProgrammeDetail(EntryDetail):
    """The page of a programme."""

    model = Programme
    told_apart = ("status", "how_to_join", "website", "sessions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whether one can join, and the sessions."""
        entry = self.entry
        return super().get_context_data(**kwargs) | {
            "joining": JOINING[entry.status],
            "sessions": [sessions.told(session, entry) for session in entry.sessions.all()],
        }

    def related(self) -> list[Related]:
        """Programmes of the same initiative, and more of this kind."""
        others = Programme.objects.exclude(pk=self.entry.pk)
        found = []
        idea = self.entry.initiative
        if idea:
            label = _("Programmes of the same initiative")
            found.append(group(label, others.filter(initiative=idea), list_url(Programme, initiative=idea.pk)))
            others = others.exclude(initiative=idea)
        kind = self.entry.kind
        label = _("More of this kind: %(kind)s") % {"kind": self.entry.get_kind_display()}
        return [*found, group(label, others.filter(kind=kind), list_url(Programme, kind=kind))]
