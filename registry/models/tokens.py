"""Tokens of partners: only their hash is kept; each has an end, says what it is for, and stops at once when revoked."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from .wording import validate_plain


class TokenScope(models.TextChoices):
    """What a token may be used for."""

    READ = "read", _("Read what is public, at a partner's pace")
    PROPOSE = "propose", _("Propose records and corrections, and read what became of them")


class AccessToken(AbstractAuthToken):
    """The key of one system of one partner."""

    name = models.CharField(
        _("name"),
        max_length=100,
        validators=[validate_plain],
        help_text=_("What it is for, such as the system's name."),
    )
    scopes = ArrayField(
        models.CharField(max_length=10, choices=TokenScope), verbose_name=_("scopes"), default=list, blank=True
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("made by")
    )

    class Meta:
        """The newest first."""

        verbose_name, verbose_name_plural = _("access token"), _("access tokens")
        ordering = ["-created"]
        default_permissions = ("view", "add", "delete")

    def __str__(self) -> str:
        return self.name
