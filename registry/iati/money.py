"""Lines of funding as transactions, seen from the project: money that comes to it, and money spent on it."""

from xml.etree.ElementTree import Element

from registry.documents import Document
from registry.models import Flow

from .around import Around
from .dates import is_full_day, not_a_day
from .elements import child, narrative, narratives
from .reasons import Reasons

# IATI TransactionType 2.03: incoming pledge, incoming commitment, incoming funds, expenditure.
TYPES = {Flow.PLEDGED: "13", Flow.COMMITTED: "11", Flow.DISBURSED: "1", Flow.SPENT: "4"}
_NO_TYPE = {
    Flow.SOUGHT: "Money that is only sought is no transaction.",
    Flow.RETURNED: "The standard has no type for money that was returned.",
}


def transactions(activity: Element, project: Document, around: Around, reasons: Reasons) -> None:
    """One for each line with a type, an amount and a full day; why another is left out is said of the line."""
    for line in around.funding.get(project["code"], ()):
        missing = _missing(line)
        for field, text in missing:
            reasons.without(field, text, line["code"])
        if not missing:
            _transaction(activity, line, around)


def _missing(line: Document) -> list[tuple[str, str]]:
    found = []
    if line["flow"] in _NO_TYPE:
        found.append(("flow", _NO_TYPE[line["flow"]]))
    if line["amount"] is None:
        found.append(("amount", "No amount is stated."))
    if not line["dates"]:
        found.append(("dates", "No date is stated."))
    elif not is_full_day(day := line["dates"]["edtf"]):
        found.append(("dates", not_a_day(day, "the money")))
    elif day > line["updated_at"][:10]:
        found.append(("dates", f"The date ({day}) lies after the last change of the line."))
    return found


def _transaction(activity: Element, line: Document, around: Around) -> None:
    day = line["dates"]["edtf"]
    transaction = child(activity, "transaction", ref=line["code"])
    child(transaction, "transaction-type", code=TYPES[line["flow"]])
    child(transaction, "transaction-date", iso_date=day)
    child(transaction, "value", currency=line["currency"], value_date=day).text = line["amount"]
    narratives(child(transaction, "description"), line)
    if line["flow"] != Flow.SPENT:  # who spends is not who gave
        _provider(transaction, line, around)


def _provider(transaction: Element, line: Document, around: Around) -> None:
    funder = line["funder"] and around.organisations.get(line["funder"]["code"])
    if funder:
        narratives(child(transaction, "provider-org", type=funder["organisation_type"]), funder)
    elif line["funder_as_reported"]:
        narrative(child(transaction, "provider-org"), line["funder_as_reported"])
