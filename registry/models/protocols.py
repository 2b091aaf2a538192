"""Emergency protocols across borders: when they apply, what is done, and when they were used or exercised."""

import re

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Entry, State
from .edtf_dates import Dated
from .edtf_dates import validate as validate_dates
from .events import Event
from .heritage import Located
from .organisations import Participation
from .placed import Placed
from .publication import Item
from .rows import Row
from .sites import Site
from .stages import Staged, StagedQuerySet, StatusGroup
from .wording import validate_plain


class ProtocolStatus(models.TextChoices):
    """How far a protocol has come."""

    DRAFT = "draft", _("Draft protocol")
    AGREED = "agreed", _("Agreed")
    IN_FORCE = "in_force", _("In force")
    UNDER_REVIEW = "under_review", _("Under review")
    RETIRED = "retired", _("Retired")


STATUS_GROUPS = {
    ProtocolStatus.DRAFT: StatusGroup.PLANNED,
    ProtocolStatus.AGREED: StatusGroup.PLANNED,
    ProtocolStatus.IN_FORCE: StatusGroup.ACTIVE,
    ProtocolStatus.UNDER_REVIEW: StatusGroup.ACTIVE,
    ProtocolStatus.RETIRED: StatusGroup.FINISHED,
}


class Hazard(models.TextChoices):
    """What a protocol is for."""

    EARTHQUAKE = "earthquake", _("Earthquake")
    FLOOD = "flood", _("Flood")
    FIRE = "fire", _("Fire")
    STORM = "storm", _("Storm")
    LANDSLIDE = "landslide", _("Landslide")
    CONFLICT = "conflict", _("Conflict")
    LOOTING = "looting", _("Looting")
    POLLUTION = "pollution", _("Pollution")
    OTHER = "other", _("Other")


class ActivationKind(models.TextChoices):
    """Whether it was needed or practised."""

    ACTIVATION = "activation", _("Activation")
    EXERCISE = "exercise", _("Exercise")


class Protocol(Entry, Dated, Located, Placed, Staged):
    """Who does what when heritage is in danger. Whom to call is kept elsewhere and is never public."""

    prefix, noun, slug = "PRO", "protocol", "protocols"
    children = ("citations", "participations", "steps", "activations")
    stages = STATUS_GROUPS

    status = models.CharField(
        _("status"),
        max_length=12,
        choices=ProtocolStatus,
        default=ProtocolStatus.DRAFT,
        help_text=_("In force only where a source says so."),
    )
    hazards = ArrayField(
        models.CharField(max_length=10, choices=Hazard),
        default=list,
        blank=True,
        verbose_name=_("hazards"),
        help_text=_("All dangers that it is for: on duty it is found by them."),
    )
    activation_criteria = models.TextField(
        _("activation criteria"),
        blank=True,
        max_length=2000,
        validators=[validate_plain],
        help_text=_("What must have happened, and who decides that it has."),
    )
    edition = models.CharField(
        _("edition"), max_length=60, blank=True, validators=[validate_plain], help_text=_("As the document names it.")
    )

    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="protocols",
        verbose_name=_("agreed at"),
        help_text=_("The gathering at which it was agreed."),
    )

    objects = StagedQuerySet.as_manager()

    class Meta(Entry.Meta):
        """The common rules of an entry and of its dates."""

        verbose_name, verbose_name_plural = _("protocol"), _("protocols")
        indexes = [
            *Entry.Meta.indexes,
            *Dated.Meta.indexes,
            *Placed.Meta.indexes,
            GinIndex(fields=["hazards"], name="protocol_hazards"),
        ]
        constraints = [*Entry.Meta.constraints, *Dated.Meta.constraints]

    def publication_checklist(self) -> list[Item]:
        """The sites that its activations name may be read by the public as well."""
        items = super().publication_checklist()
        activations = [] if self._state.adding else self.activations.all()
        if named := {code for activation in activations for code in activation.sites}:
            shown = Site.objects.filter(pk__in=named, state__in=[State.PUBLISHED, State.WITHDRAWN])
            hidden = sorted(named - set(shown.values_list("pk", flat=True)))
            problem = _("An activation names %(codes)s, which the public cannot read.") % {"codes": ", ".join(hidden)}
            words = _("The public can read the sites that its activations name.")
            items.append(Item("activations", words, not hidden, problem))
        return items


class ProtocolParticipation(Participation):
    """An organisation's role in a protocol."""

    protocol = models.ForeignKey(Protocol, models.CASCADE, related_name="participations")

    class Meta(Participation.Meta):
        """A role is named once."""

        verbose_name, verbose_name_plural = _("organisation in the protocol"), _("organisations in the protocol")
        constraints = [
            models.UniqueConstraint(
                name="protocol_role_once",
                fields=["protocol", "organisation", "role"],
                violation_error_message=_("This organisation has this role already."),
            )
        ]


class ProtocolStep(Row):
    """Something to do, by whom and within what time."""

    protocol = models.ForeignKey(Protocol, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(
        _("number"),
        validators=[MinValueValidator(1)],
        help_text=_("Steps of the same number are done at the same time."),
    )
    action = models.CharField(
        _("what to do"),
        max_length=500,
        validators=[validate_plain],
        help_text=_("One thing to do, as an order: “Move the portable objects”."),
    )
    responsible = models.CharField(
        _("who does it"),
        max_length=200,
        blank=True,
        validators=[validate_plain],
        help_text=_("A duty or a body, never a person: everybody can read it."),
    )
    within = models.CharField(
        _("within"), max_length=60, blank=True, validators=[validate_plain], help_text=_("Such as 2 hours.")
    )

    class Meta(Row.Meta):
        """By number; steps of the same number are done at the same time."""

        ordering = ["position", "pk"]
        verbose_name, verbose_name_plural = _("step"), _("steps")

    def __str__(self) -> str:
        return f"{self.position}. {self.action}"


class Activation(Row):
    """A time when the protocol was used, or exercised."""

    protocol = models.ForeignKey(Protocol, models.CASCADE, related_name="activations")
    kind = models.CharField(
        _("kind"), max_length=10, choices=ActivationKind, help_text=_("Whether it was needed or practised.")
    )
    trigger = models.CharField(
        _("trigger"), max_length=300, validators=[validate_plain], help_text=_("What happened, or what was practised.")
    )
    dates = models.CharField(
        _("from and to"),
        max_length=40,
        blank=True,
        validators=[validate_dates],
        help_text=_("2026-03-01/2026-03-04, or 2026-03-01/.. while it goes on."),
    )
    protocol_version = models.PositiveIntegerField(
        _("version of the protocol"),
        null=True,
        blank=True,
        help_text=_("The version of this record whose steps were followed."),
    )
    sites = ArrayField(
        models.CharField(
            max_length=16,
            validators=[RegexValidator(re.compile(r"^SIT-\d{4,12}\Z"), _("Give codes of sites, such as SIT-0001."))],
        ),
        default=list,
        blank=True,
        verbose_name=_("sites concerned"),
        help_text=_("Codes of sites, one in each line."),
    )
    log = models.TextField(
        _("log"),
        blank=True,
        max_length=5000,
        validators=[validate_plain],
        help_text=_("What was done when, one line each. Everybody can read it: no names, no exact places."),
    )

    class Meta(Row.Meta):
        """In the order they were entered."""

        verbose_name, verbose_name_plural = _("activation or exercise"), _("activations and exercises")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.trigger}"
