"""One FilterSet a noun, for pages and API alike."""

from registry.models import (
    CountryBudget,
    Entry,
    Event,
    Initiative,
    Organisation,
    Project,
    Region,
    Source,
    Statement,
)

from .base import EntryFilter
from .budgets import CountryBudgetFilter
from .events import EventFilter
from .initiatives import InitiativeFilter
from .organisations import OrganisationFilter
from .projects import ProjectFilter
from .regions import RegionFilter
from .sources import SourceFilter
from .statements import StatementFilter

FILTERS: dict[type[Entry], type[EntryFilter]] = {
    Project: ProjectFilter,
    Initiative: InitiativeFilter,
    CountryBudget: CountryBudgetFilter,
    Region: RegionFilter,
    Organisation: OrganisationFilter,
    Event: EventFilter,
    Source: SourceFilter,
    Statement: StatementFilter,
}

__all__ = [
    "FILTERS",
    "CountryBudgetFilter",
    "EntryFilter",
    "EventFilter",
    "InitiativeFilter",
    "OrganisationFilter",
    "ProjectFilter",
    "RegionFilter",
    "SourceFilter",
    "StatementFilter",
]
