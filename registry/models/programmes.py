"""Programmes that people can join: training, volunteering, outreach, research; with their sessions."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .base import Entry
from .edtf_dates import Dated
from .edtf_dates import validate as validate_dates
from .events import Event
from .heritage import Located
from .initiatives import Initiative
from .organisations import Participation
from .placed import Placed
from .regions import Region
from .rows import Row
from .stages import Staged, StagedQuerySet, StatusGroup
from .wording import validate_plain, validate_web_address


class ProgrammeKind(models.TextChoices):
    """What people do in it."""

    TRAINING = "training", _("Training")
    VOLUNTEERING = "volunteering", _("Volunteering")
    OUTREACH = "outreach", _("Outreach")
    RESEARCH = "research", _("Research")


class ProgrammeStatus(models.TextChoices):
    """Whether people can still join."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    FULL = "full", _("Full")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


STATUS_GROUPS = {
    ProgrammeStatus.PLANNED: StatusGroup.PLANNED,
    ProgrammeStatus.OPEN: StatusGroup.ACTIVE,
    ProgrammeStatus.FULL: StatusGroup.ACTIVE,
    ProgrammeStatus.CLOSED: StatusGroup.FINISHED,
    ProgrammeStatus.CANCELLED: StatusGroup.FINISHED,
}


def validate_time_zone(name: str) -> None:
    """A zone of the IANA time zone database."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone such as Asia/Baku."), params={"name": name[:40]})


class Programme(Entry, Dated, Located, Placed, Staged):
    """Something people can take part in, and how."""

    prefix, noun, slug = "PGM", "programme", "programmes"
    children = ("citations", "participations", "sessions")
    stages = STATUS_GROUPS

    kind = models.CharField(
        _("kind"), max_length=12, choices=ProgrammeKind, db_index=True, help_text=_("What people do in it.")
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=ProgrammeStatus,
        default=ProgrammeStatus.PLANNED,
        db_index=True,
        help_text=_("Open and full ones take requests to join; planned ones do as well."),
    )
    how_to_join = models.TextField(
        _("how to join"),
        blank=True,
        max_length=2000,
        validators=[validate_plain],
        help_text=_("Everybody can read it: no personal address. People ask through a form that reaches the editors."),
    )
    website = models.URLField(
        _("website"),
        blank=True,
        max_length=500,
        validators=[validate_web_address],
        help_text=_("Its own page, beginning with https://."),
    )
    initiative = models.ForeignKey(
        Initiative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("initiative"),
        help_text=_("The initiative that it belongs to."),
    )
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("presented at"),
        help_text=_("The gathering at which the source says it was presented."),
    )

    objects = StagedQuerySet.as_manager()

    class Meta(Entry.Meta):
        """The common rules of an entry and of its dates."""

        verbose_name, verbose_name_plural = _("programme"), _("programmes")
        indexes = [*Entry.Meta.indexes, *Dated.Meta.indexes, *Placed.Meta.indexes]
        constraints = [*Entry.Meta.constraints, *Dated.Meta.constraints]

    @property
    def takes_requests(self) -> bool:
        """Whether people may ask to join: not once it is closed or cancelled."""
        return self.status in {ProgrammeStatus.PLANNED, ProgrammeStatus.OPEN, ProgrammeStatus.FULL}


class ProgrammeParticipation(Participation):
    """An organisation's role in a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="participations")

    class Meta(Participation.Meta):
        """A role is named once."""

        verbose_name, verbose_name_plural = _("organisation in the programme"), _("organisations in the programme")
        constraints = [
            models.UniqueConstraint(
                name="programme_role_once",
                fields=["programme", "organisation", "role"],
                violation_error_message=_("This organisation has this role already."),
            )
        ]


class Session(Row):
    """A time and a place to come to."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sessions")
    title = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        validators=[validate_plain],
        help_text=_("Where the session has a name of its own."),
    )
    dates = models.CharField(
        _("day or days"),
        max_length=40,
        validators=[validate_dates],
        help_text=_("2027-05-03, or 2027-05-03/2027-05-07; a month alone when the days are not settled."),
    )
    starts_at = models.TimeField(_("starts at"), null=True, blank=True, help_text=_("By the clock of its time zone."))
    ends_at = models.TimeField(_("ends at"), null=True, blank=True, help_text=_("On the same day."))
    time_zone = models.CharField(
        _("time zone"), max_length=40, blank=True, validators=[validate_time_zone], help_text=_("Such as Asia/Baku.")
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("place"),
        help_text=_("The town or country where it is; empty for what is online."),
    )
    venue = models.CharField(
        _("venue"),
        max_length=200,
        blank=True,
        validators=[validate_plain],
        help_text=_("The building or the address to come to. Everybody can read it."),
    )
    seats = models.PositiveIntegerField(
        _("seats"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many can take part. Empty: not stated."),
    )

    class Meta(Row.Meta):
        """By day; a time of day has its zone."""

        ordering = ["dates", "starts_at", "pk"]
        verbose_name, verbose_name_plural = _("session"), _("sessions")
        constraints = [
            models.CheckConstraint(
                name="session_time_has_its_zone",
                condition=Q(starts_at=None, ends_at=None) | Q(starts_at__isnull=False) & ~Q(time_zone=""),
                violation_error_message=_("A time of day needs when it starts and its time zone."),
            ),
            models.CheckConstraint(
                name="session_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("A session ends after it starts, on the same day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or _('Session')}, {self.dates}"
