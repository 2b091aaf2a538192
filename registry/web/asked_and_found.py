"""The table of money asked for and found that is also a chart: one a currency, and no sum across anything."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.asked_and_found import Figure, money
from registry.models import Flow, Funding

from .money import exact
from .records import list_url

# The transaction types of IATI 2.03 where it has one.
MEANINGS = {
    Flow.SOUGHT: _("Asked for; nobody has promised it. IATI has no transaction type for it."),
    Flow.PLEDGED: _("Announced by those who give it, and not yet binding (IATI transaction type 12, outgoing pledge)."),
    Flow.COMMITTED: _("Promised in a binding way (IATI transaction type 2, outgoing commitment)."),
    Flow.DISBURSED: _("Put at the disposal of those who carry out the work (IATI transaction type 3, disbursement)."),
    Flow.SPENT: _("Paid for the goods and services of the work (IATI transaction type 4, expenditure)."),
    Flow.RETURNED: _("Given back to those who gave it. IATI has no transaction type of its own for it."),
}


@dataclass(frozen=True)
class Row:
    """One flow in one currency: its figure in words, its bar in percent of the longest, and the lines behind it."""

    label: str
    asked: bool
    amount_text: str
    bar: float
    lines: int
    url: str


@dataclass(frozen=True)
class CurrencyTable:
    """The flows of one currency on one scale."""

    currency: str
    rows: list[Row]


@dataclass(frozen=True)
class Meaning:
    """A flow and what the word means."""

    label: str
    text: str


@dataclass(frozen=True)
class AskedAndFound:
    """Everything that some lines of funding say of money, with the list that shows exactly these lines."""

    lines: int
    url: str
    tables: list[CurrencyTable]
    unstated: list[Row]
    meanings: list[Meaning]


def asked_and_found(lines: QuerySet, asked: QueryDict) -> AskedAndFound:
    """The money of the lines that the list of funding gives when it is asked `asked`; one query."""
    found = money(lines)
    used = {figure.flow for figure in found.figures} | set(found.unstated)
    return AskedAndFound(
        found.lines,
        _address(asked),
        [_table(code, [f for f in found.figures if f.currency == code], asked) for code in found.currencies],
        [_silent(flow, count, asked) for flow, count in found.unstated.items()],
        [Meaning(str(flow.label), str(MEANINGS[flow])) for flow in Flow if flow in used],
    )


def asked_and_found_of(name: str, code: str) -> AskedAndFound:
    """The money of one project or initiative; `name` is the question of the list that finds its lines."""
    return asked_and_found(Funding.objects.public().filter(**{name: code}), QueryDict(f"{name}={code}"))


def _table(currency: str, figures: list[Figure], asked: QueryDict) -> CurrencyTable:
    longest = max(figure.total for figure in figures)
    rows = [
        Row(
            str(figure.flow.label),
            figure.flow == Flow.SOUGHT,
            exact(figure.total, currency),
            _share(figure.total, longest),
            figure.lines,
            _address(asked, flow=figure.flow.value, currency=currency),
        )
        for figure in figures
    ]
    return CurrencyTable(currency, rows)


def _silent(flow: Flow, count: int, asked: QueryDict) -> Row:
    asked = asked.copy()
    if "amount" not in asked.getlist("missing"):
        asked.appendlist("missing", "amount")
    return Row(str(flow.label), flow == Flow.SOUGHT, "", 0, count, _address(asked, flow=flow.value))


def _share(amount: Decimal, longest: Decimal) -> float:
    return round(float(amount / longest * 100), 3) if longest else 0.0


def _address(asked: QueryDict, **more: str) -> str:
    narrowed = asked.copy()
    for name, value in more.items():
        narrowed[name] = value
    query = narrowed.urlencode()
    return list_url(Funding) + (f"?{query}" if query else "")
