"""Money for people: the currency always beside the figure, rounded only in print."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

_MILLION = Decimal(1_000_000)


def exact(amount: Decimal, currency: str) -> str:
    """Every digit: "USD 4,200,000"; cents only where there are any."""
    places = 0 if amount == amount.to_integral_value() else 2
    return f"{currency} {number_format(amount, places, use_l10n=True, force_grouping=True)}"


def short(amount: Decimal, currency: str) -> str:
    """For a chart: "USD 1.80M" from a million on, else exact."""
    if amount < _MILLION:
        return exact(amount.quantize(Decimal(1), ROUND_HALF_UP), currency)
    return _("%(currency)s %(figure)sM") % {"currency": currency, "figure": millions(amount)}


def millions(amount: Decimal) -> str:
    """The figure in millions, to two places."""
    return number_format((amount / _MILLION).quantize(Decimal("0.01"), ROUND_HALF_UP), 2)
