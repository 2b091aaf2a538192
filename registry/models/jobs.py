"""Work that goes on in the background: how far it is, and how it ended."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobKind(models.TextChoices):
    """What is done."""

    CHECK = "check", _("Check of a sheet")
    IMPORT = "import", _("Import")
    UNDO = "undo", _("Undo")
    PUBLISH = "publish", _("Publication as planned")


class JobState(models.TextChoices):
    """Where it stands; the last three are final."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    FINISHED = "finished", _("Finished")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Failed")


class Job(models.Model):
    """One piece of work: it goes on where it was when the process that did it has died."""

    kind = models.CharField(_("kind"), max_length=8, choices=JobKind)
    state = models.CharField(_("state"), max_length=8, choices=JobState, default=JobState.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name=_("by"))
    given = models.JSONField(_("given"), default=dict, blank=True)
    result = models.JSONField(_("result"), default=dict, blank=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    of = models.PositiveIntegerField(_("of"), default=0)
    stop_asked = models.BooleanField(_("to be stopped"), default=False)
    problem = models.TextField(_("problem"), blank=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        """The newest first."""

        verbose_name, verbose_name_plural = _("background job"), _("background jobs")
        ordering = ["-made_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {JobState.FINISHED, JobState.STOPPED, JobState.FAILED}
