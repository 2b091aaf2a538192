"""Public pages of organisations: what they take part in."""

from django.utils.translation import gettext as _

from registry.models import Event, Initiative, Organisation, Project, Statement

from .lists import EntryList
from .nouns import NOUNS
from .records import EntryDetail, Related, group, list_url


class OrganisationList(EntryList):
    """The list of organisations."""

    model = Organisation


class OrganisationDetail(EntryDetail):
    """The page of an organisation."""

    model = Organisation

    def related(self) -> list[Related]:
        """The work it has a role in, the events it organised, the statements of its people."""
        found = []
        for model in (Project, Initiative):
            records = model.objects.pointing_to("participations__organisation", [self.entry.pk])
            found.append(group(str(NOUNS[model].label_plural), records, list_url(model, organisation=self.entry.pk)))
        events = Event.objects.filter(organiser=self.entry)
        found.append(group(_("Events it organised"), events, list_url(Event, organisation=self.entry.pk)))
        said = Statement.objects.filter(affiliation=self.entry)
        found.append(group(_("Statements"), said, list_url(Statement, organisation=self.entry.pk)))
        return found
