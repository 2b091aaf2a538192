"""Country budgets for heritage and the gap that was reported with them."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Entry, EntryQuerySet
from .events import Event
from .placed import Placed
from .regions import Region, RegionKind
from .translations import Text
from .wording import validate_currency


class GapBasis(models.TextChoices):
    """What the gap is a share of."""

    UNKNOWN = "unknown", _("Not stated")
    OF_NEED = "of_need", _("Share of what is needed")
    OF_BUDGET = "of_budget", _("Share of the budget")


class Maturity(models.TextChoices):
    """How settled the figures are."""

    PRELIMINARY = "preliminary", _("Preliminary")
    FINAL = "final", _("Final")
    SUPERSEDED = "superseded", _("Superseded")


class CountryBudgetQuerySet(EntryQuerySet):
    """Questions about budgets."""

    def in_year(self, year: int) -> Self:
        """Budgets for the year."""
        return self.filter(year=year)


class CountryBudget(Entry, Placed):
    """An annual heritage budget as one source gives it, with its gap and the definition of the gap."""

    prefix, noun, slug = "BUD", "budget", "budgets"
    place_paths = ("region",)

    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="budgets",
        verbose_name=_("region"),
        help_text=_("The country or area of the budget, only where the source means all of it."),
    )
    label_as_reported = models.CharField(
        _("label as reported"),
        max_length=200,
        blank=True,
        help_text=_("What the source's table calls the row, such as “Russia (Caspian region)”."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2200)],
        help_text=_("The year the budget is for. Leave empty when the source does not say."),
    )
    amount = models.DecimalField(
        _("amount"),
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("In whole units, such as 4200000. Blank is not zero: leave it empty when the source is silent."),
    )
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, validators=[validate_currency], help_text=_("ISO 4217, such as USD.")
    )
    amount_as_reported = models.CharField(
        _("amount as reported"), max_length=100, blank=True, help_text=_("As the source prints it, such as “4.2M USD”.")
    )
    gap_percent = models.DecimalField(
        _("gap, in percent"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        # xgettext:no-python-format
        help_text=_("The number the source gives, without the % sign."),
    )
    gap_basis = models.CharField(
        _("gap basis"),
        max_length=10,
        choices=GapBasis,
        default=GapBasis.UNKNOWN,
        help_text=_(
            "Of what the gap is a share. Unless the source says so, leave it unknown: both readings are then shown."
        ),
    )
    maturity = models.CharField(
        _("maturity"),
        max_length=12,
        choices=Maturity,
        blank=True,
        help_text=_("Preliminary until a source calls the figures final."),
    )
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="budgets",
        verbose_name=_("presented at"),
        help_text=_("The gathering at which the source says it was presented."),
    )

    objects = CountryBudgetQuerySet.as_manager()

    class Meta(Entry.Meta):
        """Money has its currency, and a gap of the need stays below all of it."""

        verbose_name, verbose_name_plural = _("country budget"), _("country budgets")
        indexes = [*Entry.Meta.indexes, *Placed.Meta.indexes]
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                name="budget_money_has_its_currency",
                condition=Q(amount=None, currency="") | Q(amount__gte=0) & ~Q(currency=""),
                violation_error_message=_("An amount needs its currency, and a currency its amount."),
            ),
            models.CheckConstraint(
                name="budget_gap_of_need_below_100",
                condition=~Q(gap_basis="of_need") | Q(gap_percent=None) | Q(gap_percent__lt=100),
                violation_error_message=_("A gap that is a share of the need is below 100 percent."),
            ),
            models.CheckConstraint(
                name="budget_gap_not_negative",
                condition=Q(gap_percent=None) | Q(gap_percent__gte=0),
                violation_error_message=_("A gap is never negative."),
            ),
        ]

    @property
    def label(self) -> Text:
        """Whose budget it is, as the source names it."""
        region, reported = self.region, self.label_as_reported
        if region and reported.casefold() in {"", region.title.casefold()}:
            return region.shown_title
        return Text(reported) if reported else self.shown_title

    @property
    def covers_whole_country(self) -> bool:
        """Whether it may be ranked beside countries; a part of a country may not."""
        return bool(self.region and self.region.kind == RegionKind.COUNTRY)
