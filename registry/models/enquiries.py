"""What visitors write: requests to join, and messages to the people behind a record; never public."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import code_of_a_record
from .wording import compose, validate_plain


class EnquiryKind(models.TextChoices):
    """What somebody wants."""

    JOIN = "join", _("Asks to join")
    MESSAGE = "message", _("Message")


class EnquiryState(models.TextChoices):
    """What became of it."""

    RECEIVED = "received", _("Received")
    HELD = "held", _("Held as possible spam")
    PASSED_ON = "passed_on", _("Passed on")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class Enquiry(models.Model):
    """What a visitor wrote about a record: a request to join, or a message to those behind it."""

    kind = models.CharField(_("kind"), max_length=8, choices=EnquiryKind, editable=False)
    code = code_of_a_record()
    name = models.CharField(_("name"), max_length=200, blank=True, validators=[validate_plain])
    email = models.EmailField(_("e-mail"), blank=True)
    text = models.TextField(_("text"), blank=True, max_length=4000, validators=[validate_plain])
    state = models.CharField(_("state"), max_length=10, choices=EnquiryState, default=EnquiryState.RECEIVED)
    note = models.TextField(_("note"), blank=True, max_length=2000, validators=[validate_plain])
    received_at = models.DateTimeField(_("received at"), default=timezone.now, editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        """The newest first; what was erased holds nothing."""

        verbose_name, verbose_name_plural = _("enquiry"), _("enquiries")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="enquiry_erased_holds_nothing",
                condition=Q(erased_at=None) | Q(name="", email="", text="", note=""),
                violation_error_message=_("What was written here was erased."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.code}"

    def clean(self) -> None:
        """Text is stored composed (Unicode NFC)."""
        super().clean()
        compose(self)
