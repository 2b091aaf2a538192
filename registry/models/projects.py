"""Projects: restoration, revitalisation and revival works, with their status as reported."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Entry
from .edtf_dates import Dated
from .events import Event
from .heritage import Located, heritage_types_field
from .organisations import Participation
from .placed import Placed
from .sites import Site
from .stages import Staged, StagedQuerySet, StatusGroup


class ProjectStatus(models.TextChoices):
    """IATI ActivityStatus 2.03, with `ongoing` and `in_progress` kept apart as the sources do."""

    PROPOSED = "proposed", _("Proposed")
    ONGOING = "ongoing", _("Ongoing")
    IN_PROGRESS = "in_progress", _("In progress")
    SUSPENDED = "suspended", _("Suspended")
    FINALISING = "finalising", _("Finalising")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")
    UNKNOWN = "unknown", _("Not stated")


STATUS_GROUPS = {
    ProjectStatus.PROPOSED: StatusGroup.PLANNED,
    ProjectStatus.ONGOING: StatusGroup.ACTIVE,
    ProjectStatus.IN_PROGRESS: StatusGroup.ACTIVE,
    ProjectStatus.SUSPENDED: StatusGroup.STALLED,
    ProjectStatus.FINALISING: StatusGroup.FINISHED,
    ProjectStatus.COMPLETED: StatusGroup.FINISHED,
    ProjectStatus.CANCELLED: StatusGroup.FINISHED,
    ProjectStatus.UNKNOWN: StatusGroup.UNKNOWN,
}

# IATI ActivityStatus 2.03 (2.02 and older have 3 and 4 the other way round); not stated has no code there.
IATI_STATUS = {
    ProjectStatus.PROPOSED: "1",
    ProjectStatus.ONGOING: "2",
    ProjectStatus.IN_PROGRESS: "2",
    ProjectStatus.FINALISING: "3",
    ProjectStatus.COMPLETED: "4",
    ProjectStatus.CANCELLED: "5",
    ProjectStatus.SUSPENDED: "6",
}


class Project(Entry, Dated, Located, Placed, Staged):
    """A piece of heritage work with a beginning, a place and a status."""

    prefix, noun, slug = "PRJ", "project", "projects"
    children = ("citations", "participations")
    stages = STATUS_GROUPS

    status = models.CharField(
        _("status"),
        max_length=12,
        choices=ProjectStatus,
        default=ProjectStatus.UNKNOWN,
        db_index=True,
        help_text=_("After IATI ActivityStatus 2.03. Ongoing work has no planned end; work in progress has one."),
    )
    status_as_reported = models.CharField(
        _("status as reported"), max_length=100, blank=True, help_text=_("The source's own word, such as “Underway”.")
    )
    heritage_types = heritage_types_field()
    sites = models.ManyToManyField(
        Site, blank=True, related_name="projects", verbose_name=_("sites"), help_text=_("What the work is on.")
    )
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("presented at"),
        help_text=_("The gathering at which the source says it was presented."),
    )

    objects = StagedQuerySet.as_manager()

    class Meta(Entry.Meta):
        """The common rules, and an index for each thing people filter by."""

        verbose_name, verbose_name_plural = _("project"), _("projects")
        indexes = [
            *Entry.Meta.indexes,
            *Dated.Meta.indexes,
            *Placed.Meta.indexes,
            GinIndex(fields=["heritage_types"], name="project_heritage_types"),
        ]
        constraints = [*Entry.Meta.constraints, *Dated.Meta.constraints]


class ProjectParticipation(Participation):
    """An organisation's role in a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="participations")

    class Meta(Participation.Meta):
        """A role is named once."""

        verbose_name, verbose_name_plural = _("organisation in the project"), _("organisations in the project")
        constraints = [
            models.UniqueConstraint(
                name="project_role_once",
                fields=["project", "organisation", "role"],
                violation_error_message=_("This organisation has this role already."),
            )
        ]
