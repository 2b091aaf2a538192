"""Who saw what is private, and how it changed; never public."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Look(models.Model):
    """Somebody saw something private: who, what and when. Only ever added to."""

    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    what = models.CharField(_("what"), max_length=20)
    key = models.CharField(_("which"), max_length=20)

    class Meta:
        """The newest first."""

        verbose_name, verbose_name_plural = _("look at something private"), _("looks at something private")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.what} {self.key}"


class PrivateChange(models.Model):
    """The history of a private row: in the same batch as what happened in public, and erased with the person."""

    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    reason = models.CharField(_("reason"), max_length=500)
    batch = models.UUIDField(_("batch"), default=uuid.uuid4, db_index=True)
    what = models.CharField(_("what"), max_length=20)
    key = models.CharField(_("which"), max_length=20)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    erased = models.BooleanField(_("erased"), default=False)

    class Meta:
        """The newest first."""

        verbose_name, verbose_name_plural = _("private change"), _("private changes")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["what", "key", "-id"], name="private_change_of_row")]

    def __str__(self) -> str:
        return f"{self.what} {self.key}"
