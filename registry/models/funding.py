"""Funding: what was sought, pledged, committed and disbursed, by whom, and by which mechanism."""

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Entry, EntryQuerySet
from .edtf_dates import Dated
from .heritage import heritage_types_field
from .initiatives import Initiative
from .organisations import Organisation
from .placed import Placed
from .projects import Project
from .regions import Region
from .wording import validate_currency, validate_plain


class Mechanism(models.TextChoices):
    """By what means the money comes."""

    SEED_GRANT = "seed_grant", _("Seed grant")
    PUBLIC_PRIVATE_PARTNERSHIP = "public_private_partnership", _("Public-private partnership")
    COMMUNITY_BASED = "community_based", _("Community-based funding")
    GOVERNMENT_BUDGET = "government_budget", _("Government budget")
    INTERNATIONAL_GRANT = "international_grant", _("International grant")
    LOAN = "loan", _("Loan")
    GUARANTEE = "guarantee", _("Guarantee")
    ENDOWMENT_TRUST = "endowment_trust", _("Endowment or trust")
    SPONSORSHIP = "sponsorship", _("Sponsorship")
    DONATION = "donation", _("Donation")
    IN_KIND = "in_kind", _("In kind")
    CROWDFUNDING = "crowdfunding", _("Crowdfunding")
    EMERGENCY_FUND = "emergency_fund", _("Emergency fund")
    POOLED_FUND = "pooled_fund", _("Pooled fund")
    OTHER = "other", _("Other")


class Flow(models.TextChoices):
    """What the money has done so far."""

    SOUGHT = "sought", _("Sought")
    PLEDGED = "pledged", _("Pledged")
    COMMITTED = "committed", _("Committed")
    DISBURSED = "disbursed", _("Disbursed")
    SPENT = "spent", _("Spent")
    RETURNED = "returned", _("Returned")


class Funding(Entry, Dated, Placed):
    """One line of money: asked for or found, for a project or an initiative, or offered before anybody asked."""

    prefix, noun, slug = "FND", "funding", "funding"
    place_paths = ("regions", "project__regions", "initiative__regions")

    flow = models.CharField(
        _("flow"),
        max_length=10,
        choices=Flow,
        db_index=True,
        help_text=_(
            "How far the money has come: sought, pledged, committed, disbursed, spent or returned. One line for each."
        ),
    )
    mechanism = models.CharField(
        _("mechanism"),
        max_length=26,
        choices=Mechanism,
        blank=True,
        db_index=True,
        help_text=_("By what means the money comes. Empty: not stated by the source."),
    )
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding",
        verbose_name=_("project"),
        help_text=_("What the money is for, where that is a project; else an initiative, else neither."),
    )
    initiative = models.ForeignKey(
        Initiative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding",
        verbose_name=_("initiative"),
        help_text=_("What the money is for, where that is an initiative."),
    )
    funder = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding",
        verbose_name=_("funder"),
        help_text=_("Who gives. For money that is only sought, leave it empty."),
    )
    funder_as_reported = models.CharField(
        _("funder as reported"),
        max_length=200,
        blank=True,
        validators=[validate_plain],
        help_text=_("The source's own words, where the giver is not in this register."),
    )
    amount = models.DecimalField(
        _("amount"),
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("In whole units, such as 50000. Blank is not zero: leave it empty when the source is silent."),
    )
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, validators=[validate_currency], help_text=_("ISO 4217, such as USD.")
    )
    amount_as_reported = models.CharField(
        _("amount as reported"),
        max_length=100,
        blank=True,
        validators=[validate_plain],
        help_text=_("As the source prints it."),
    )
    heritage_types = heritage_types_field()
    regions = models.ManyToManyField(
        Region,
        blank=True,
        related_name="funding_set",
        verbose_name=_("regions"),
        help_text=_("For money that is for no project or initiative yet; otherwise theirs count as well."),
    )

    objects = EntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        """Money has its currency, and one line is for one thing."""

        verbose_name, verbose_name_plural = _("funding line"), _("funding")
        indexes = [
            *Entry.Meta.indexes,
            *Dated.Meta.indexes,
            *Placed.Meta.indexes,
            GinIndex(fields=["heritage_types"], name="funding_heritage_types"),
        ]
        constraints = [
            *Entry.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="funding_money_has_its_currency",
                condition=Q(amount=None, currency="") | Q(amount__gte=0) & ~Q(currency=""),
                violation_error_message=_("An amount needs its currency, and a currency its amount."),
            ),
            models.CheckConstraint(
                name="funding_is_for_one_thing",
                condition=Q(project=None) | Q(initiative=None),
                violation_error_message=_("A line of funding is for a project or for an initiative, not for both."),
            ),
        ]
