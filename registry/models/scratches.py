"""What an editor has typed and not saved yet: kept for them alone, so that no crash takes it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Scratch(models.Model):
    """The fields of one form of one editor, as last typed; a new record has no code yet."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="scratches", verbose_name=_("by"))
    entry_type = models.CharField(_("noun"), max_length=40)
    code = models.CharField(_("record"), max_length=16, blank=True)
    typed = models.JSONField(_("typed"), default=dict)
    version = models.PositiveIntegerField(_("version it started from"), null=True, blank=True)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)

    class Meta:
        """One for each editor and record."""

        verbose_name, verbose_name_plural = _("scratch draft"), _("scratch drafts")
        ordering = ["-saved_at"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="scratch_once", fields=["by", "entry_type", "code"])]

    def __str__(self) -> str:
        return f"{self.entry_type} {self.code}"
