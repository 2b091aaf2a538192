"""Webhooks: where the register tells a partner's system of public changes, and how far it has got."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from .feed import FeedEntry, FeedState
from .wording import validate_plain


class WebhookState(models.TextChoices):
    """Whether anything is sent."""

    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    FAILED = "failed", "Stopped after failures"


def validate_https(address: str) -> None:
    """An address that nobody on the way can read along."""
    if not address.startswith("https://"):
        raise ValidationError("Give a web address that begins with https://.", code="https")


class WebhookQuerySet(models.QuerySet):
    """Questions about webhooks."""

    def due(self, newest: int) -> "WebhookQuerySet":
        """Active ones that have not dealt with the entry `newest` of the feed and need not wait; the idlest first."""
        now = timezone.now()
        waiting = self.filter(Q(next_attempt=None) | Q(next_attempt__lte=now), state=WebhookState.ACTIVE)
        return waiting.filter(position__lt=newest).order_by(F("last_attempt").asc(nulls_first=True), "pk")

    def with_waiting(self) -> "WebhookQuerySet":
        """Annotate `waiting`: how many entries of the feed each has still to look at."""
        newest = FeedEntry.objects.order_by("-number").values("number")[:1]
        return self.annotate(waiting=Greatest(Coalesce(Subquery(newest), 0) - F("position"), 0))


class Webhook(models.Model):
    """One address of one partner that is told of public changes, in the order of the feed.

    The secrets are encrypted: to sign with them they have to be read again, so a hash would not do.
    """

    name = models.CharField(
        "name", max_length=100, validators=[validate_plain], help_text="What it is for, such as the system's name."
    )
    partner = models.CharField(
        "partner",
        max_length=200,
        validators=[validate_plain],
        help_text="The organisation that receives, and whom to write to there.",
    )
    url = models.URLField(
        "address",
        max_length=1000,
        validators=[validate_https],
        help_text="Where the partner's system listens; the partner gives it. It begins with https://.",
    )
    nouns = ArrayField(
        models.CharField(max_length=20),
        verbose_name="collections",
        default=list,
        blank=True,
        help_text="None ticked: all of them.",
    )
    states = ArrayField(
        models.CharField(max_length=12, choices=FeedState),
        verbose_name="what is told",
        default=list,
        blank=True,
        help_text="None ticked: everything. Without withdrawals and merges the partner keeps what is no longer public.",
    )
    places = ArrayField(
        models.CharField(max_length=16),
        verbose_name="countries and regions",
        default=list,
        blank=True,
        help_text="Records within any of these places; organisations, sources and statements lie in none. Empty: all. "
        "What becomes of a record that was taken back is told wherever it was.",
    )
    secret = models.TextField("secret", editable=False)
    old_secret = models.TextField("secret before", editable=False, blank=True)
    old_secret_until = models.DateTimeField("secret before signs until", editable=False, null=True, blank=True)
    position = models.BigIntegerField("dealt with up to entry", editable=False, default=0)
    state = models.CharField(
        "state", max_length=8, choices=WebhookState, editable=False, default=WebhookState.ACTIVE, db_index=True
    )
    reason = models.CharField("reason", max_length=500, editable=False, blank=True)
    since = models.DateTimeField("since", editable=False, default=timezone.now)
    failures = models.PositiveSmallIntegerField("failures in a row", editable=False, default=0)
    last_attempt = models.DateTimeField("last attempt", editable=False, null=True, blank=True)
    next_attempt = models.DateTimeField("next attempt", editable=False, null=True, blank=True)
    last_success = models.DateTimeField("last success", editable=False, null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="made by"
    )
    made_at = models.DateTimeField("made at", editable=False, default=timezone.now)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        """By name."""

        verbose_name, verbose_name_plural = "webhook", "webhooks"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """Whether anything is sent."""
        return self.state == WebhookState.ACTIVE


class WebhookAttempt(models.Model):
    """How one attempt to tell went; nothing of what the other side answered but its status."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="attempts", verbose_name="webhook")
    at = models.DateTimeField("at", default=timezone.now)
    number = models.BigIntegerField("entry of the feed", null=True, blank=True)  # none for a test
    status = models.PositiveSmallIntegerField("HTTP status", null=True, blank=True)
    succeeded = models.BooleanField("taken")
    words = models.CharField("how it went", max_length=200)
    milliseconds = models.PositiveIntegerField("milliseconds")

    class Meta:
        """The newest first."""

        verbose_name, verbose_name_plural = "attempt", "attempts"
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.webhook_id}: {self.words}"
