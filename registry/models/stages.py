"""How far work has come, in the few words that a reader asks with, over the statuses of a noun."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import EntryQuerySet


class StatusGroup(models.TextChoices):
    """What a reader asks for: is it planned, under way, stalled or over?"""

    PLANNED = "planned", _("Planned")
    ACTIVE = "active", _("Under way")
    STALLED = "stalled", _("Stalled")
    FINISHED = "finished", _("Finished")
    UNKNOWN = "unknown", _("Not stated")


class StagedQuerySet(EntryQuerySet):
    """Questions about work that has a status."""

    def in_group(self, groups: list[str]) -> Self:
        """Records whose status falls into one of the groups; `active` finds both ongoing and in progress."""
        stages = self.model.stages
        return self.filter(status__in=[status for status, group in stages.items() if group in groups])


class Staged(models.Model):
    """Work with a status; the noun says to which group each of its statuses belongs."""

    stages: ClassVar[dict[str, StatusGroup]]

    class Meta:
        """Adds no column: the statuses are the noun's own."""

        abstract = True

    @property
    def status_group(self) -> str:
        """The code of the group its status falls into."""
        return self.stages[self.status].value
