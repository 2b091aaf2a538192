"""What people who may not publish ask for: a new record, a correction, a review, to join, to pass on a word."""

import secrets
from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .wording import compose, validate_plain, validate_web_address

REVIEWING_TAKES = timezone.timedelta(minutes=30)


class ProposalKind(models.TextChoices):
    """What is asked for."""

    NEW = "new", _("A new record")
    CHANGE = "change", _("A correction")
    PUBLISH = "publish", _("A draft to publish")
    JOIN = "join", _("Asks to join")
    MESSAGE = "message", _("Message")


class Origin(models.TextChoices):
    """By which door it came."""

    PUBLIC = "public", _("A visitor")
    CONTRIBUTOR = "contributor", _("An editor's account")
    PARTNER = "partner", _("A partner's system")


class ProposalState(models.TextChoices):
    """Where it stands; the last five are final."""

    HELD = "held", _("Held as possible spam")
    WAITING = "waiting", _("Waiting for review")
    ASKED = "asked", _("Waiting for an answer from whoever proposed it")
    SECONDED = "seconded", _("Waiting for a second person")
    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Accepted in part")
    DECLINED = "declined", _("Declined")
    PASSED_ON = "passed_on", _("Passed on")
    CLOSED = "closed", _("Closed")


# Words to somebody, with nothing in them to decide about a record.
LETTERS = (ProposalKind.JOIN, ProposalKind.MESSAGE)
OPEN = (ProposalState.WAITING, ProposalState.ASKED, ProposalState.SECONDED)


def new_reference() -> str:
    """The secret part of the private link: 130 random bits in 26 letters and digits."""
    return "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz234567") for _n in range(26))


class ProposalQuerySet(models.QuerySet):
    """Questions of the queue."""

    def open(self) -> Self:
        """Those that still wait for somebody; what was folded into another waits there."""
        return self.filter(state__in=OPEN, folded_into=None)

    def decided(self) -> Self:
        """Those about which everything is said."""
        return self.exclude(state__in=[*OPEN, ProposalState.HELD])


class Proposal(models.Model):
    """What somebody asks for, field by field, with its evidence; seen by the editors and its author alone."""

    reference = models.CharField(_("reference"), max_length=26, unique=True, default=new_reference, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=ProposalKind, editable=False)
    origin = models.CharField(_("origin"), max_length=12, choices=Origin, default=Origin.PUBLIC, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    entry_type = models.CharField(_("noun"), max_length=40, editable=False)
    code = models.CharField(
        _("record"), max_length=16, blank=True, db_collation="C", help_text=_("Empty until a new record is made of it.")
    )
    title = models.CharField(_("title"), max_length=300, blank=True, validators=[validate_plain])
    base_version = models.PositiveIntegerField(_("version it started from"), null=True, blank=True, editable=False)
    before = models.JSONField(_("before"), default=dict, blank=True, editable=False)
    proposed = models.JSONField(_("proposed"), default=dict, blank=True, editable=False)
    text = models.TextField(_("text"), blank=True, validators=[MaxLengthValidator(5000), validate_plain])
    evidence = models.TextField(_("evidence"), blank=True, validators=[MaxLengthValidator(2000), validate_plain])
    evidence_url = models.URLField(
        _("evidence on the web"), max_length=500, blank=True, validators=[validate_web_address]
    )
    name = models.CharField(_("name"), max_length=200, blank=True, validators=[validate_plain])
    email = models.EmailField(_("e-mail"), blank=True)
    credit = models.CharField(
        _("credited as"),
        max_length=200,
        blank=True,
        validators=[validate_plain],
        help_text=_("As the history shows it to everybody; empty: not named."),
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        default=settings.LANGUAGE_CODE,
        choices=settings.LANGUAGES,
        editable=False,
        help_text=_("Of the pages on which it was written: mail about it is in the same."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="proposals"
    )
    idempotency_key = models.CharField(max_length=128, blank=True, editable=False)
    request_digest = models.CharField(max_length=64, blank=True, editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="taken_proposals"
    )
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True, editable=False)
    decisions = models.JSONField(_("decisions"), default=dict, blank=True, editable=False)
    first_reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    folded_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="folded"
    )
    batch = models.UUIDField(_("batch"), null=True, blank=True, editable=False)
    received_at = models.DateTimeField(_("received at"), default=timezone.now, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        """The oldest first; one request of a partner is one proposal however often it is sent."""

        verbose_name, verbose_name_plural = _("proposal"), _("proposals")
        ordering = ["received_at", "pk"]
        default_permissions = ("view", "review", "second", "add", "delete")
        indexes = [
            models.Index(fields=["state", "received_at"], name="proposal_queue"),
            models.Index(fields=["code", "state"], name="proposal_of_record"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="proposal_once_a_key", fields=["by", "idempotency_key"], condition=~Q(idempotency_key="")
            ),
            models.CheckConstraint(
                name="proposal_erased_holds_nobody",
                condition=Q(erased_at=None) | Q(name="", email="", text="", evidence="", credit=""),
                violation_error_message=_("What was written here was erased."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title or self.code}"

    def clean(self) -> None:
        """Text is stored composed (Unicode NFC)."""
        super().clean()
        compose(self)

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in OPEN

    @property
    def account(self) -> str:
        """The account whose token it came with; empty where none was used, or once it is erased who asked."""
        return str(self.by) if self.origin == Origin.PARTNER and self.by and not self.erased_at else ""

    def taken_until(self) -> timezone.datetime | None:
        """Until when somebody has it; None when nobody ever took it or gave it back."""
        return self.taken_at + REVIEWING_TAKES if self.taken_at else None

    def is_taken(self, now: timezone.datetime) -> bool:
        """Whether somebody has it at the moment."""
        return self.taken_by_id is not None and self.taken_at is not None and now < self.taken_at + REVIEWING_TAKES


class ProposalMessage(models.Model):
    """One word in the conversation about a proposal, or one step of its way; what is internal stays among editors."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="messages")
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    from_author = models.BooleanField(_("from whoever proposed it"), default=False)
    internal = models.BooleanField(_("among editors"), default=False)
    step = models.CharField(_("step"), max_length=12, blank=True)
    text = models.TextField(_("text"), blank=True, validators=[MaxLengthValidator(5000), validate_plain])

    class Meta:
        """In the order of the conversation."""

        verbose_name, verbose_name_plural = _("message"), _("messages")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {self.step or self.text[:40]}"
