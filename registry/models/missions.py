"""Field missions: who sends them, what must come first, how far they have come, and what they listed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Entry
from .edtf_dates import Dated
from .edtf_dates import validate as validate_dates
from .events import Event
from .heritage import Located
from .organisations import Organisation, Participation
from .placed import Placed
from .regions import Region
from .rows import Row
from .sites import Site
from .sources import Source
from .stages import Staged, StagedQuerySet, StatusGroup
from .wording import validate_plain


class MissionStatus(models.TextChoices):
    """How far a mission has come."""

    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed")
    SCHEDULED = "scheduled", _("Scheduled")
    UNDER_WAY = "under_way", _("Under way")
    COMPLETED = "completed", _("Completed")
    BLOCKED = "blocked", _("Blocked")
    CANCELLED = "cancelled", _("Cancelled")


STATUS_GROUPS = {
    MissionStatus.PROPOSED: StatusGroup.PLANNED,
    MissionStatus.AGREED: StatusGroup.PLANNED,
    MissionStatus.SCHEDULED: StatusGroup.PLANNED,
    MissionStatus.UNDER_WAY: StatusGroup.ACTIVE,
    MissionStatus.COMPLETED: StatusGroup.FINISHED,
    MissionStatus.BLOCKED: StatusGroup.STALLED,
    MissionStatus.CANCELLED: StatusGroup.FINISHED,
}


class Mission(Entry, Dated, Located, Placed, Staged):
    """People sent to see for themselves; the area is named as it was reported."""

    prefix, noun, slug = "MIS", "mission", "missions"
    children = ("citations", "participations", "trail", "inventory")
    stages = STATUS_GROUPS

    status = models.CharField(
        _("status"),
        max_length=10,
        choices=MissionStatus,
        default=MissionStatus.PROPOSED,
        help_text=_("Where it stands now, as a source tells. The steps before stand in the trail below."),
    )
    status_as_reported = models.CharField(
        _("status as reported"), max_length=100, blank=True, help_text=_("The source's own word.")
    )
    mandated_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="missions_mandated",
        verbose_name=_("mandated by"),
        help_text=_("The body that sends it."),
    )
    parties = models.ManyToManyField(
        Region,
        blank=True,
        related_name="missions_as_party",
        verbose_name=_("parties"),
        help_text=_("The States or areas whose agreement it rests on; being a party says nothing about territory."),
    )
    purpose = models.TextField(
        _("purpose"),
        blank=True,
        max_length=2000,
        validators=[validate_plain],
        help_text=_("What it is to find out or to bring home."),
    )
    preconditions = models.TextField(
        _("preconditions"),
        blank=True,
        max_length=2000,
        validators=[validate_plain],
        help_text=_("What the source says must happen first, such as consultations."),
    )
    obstacles = models.TextField(
        _("what is known to block it"),
        blank=True,
        max_length=2000,
        validators=[validate_plain],
        help_text=_("As somebody has said it: the words belong to them, so cite who."),
    )
    legal_references = models.ManyToManyField(
        Source,
        blank=True,
        related_name="missions_based_on_it",
        verbose_name=_("legal references"),
        help_text=_("Resolutions, conventions and agreements, each of them a source of this register."),
    )
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="missions",
        verbose_name=_("proposed at"),
        help_text=_("The gathering at which the source says it was proposed."),
    )

    objects = StagedQuerySet.as_manager()

    class Meta(Entry.Meta):
        """The common rules of an entry and of its dates."""

        verbose_name, verbose_name_plural = _("mission"), _("missions")
        indexes = [*Entry.Meta.indexes, *Dated.Meta.indexes, *Placed.Meta.indexes]
        constraints = [*Entry.Meta.constraints, *Dated.Meta.constraints]


class MissionParticipation(Participation):
    """An organisation's role in a mission."""

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="participations")

    class Meta(Participation.Meta):
        """A role is named once."""

        verbose_name, verbose_name_plural = _("organisation in the mission"), _("organisations in the mission")
        constraints = [
            models.UniqueConstraint(
                name="mission_role_once",
                fields=["mission", "organisation", "role"],
                violation_error_message=_("This organisation has this role already."),
            )
        ]


class MissionStep(Row):
    """A status that the mission had, and when."""

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="trail")
    status = models.CharField(
        _("status"), max_length=10, choices=MissionStatus, help_text=_("The status that the mission had then.")
    )
    dates = models.CharField(
        _("when"),
        max_length=40,
        blank=True,
        validators=[validate_dates],
        help_text=_("A year, a month or a day, as EDTF has it."),
    )
    note = models.CharField(
        _("note"),
        max_length=500,
        blank=True,
        validators=[validate_plain],
        help_text=_("What happened, in a few words. Everybody can read it."),
    )

    class Meta(Row.Meta):
        """By date; what has none comes last."""

        verbose_name, verbose_name_plural = _("step"), _("trail of the status")

    def __str__(self) -> str:
        return self.get_status_display()


class InventoryItem(Row):
    """A site that the mission listed, and why."""

    shown_through = "site"

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="inventory")
    site = models.ForeignKey(
        Site,
        models.PROTECT,
        related_name="listed_by",
        verbose_name=_("site"),
        help_text=_("A site of this register; add it there first."),
    )
    criterion = models.CharField(
        _("criterion"),
        max_length=300,
        blank=True,
        validators=[validate_plain],
        help_text=_("Why it was listed, as the mission says."),
    )
    note = models.CharField(
        _("note"),
        max_length=500,
        blank=True,
        validators=[validate_plain],
        help_text=_("What else the inventory says of it. Everybody can read it."),
    )

    class Meta(Row.Meta):
        """A site is listed once."""

        verbose_name, verbose_name_plural = _("site listed"), _("inventory")
        constraints = [
            models.UniqueConstraint(
                name="mission_site_once",
                fields=["mission", "site"],
                violation_error_message=_("This site is in the inventory already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.site)
