"""The people behind records: never public, kept with consent and an end, erased on request."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import code_of_a_record
from .wording import compose, validate_plain


class Consent(models.TextChoices):
    """What the person has agreed to."""

    GIVEN = "given", _("Agreed to be written to")
    NOT_ASKED = "not_asked", _("Not asked yet")
    REFUSED = "refused", _("Refused")


class Contact(models.Model):
    """A person behind records: kept as long as needed and agreed, erased on request down to a stub."""

    name = models.CharField(_("name"), max_length=200, blank=True, validators=[validate_plain])
    position = models.CharField(_("position"), max_length=200, blank=True, validators=[validate_plain])
    organisation = models.CharField(_("organisation"), max_length=200, blank=True, validators=[validate_plain])
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True, validators=[validate_plain])
    note = models.TextField(_("note"), blank=True, max_length=2000, validators=[validate_plain])
    consent = models.CharField(_("consent"), max_length=10, choices=Consent, default=Consent.NOT_ASKED)
    consent_on = models.DateField(_("consent given or refused on"), null=True, blank=True)
    as_of = models.DateField(
        _("as of"), null=True, blank=True, help_text=_("When these details were last known to be right.")
    )
    expires_on = models.DateField(
        _("expires on"), help_text=_("After this day the details are erased, unless somebody renews them.")
    )
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        """An erased contact holds nothing; one that agreed says when."""

        verbose_name, verbose_name_plural = _("contact"), _("contacts")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="contact_erased_holds_nothing",
                condition=Q(erased_at=None) | Q(name="", position="", organisation="", email="", telephone="", note=""),
                violation_error_message=_("The details of this contact were erased."),
            ),
            models.CheckConstraint(
                name="contact_consent_has_its_day",
                condition=Q(consent=Consent.NOT_ASKED) | Q(consent_on__isnull=False),
                violation_error_message=_("Say on which day consent was given or refused."),
            ),
        ]

    def __str__(self) -> str:
        if self.erased_at:
            return _("Erased contact %(number)d") % {"number": self.pk}
        return self.name or self.position

    def clean(self) -> None:
        """There is somebody, and a way to reach them."""
        super().clean()
        compose(self)
        if self.erased_at is None and not (self.name or self.position):
            raise ValidationError(_("Give the name of the person, or the position."))
        if self.erased_at is None and not (self.email or self.telephone):
            raise ValidationError(_("Give an e-mail address or a telephone number."))

    @property
    def may_be_written_to(self) -> bool:
        """Whether a message may be passed on: agreed, not expired, with an address."""
        expired = self.expires_on < timezone.localdate()
        return self.consent == Consent.GIVEN and bool(self.email) and not expired


class ContactDuty(models.Model):
    """Which record a contact stands behind, and for a protocol what they are called for, in which order."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="duties")
    code = code_of_a_record()
    duty = models.CharField(_("duty"), max_length=200, blank=True, validators=[validate_plain])
    position = models.PositiveSmallIntegerField(_("call in this order"), default=1, validators=[MinValueValidator(1)])

    class Meta:
        """The first to call comes first."""

        verbose_name, verbose_name_plural = _("record"), _("records")
        ordering = ["code", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="contact_duty_once",
                fields=["contact", "code", "duty"],
                violation_error_message=_("This contact stands there already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.duty}" if self.duty else self.code
