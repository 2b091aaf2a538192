"""What the document of one noun has and others have not: other names of fields, and values that are worked out."""

from typing import Any

from django.urls import reverse

from registry import gap
from registry.models import CountryBudget, Entry, Protocol, Resource, Source, Statement

from .given import Given
from .values import Read

# Own fields whose name every record needs for something else.
RENAMED: dict[type[Entry], dict[str, str]] = {Resource: {"url": "source_url"}, Source: {"url": "source_url"}}
# Own fields that stand in one object, by its name.
GROUPED: dict[type[Entry], dict[str, tuple[str, ...]]] = {Resource: {"file": Resource.inseparable[0]}}


def gap_amount(budget: CountryBudget, _given: Given) -> dict[str, str | None] | None:
    """The gap in money by what it is a share of; null where the amount or the gap is not stated."""
    amounts = gap.amounts(budget)
    return amounts and {basis: str(amounts[basis]) if basis in amounts else None for basis in ("of_need", "of_budget")}


def file(resource: Resource, given: Given) -> dict[str, Any] | None:
    """The file that the register holds; null where it holds none."""
    if not resource.file_sha256:
        return None
    return {
        "url": given.host + reverse("registry:resource-file", args=[resource.pk]),
        "name": resource.file_name,
        "media_type": resource.file_type,
        "size": resource.file_size,
        "sha256": resource.file_sha256,
        "width": resource.image_width,
        "height": resource.image_height,
    }


def about(statement: Statement, given: Given) -> list[dict[str, str | None]]:
    """The records that the statement names, in its order, without what the public never could read."""
    known = [(code, *given.subjects[code]) for code in statement.about if code in given.subjects]
    return [given.link(model, code, title) for code, model, title in known]


def only_public_sites(read: Read) -> Read:
    """Of the sites that an activation names, only those that are or were public."""

    def activations(protocol: Protocol, given: Given) -> list[dict[str, Any]]:
        rows = read(protocol, given)
        for row in rows:
            row["sites"] = [code for code in row["sites"] if code in given.sites]
        return rows

    return activations
