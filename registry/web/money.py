"""Money for people: the currency always beside the figure, rounded only in print."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

_MILLION = Decimal(1_000_000)


def exact(amount: Decimal, currency: str) -> str:
    """Every digit: "USD 4,200,000"; cents only where there are any."""
    places = 0 if amount == amount.to_integral_value() else 2
    figure = number_format(amount, places, use_l10n=True, force_grouping=True)
    return _("%(currency)s %(figure)s") % {"currency": currency, "figure": figure}


def short(amount: Decimal, currency: str) -> str:
    """For a chart: "USD 1.80M" from a million on, else exact."""
    if amount < _MILLION:
        return exact(amount.quantize(Decimal(1), ROUND_HALF_UP), currency)
    return _("%(currency)s %(figure)sM") % {"currency": currency, "figure": millions(amount)}


def between(low: Decimal, high: Decimal, currency: str) -> str:
    """A range in one unit: "USD 1.26M to 1.80M"."""
    if high < _MILLION:
        low_text, high_text = (number_format(amount, 0, force_grouping=True) for amount in (low, high))
        return _("%(currency)s %(low)s to %(high)s") % {"currency": currency, "low": low_text, "high": high_text}
    figures = {"currency": currency, "low": millions(low), "high": millions(high)}
    return _("%(currency)s %(low)sM to %(high)sM") % figures


def ticks(step: Decimal, count: int) -> list[str]:
    """The marks of a scale from 0 on, with the unit at the last alone: "0", "2", "4M"."""
    if step % _MILLION:
        return [number_format(step * number, 0, force_grouping=True) for number in range(count + 1)]
    figures = [number_format(step * number / _MILLION, 0) for number in range(count + 1)]
    return [*figures[:-1], _("%(figure)sM") % {"figure": figures[-1]}]


def percent(share: Decimal) -> str:
    """A share in percent: "30 %", with as many places as it has."""
    figure = number_format(share.normalize(), use_l10n=True) if share else "0"
    return _("%(figure)s %(sign)s") % {"figure": figure, "sign": "%"}


def millions(amount: Decimal) -> str:
    """The figure in millions, to two places."""
    return number_format((amount / _MILLION).quantize(Decimal("0.01"), ROUND_HALF_UP), 2)
