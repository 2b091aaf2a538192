"""What the last look at a link found; kept beside the records, and not a part of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import code_of_a_record


class LinkCheck(models.Model):
    """The link of a record as it answered last, and since when it has failed."""

    code = code_of_a_record()
    url = models.URLField(_("web address"), max_length=1000)
    checked_at = models.DateTimeField(_("checked at"))
    outcome = models.CharField(_("outcome"), max_length=10)
    http_status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    moved_to = models.CharField(_("moved to"), max_length=1000, blank=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)

    class Meta:
        """One row a record and address."""

        verbose_name, verbose_name_plural = _("link check"), _("link checks")
        ordering = ["-checked_at", "-pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(name="link_check_once", fields=["code", "url"])]

    def __str__(self) -> str:
        return f"{self.code}: {self.outcome}"
