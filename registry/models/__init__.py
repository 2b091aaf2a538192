"""What the register knows, and the rules that always hold."""

from .accounts import User
from .base import Entry, State
from .budgets import CountryBudget, GapBasis, Maturity
from .changes import Action, Change
from .edtf_dates import Dated
from .events import Event, EventKind
from .heritage import HeritageType, Scope
from .initiatives import Initiative, InitiativeKind, InitiativeParticipation, InitiativeStatus, OwhcType
from .organisations import Organisation, OrganisationType, Role
from .placed import Placed
from .projects import Project, ProjectParticipation, ProjectStatus
from .regions import Precision, Region, RegionKind
from .sources import Citation, Source, SourceKind
from .stages import StatusGroup
from .statements import Statement, Verification

# Every noun that editors publish, in the order of the public menu.
ENTRIES: tuple[type[Entry], ...] = (
    Project,
    Initiative,
    CountryBudget,
    Region,
    Organisation,
    Event,
    Source,
    Statement,
)

__all__ = [
    "ENTRIES",
    "Action",
    "Change",
    "Citation",
    "CountryBudget",
    "Dated",
    "Entry",
    "Event",
    "EventKind",
    "GapBasis",
    "HeritageType",
    "Initiative",
    "InitiativeKind",
    "InitiativeParticipation",
    "InitiativeStatus",
    "Maturity",
    "Organisation",
    "OrganisationType",
    "OwhcType",
    "Placed",
    "Precision",
    "Project",
    "ProjectParticipation",
    "ProjectStatus",
    "Region",
    "RegionKind",
    "Role",
    "Scope",
    "Source",
    "SourceKind",
    "State",
    "Statement",
    "StatusGroup",
    "User",
    "Verification",
]
