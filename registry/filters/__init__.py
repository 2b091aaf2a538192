"""One FilterSet a noun, for pages and API alike."""

from registry.models import (
    CountryBudget,
    Entry,
    Event,
    Funding,
    Initiative,
    Mission,
    Observation,
    Organisation,
    Programme,
    Project,
    Protocol,
    Region,
    Resource,
    Site,
    Source,
    Statement,
)

from .base import EntryFilter
from .budgets import CountryBudgetFilter
from .events import EventFilter
from .funding import FundingFilter
from .initiatives import InitiativeFilter
from .missions import MissionFilter
from .observations import ObservationFilter
from .organisations import OrganisationFilter
from .programmes import ProgrammeFilter
from .projects import ProjectFilter
from .protocols import ProtocolFilter
from .regions import RegionFilter
from .resources import ResourceFilter
from .sites import SiteFilter
from .sources import SourceFilter
from .statements import StatementFilter

FILTERS: dict[type[Entry], type[EntryFilter]] = {
    Project: ProjectFilter,
    Initiative: InitiativeFilter,
    CountryBudget: CountryBudgetFilter,
    Funding: FundingFilter,
    Region: RegionFilter,
    Site: SiteFilter,
    Mission: MissionFilter,
    Observation: ObservationFilter,
    Protocol: ProtocolFilter,
    Programme: ProgrammeFilter,
    Resource: ResourceFilter,
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
    "FundingFilter",
    "InitiativeFilter",
    "MissionFilter",
    "ObservationFilter",
    "OrganisationFilter",
    "ProgrammeFilter",
    "ProjectFilter",
    "ProtocolFilter",
    "RegionFilter",
    "ResourceFilter",
    "SiteFilter",
    "SourceFilter",
    "StatementFilter",
]
