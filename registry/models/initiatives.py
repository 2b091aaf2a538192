"""Initiatives: what was proposed, adopted or run together across the region."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Entry
from .edtf_dates import Dated
from .events import Event
from .heritage import Located, Scope
from .organisations import Participation
from .placed import Placed
from .stages import Staged, StagedQuerySet, StatusGroup
from .wording import validate_web_address


class InitiativeQuerySet(StagedQuerySet):
    """What several countries have in common."""

    def shared(self) -> Self:
        """Those that reach across a border or over the whole basin."""
        return self.filter(scope__in=[Scope.CROSS_BORDER, Scope.BASIN])


class InitiativeKind(models.TextChoices):
    """What the initiative sets out to do."""

    DIGITAL_REPOSITORY = "digital_repository", _("Digital repository")
    EMERGENCY_PROTOCOL = "emergency_protocol", _("Emergency protocol")
    COMMUNITY_ENGAGEMENT = "community_engagement", _("Community engagement")
    TRAINING_CAPACITY = "training_capacity", _("Training and capacity building")
    JOINT_RESEARCH = "joint_research", _("Joint research")
    ENVIRONMENTAL_MONITORING = "environmental_monitoring", _("Environmental monitoring")
    REMOTE_MONITORING = "remote_monitoring", _("Remote monitoring")
    FIELD_MISSION = "field_mission", _("Field mission")
    COORDINATION_BODY = "coordination_body", _("Coordination body")
    FUNDING_MECHANISM = "funding_mechanism", _("Funding mechanism")
    POLICY_FRAMEWORK = "policy_framework", _("Policy framework")
    SUSTAINABLE_TOURISM = "sustainable_tourism", _("Sustainable tourism")
    ONLINE_EXHIBITION = "online_exhibition", _("Online exhibition")
    CAMPAIGN = "campaign", _("Campaign")
    DOCUMENTATION = "documentation", _("Documentation")
    PARTNERSHIP = "partnership", _("Partnership")
    OTHER = "other", _("Other")


class InitiativeStatus(models.TextChoices):
    """How far an initiative has come."""

    PROPOSED = "proposed", _("Proposed")
    ADOPTED = "adopted", _("Adopted")
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    ABANDONED = "abandoned", _("Abandoned")
    UNKNOWN = "unknown", _("Not stated")


STATUS_GROUPS = {
    InitiativeStatus.PROPOSED: StatusGroup.PLANNED,
    InitiativeStatus.ADOPTED: StatusGroup.PLANNED,
    InitiativeStatus.ACTIVE: StatusGroup.ACTIVE,
    InitiativeStatus.COMPLETED: StatusGroup.FINISHED,
    InitiativeStatus.ABANDONED: StatusGroup.FINISHED,
    InitiativeStatus.UNKNOWN: StatusGroup.UNKNOWN,
}


class OwhcType(models.TextChoices):
    """Type of initiative on the form of the Organization of World Heritage Cities (COVID-19 response)."""

    PREVENTION_SAFETY = "prevention_safety", _("Prevention and safety")
    CONTINUITY_OF_SERVICES = "continuity_of_services", _("Continuity of services")
    ECONOMIC_TOURISM_RECOVERY = "economic_tourism_recovery", _("Economic and tourism recovery")
    DIGITAL_ACCESS = "digital_access", _("Digital access to heritage")


class Initiative(Entry, Dated, Located, Placed, Staged):
    """A shared undertaking: its aim, what it is expected to bring and what it brought."""

    prefix, noun, slug = "INI", "initiative", "initiatives"
    children = ("citations", "participations")
    stages = STATUS_GROUPS

    kind = models.CharField(
        _("kind"),
        max_length=26,
        choices=InitiativeKind,
        db_index=True,
        help_text=_("What it mainly is. Choose “Other” rather than a kind that only nearly fits."),
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=InitiativeStatus,
        default=InitiativeStatus.UNKNOWN,
        db_index=True,
        help_text=_("Proposed until a source says that it was decided; adopted until a source says that it began."),
    )
    status_as_reported = models.CharField(
        _("status as reported"), max_length=100, blank=True, help_text=_("The source's own word, such as “launched”.")
    )
    objective = models.CharField(
        _("objective"), max_length=500, blank=True, help_text=_("What it is meant to reach, in words of our own.")
    )
    expected_outcome = models.CharField(
        _("expected outcome"), max_length=500, blank=True, help_text=_("What the source says that it will bring.")
    )
    actual_outcome = models.CharField(
        _("actual outcome"),
        max_length=500,
        blank=True,
        help_text=_("What a source says that it has brought; never what was only expected."),
    )
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("presented at"),
        help_text=_("The gathering at which the source says it was presented."),
    )
    owhc_type = models.CharField(
        _("OWHC type"),
        max_length=26,
        choices=OwhcType,
        blank=True,
        help_text=_("Only for what came through the form of the Organization of World Heritage Cities."),
    )
    hashtags = ArrayField(
        models.CharField(
            max_length=100, validators=[RegexValidator(r"^\w+$", _("A hashtag is one word, without the #."))]
        ),
        default=list,
        blank=True,
        verbose_name=_("hashtags"),
        help_text=_("Without the #, separated by commas."),
    )
    links = ArrayField(
        models.URLField(max_length=500, validators=[validate_web_address]),
        default=list,
        blank=True,
        verbose_name=_("links"),
        help_text=_("Web addresses, separated by commas."),
    )

    objects = InitiativeQuerySet.as_manager()

    class Meta(Entry.Meta):
        """The common rules of an entry and of its dates."""

        verbose_name, verbose_name_plural = _("initiative"), _("initiatives")
        indexes = [*Entry.Meta.indexes, *Dated.Meta.indexes, *Placed.Meta.indexes]
        constraints = [*Entry.Meta.constraints, *Dated.Meta.constraints]


class InitiativeParticipation(Participation):
    """An organisation's role in an initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="participations")

    class Meta(Participation.Meta):
        """A role is named once."""

        verbose_name, verbose_name_plural = _("organisation in the initiative"), _("organisations in the initiative")
        constraints = [
            models.UniqueConstraint(
                name="initiative_role_once",
                fields=["initiative", "organisation", "role"],
                violation_error_message=_("This organisation has this role already."),
            )
        ]
