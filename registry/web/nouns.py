"""The nouns of the register as a reader meets them: their names and a sentence about each list."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.models import (
    CountryBudget,
    Dated,
    Entry,
    Event,
    Funding,
    Initiative,
    Mission,
    Observation,
    Organisation,
    Programme,
    Project,
    Protocol,
    Region,
    Resource,
    Site,
    Source,
    Statement,
)


@dataclass(frozen=True)
class Noun:
    """What a kind of record is called, where its list is, and what the list holds."""

    model: type[Entry]
    label: Promise
    label_plural: Promise
    intro: Promise

    @property
    def name(self) -> str:
        """As in template and address names: project."""
        return self.model.noun

    @property
    def slug(self) -> str:
        """As in addresses: projects."""
        return self.model.slug

    @property
    def is_dated(self) -> bool:
        """Whether its records may stand on the time line."""
        return issubclass(self.model, Dated)


NOUNS = {
    noun.model: noun
    for noun in (
        Noun(
            Project,
            _("Project"),
            _("Projects"),
            _("Restoration, revitalisation and revival works, with their status as it was reported."),
        ),
        Noun(
            Initiative,
            _("Initiative"),
            _("Initiatives"),
            _("What was proposed, adopted or run together, and what it is meant to bring."),
        ),
        Noun(
            CountryBudget,
            _("Budget"),
            _("Budgets and gaps"),
            _("Annual heritage budgets as reported, and what the reported gap means in money under each reading."),
        ),
        Noun(
            Funding,
            _("Funding line"),
            _("Funding"),
            _("What was sought, pledged, committed and paid out, by mechanism; no sums across currencies."),
        ),
        Noun(Region, _("Region"), _("Regions"), _("The places of the register, and what is going on in each.")),
        Noun(
            Site,
            _("Site"),
            _("Sites"),
            _("What is protected, and where, as exactly as it is safe to tell."),
        ),
        Noun(
            Mission,
            _("Mission"),
            _("Missions"),
            _("Field missions: who sends them, what must come first, how far they have come, and what they listed."),
        ),
        Noun(
            Observation,
            _("Observation"),
            _("Monitoring"),
            _("What was seen at sites, from the sky and on the ground; each observation stands beside the others."),
        ),
        Noun(
            Protocol,
            _("Protocol"),
            _("Emergency protocols"),
            _("What is done when heritage is in danger, who does it, and when it was last exercised."),
        ),
        Noun(
            Programme,
            _("Programme"),
            _("Programmes"),
            _("Training, volunteering, outreach and research that people can take part in."),
        ),
        Noun(
            Resource,
            _("Digital resource"),
            _("Digital resources"),
            _("Films, images, models, datasets and broadcasts, to see here or elsewhere."),
        ),
        Noun(
            Organisation,
            _("Organisation"),
            _("Organisations"),
            _("Who convenes, leads, carries out, funds or owns the work."),
        ),
        Noun(Event, _("Event"), _("Events"), _("Assemblies, conferences and meetings where work was presented.")),
        Noun(Source, _("Source"), _("Sources"), _("Where the facts of the register come from.")),
        Noun(
            Statement,
            _("Statement"),
            _("Statements"),
            _("What named speakers said, in our words, and how far each claim has been verified."),
        ),
    )
}
