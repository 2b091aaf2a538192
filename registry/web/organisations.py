"""Public pages of organisations: what they take part in."""

from django.utils.translation import gettext_lazy as _

from registry.models import (
    Event,
    Funding,
    Initiative,
    Mission,
    Observation,
    Organisation,
    Programme,
    Project,
    Protocol,
    Resource,
    Statement,
)

from .lists import EntryList
from .nouns import NOUNS
from .records import EntryDetail, Related, group, list_url

# What an organisation has a part in, and the relation that says so; the list's question `organisation` asks the same.
PARTS = (
    (NOUNS[Project].label_plural, Project, "participations__organisation"),
    (NOUNS[Initiative].label_plural, Initiative, "participations__organisation"),
    (NOUNS[Programme].label_plural, Programme, "participations__organisation"),
    (NOUNS[Protocol].label_plural, Protocol, "participations__organisation"),
    (NOUNS[Funding].label_plural, Funding, "funder"),
    (NOUNS[Mission].label_plural, Mission, "participations__organisation"),
    (_("Missions it mandated"), Mission, "mandated_by"),
    (NOUNS[Observation].label_plural, Observation, "observed_by"),
    (NOUNS[Resource].label_plural, Resource, "creator"),
    (_("Events it organised"), Event, "organiser"),
    (_("Statements"), Statement, "affiliation"),
)


class OrganisationList(EntryList):
    """The list of organisations."""

    model = Organisation


class OrganisationDetail(EntryDetail):
    """The page of an organisation."""

    model = Organisation

    def related(self) -> list[Related]:
        """The work it has a role in, what it pays for, organised, sent, saw and made, and what its people said."""
        found = []
        for label, model, path in PARTS:
            question = "mandated_by" if path == "mandated_by" else "organisation"
            records = model.objects.pointing_to(path, [self.entry.pk])
            found.append(group(str(label), records, list_url(model, **{question: self.entry.pk})))
        return found
