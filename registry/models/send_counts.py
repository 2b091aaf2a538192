"""How much one sender has sent in a while, counted for all processes together."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SendCount(models.Model):
    """One sender in one while, under a keyed hash of both; forgotten when the while is over."""

    key = models.CharField(primary_key=True, max_length=64)
    sent = models.PositiveIntegerField(_("sent"), default=0)
    until = models.DateTimeField(_("until"), db_index=True)

    class Meta:
        """Nobody looks at it: not even the admin."""

        verbose_name, verbose_name_plural = _("count of what was sent"), _("counts of what was sent")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.sent}"
