"""Who funds, leads, carries out, owns, convenes or hosts the work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Entry, EntryQuerySet
from .rows import Row
from .wording import validate_country, validate_web_address


class OrganisationType(models.TextChoices):
    """IATI OrganisationType, version 2.03."""

    GOVERNMENT = "10", _("Government")
    LOCAL_GOVERNMENT = "11", _("Local government")
    OTHER_PUBLIC = "15", _("Other public sector")
    INTERNATIONAL_NGO = "21", _("International NGO")
    NATIONAL_NGO = "22", _("National NGO")
    REGIONAL_NGO = "23", _("Regional NGO")
    PARTNER_COUNTRY_NGO = "24", _("Partner country based NGO")
    PUBLIC_PRIVATE = "30", _("Public-private partnership")
    MULTILATERAL = "40", _("Multilateral")
    FOUNDATION = "60", _("Foundation")
    PRIVATE = "70", _("Private sector")
    ACADEMIC = "80", _("Academic, training and research")
    OTHER = "90", _("Other")


class Role(models.TextChoices):
    """IATI OrganisationRole 1 to 4, and the roles of heritage work that IATI has no code for."""

    FUNDING = "funding", _("Funding")
    ACCOUNTABLE = "accountable", _("Accountable")
    EXTENDING = "extending", _("Extending")
    IMPLEMENTING = "implementing", _("Implementing")
    REPORTING = "reporting", _("Reporting")
    PARTNER = "partner", _("Partner")
    OWNER = "owner", _("Owner")
    REGULATOR = "regulator", _("Regulator")
    CONVENOR = "convenor", _("Convenor")
    ASSESSOR = "assessor", _("Assessor")
    HOST = "host", _("Host")


class Organisation(Entry):
    """A body that takes part in heritage work."""

    prefix, noun, slug = "ORG", "organisation", "organisations"

    organisation_type = models.CharField(
        _("type"),
        max_length=2,
        choices=OrganisationType,
        blank=True,
        help_text=_("IATI OrganisationType. Empty: not known."),
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        validators=[validate_country],
        help_text=_("ISO 3166-1 alpha-2, for example AZ. Empty for an international body, or where it is not stated."),
    )
    website = models.URLField(
        _("website"),
        blank=True,
        max_length=500,
        validators=[validate_web_address],
        help_text=_("Its own page, beginning with https://."),
    )

    objects = EntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        """The common rules of an entry."""

        verbose_name, verbose_name_plural = _("organisation"), _("organisations")


class Participation(Row):
    """An organisation in a role; the noun it takes part in adds the other end."""

    shown_through = "organisation"

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="%(class)s_set",
        verbose_name=_("organisation"),
        help_text=_("A body of this register, never a person."),
    )
    role = models.CharField(
        _("role"),
        max_length=12,
        choices=Role,
        help_text=_("IATI OrganisationRole, or a role of heritage work that IATI has no code for."),
    )

    class Meta(Row.Meta):
        """The noun adds that a role is named once."""

        abstract = True

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"
