"""Observations: what was seen at a site, when and how; each is a record of its own and none replaces another."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Entry, EntryQuerySet
from .edtf_dates import Dated
from .missions import Mission
from .organisations import Organisation
from .placed import Placed
from .publication import Item
from .regions import Region
from .resources import Resource
from .rows import Row
from .sites import Site
from .statements import Verification
from .translations import Text, sentence
from .wording import validate_plain


class Method(models.TextChoices):
    """How it was observed."""

    SATELLITE = "satellite", _("Satellite image")
    DRONE = "drone", _("Drone")
    AERIAL = "aerial", _("Aerial survey")
    FIELD_VISIT = "field_visit", _("Field visit")
    GROUND_SURVEY = "ground_survey", _("Ground survey")
    DESK = "desk", _("Desk research")
    REPORT = "report", _("Report by somebody else")


class Condition(models.TextChoices):
    """The state of conservation, from good to destroyed."""

    GOOD = "good", _("Good")
    FAIR = "fair", _("Fair")
    POOR = "poor", _("Poor")
    VERY_BAD = "very_bad", _("Very bad")
    DESTROYED = "destroyed", _("Destroyed")
    UNKNOWN = "unknown", _("Not stated")


class DamageExtent(models.TextChoices):
    """How much of it is damaged, in percent."""

    NONE_VISIBLE = "none_visible", _("None visible")
    TO_10 = "1_10", _("1 to 10 %")
    TO_30 = "11_30", _("11 to 30 %")
    TO_60 = "31_60", _("31 to 60 %")
    TO_90 = "61_90", _("61 to 90 %")
    TO_100 = "91_100", _("91 to 100 %")
    UNKNOWN = "unknown", _("Not stated")


class DamageClass(models.TextChoices):
    """Damage as a satellite image lets it be judged."""

    NONE_VISIBLE = "none_visible", _("None visible")
    POSSIBLE = "possible", _("Possible")
    MODERATE = "moderate", _("Moderate")
    SEVERE = "severe", _("Severe")
    DESTROYED = "destroyed", _("Destroyed")


class Trend(models.TextChoices):
    """Where it is going."""

    NEW = "new", _("New")
    INCREASING = "increasing", _("Increasing")
    STABLE = "stable", _("Stable")
    DECREASING = "decreasing", _("Decreasing")
    ENDED = "ended", _("Ended")
    UNKNOWN = "unknown", _("Not stated")


class Threat(models.TextChoices):
    """Primary factors that affect World Heritage properties; looting, vandalism and conflict are `other_human`."""

    DEVELOPMENT = "development", _("Buildings and development")
    TRANSPORT = "transport", _("Transport infrastructure")
    UTILITIES = "utilities", _("Utilities or service infrastructure")
    POLLUTION = "pollution", _("Pollution")
    BIOLOGICAL_USE = "biological_use", _("Biological resource use")
    EXTRACTION = "extraction", _("Physical resource extraction")
    LOCAL_CONDITIONS = "local_conditions", _("Local conditions affecting the fabric")
    SOCIAL_USE = "social_use", _("Social or cultural uses")
    OTHER_HUMAN = "other_human", _("Other human activities: looting, vandalism, conflict")
    CLIMATE = "climate", _("Climate change and severe weather")
    GEOLOGICAL = "geological", _("Sudden ecological or geological events")
    INVASIVE_SPECIES = "invasive_species", _("Invasive or hyper-abundant species")
    MANAGEMENT = "management", _("Management and institutional factors")
    OTHER = "other", _("Other")


class Likelihood(models.TextChoices):
    """How sure it is that the threat comes true."""

    PLANNED = "planned", _("Planned")
    PROBABLE = "probable", _("Probable")
    POSSIBLE = "possible", _("Possible")


class ObservationQuerySet(EntryQuerySet):
    """Questions about observations."""

    def on_rungs(self, rungs: list[str]) -> Self:
        """Those whose verification stands on one of the rungs."""
        return self.filter(verification__in=rungs)

    def in_time(self) -> Self:
        """The earliest first; what has no date comes last."""
        return self.order_by(models.F("dates_earliest").asc(nulls_last=True), "code")


class Observation(Entry, Dated, Placed):
    """One look at a site or a place; either may be unknown, and so may the date."""

    prefix, noun, slug = "OBS", "observation", "observations"
    children = ("citations", "threats")
    place_paths = ("region", "site__region")

    site = models.ForeignKey(
        Site,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("site"),
        help_text=_("What was looked at, where it is a site of this register."),
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("region"),
        help_text=_("Where it was, where no site is named."),
    )
    place_as_reported = models.CharField(
        _("place as reported"),
        max_length=200,
        blank=True,
        validators=[validate_plain],
        help_text=_("The source's own words for the place. Everybody can read them."),
    )
    mission = models.ForeignKey(
        Mission,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("mission"),
        help_text=_("The mission on which it was seen."),
    )
    method = models.CharField(
        _("method"),
        max_length=14,
        choices=Method,
        blank=True,
        help_text=_("How it was seen. Empty: not stated by the source."),
    )
    observed_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("observed by"),
        help_text=_("The body that looked, never a person."),
    )
    condition = models.CharField(
        _("condition"),
        max_length=10,
        choices=Condition,
        default=Condition.UNKNOWN,
        help_text=_("The state of the whole site at that look."),
    )
    damage_extent = models.CharField(
        _("extent of damage"),
        max_length=14,
        choices=DamageExtent,
        default=DamageExtent.UNKNOWN,
        help_text=_("The share of the site that is damaged, in percent."),
    )
    damage_class = models.CharField(
        _("damage seen from above"),
        max_length=14,
        choices=DamageClass,
        blank=True,
        help_text=_("The class that reading images from the air or from space gives."),
    )
    trend = models.CharField(
        _("trend"),
        max_length=10,
        choices=Trend,
        default=Trend.UNKNOWN,
        help_text=_("Compared with the look before, where the source compares."),
    )
    verification = models.CharField(
        _("verification"),
        max_length=12,
        choices=Verification,
        help_text=_("Corroborated: two independent sources. Verified: by a named body, a method and a date."),
    )
    verified_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="verifications",
        verbose_name=_("verified by"),
        help_text=_("The body that verified it; needed for “Verified”."),
    )
    evidence = models.ManyToManyField(
        Resource,
        blank=True,
        related_name="evidence_of",
        verbose_name=_("evidence"),
        help_text=_("Images, films and documents of this register that show it."),
    )

    objects = ObservationQuerySet.as_manager()

    class Meta(Entry.Meta):
        """What is verified names who verified it, how and when."""

        verbose_name, verbose_name_plural = _("observation"), _("observations")
        indexes = [*Entry.Meta.indexes, *Dated.Meta.indexes, *Placed.Meta.indexes]
        constraints = [
            *Entry.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="observation_verified_by_whom_how_and_when",
                condition=~Q(verification="verified") | Q(verified_by__isnull=False) & ~Q(method="") & ~Q(dates=""),
                violation_error_message=_("“Verified” needs the body that verified it, the method and the date."),
            ),
        ]

    @property
    def place_line(self) -> str:
        """Where it was, in one line."""
        if self.site and self.site.is_public:
            return self.site.shown_title
        if self.region:
            return self.region.full_name
        if self.place_as_reported:
            return sentence(_("%(place)s, as reported"), place=Text(self.place_as_reported))
        return _("Place not stated")

    def publication_checklist(self) -> list[Item]:
        """Corroborated means that two independent sources say it."""
        items = super().publication_checklist()
        if self.verification == Verification.CORROBORATED:
            sources = 0 if self._state.adding else self.citations.public().values("source").distinct().count()
            said = _("“Corroborated” needs two published sources that do not depend on each other.")
            items.append(Item("verification", said, sources >= 2, said))
        return items


class ObservedThreat(Row):
    """A threat that was seen, and how likely it is."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="threats")
    threat = models.CharField(
        _("threat"),
        max_length=18,
        choices=Threat,
        help_text=_("A primary factor of the World Heritage list. Looting, vandalism and conflict are “other human”."),
    )
    likelihood = models.CharField(
        _("likelihood"),
        max_length=10,
        choices=Likelihood,
        blank=True,
        help_text=_("How certain it is that the threat comes."),
    )

    class Meta(Row.Meta):
        """A threat is named once."""

        verbose_name, verbose_name_plural = _("threat"), _("threats")
        constraints = [
            models.UniqueConstraint(
                name="observation_threat_once",
                fields=["observation", "threat"],
                violation_error_message=_("This threat is named already."),
            )
        ]

    def __str__(self) -> str:
        return self.get_threat_display()
