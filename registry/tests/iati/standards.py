"""The IATI standard as its authors write it: the schema, the ruleset and the code lists, asked of a file."""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

_FOLDER = Path(__file__).with_name("standard")
_CODES = {
    "activity-date/@type": "ActivityDateType",
    "activity-scope/@code": "ActivityScope",
    "activity-status/@code": "ActivityStatus",
    "description/@type": "DescriptionType",
    "document-link/category/@code": "DocumentCategory",
    "document-link/language/@code": "Language",
    "location/exactness/@code": "GeographicExactness",
    "location/location-class/@code": "GeographicLocationClass",
    "location/location-reach/@code": "GeographicLocationReach",
    "location/location-id/@vocabulary": "GeographicVocabulary",
    "participating-org/@role": "OrganisationRole",
    "*/@xml:lang | */narrative/@xml:lang | @xml:lang": "Language",
    "reporting-org/@type | participating-org/@type | transaction/provider-org/@type": "OrganisationType",
    "recipient-country/@code": "Country",
    "sector/@code": "Sector",
    "sector/@vocabulary": "SectorVocabulary",
    "transaction/transaction-type/@code": "TransactionType",
    "transaction/value/@currency": "Currency",
}


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_FOLDER / "iati-activities-schema.xsd"))


def faults(content: bytes) -> list[str]:
    """Everything that the schema, the ruleset and the code lists find wrong."""
    tree = etree.fromstring(content)
    schema = _schema()
    schema.validate(tree)
    return [*(str(error) for error in schema.error_log), *_against_the_rules(tree), *_off_the_lists(tree)]


def _against_the_rules(tree: etree._Element) -> Iterator[str]:
    for context, rules in json.loads((_FOLDER / "standard_ruleset.json").read_text()).items():
        for found in tree.xpath(context):
            for name, rule in rules.items():
                yield from (f"{context} {name}: {case}" for case in rule["cases"] if not _RULES[name](found, case))


def _off_the_lists(tree: etree._Element) -> Iterator[str]:
    lists = json.loads((_FOLDER / "codelists.json").read_text())
    for path, name in _CODES.items():
        for activity in tree.iterfind("iati-activity"):
            yield from (f"{path} {code}" for code in activity.xpath(path) if code not in lists[name])


def _atleast_one(found: etree._Element, case: dict[str, Any]) -> bool:
    return any(found.xpath(path) for path in case["paths"])


def _no_more_than_one(found: etree._Element, case: dict[str, Any]) -> bool:
    return sum(len(found.xpath(path)) for path in case["paths"]) <= 1


def _date_order(found: etree._Element, case: dict[str, Any]) -> bool:
    less, more = (
        [date.today().isoformat()] if path == "NOW" else found.xpath(path) for path in (case["less"], case["more"])
    )
    return all(first[:10] <= last[:10] for first in less for last in more)


def _regex_matches(found: etree._Element, case: dict[str, Any]) -> bool:
    values = [getattr(value, "text", value) for path in case["paths"] for value in found.xpath(path)]
    return all(re.fullmatch(case["regex"], value) for value in values)


def _sum(found: etree._Element, case: dict[str, Any]) -> bool:
    values = [float(value) for path in case["paths"] for value in found.xpath(path)]
    return not values or abs(sum(values) - case["sum"]) < 0.01


_RULES = {
    "atleast_one": _atleast_one,
    "no_more_than_one": _no_more_than_one,
    "date_order": _date_order,
    "regex_matches": _regex_matches,
    "sum": _sum,
}
