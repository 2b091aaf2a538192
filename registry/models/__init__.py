"""What the register knows, and the rules that always hold."""

from .accounts import User
from .base import Entry, State
from .budgets import CountryBudget, GapBasis, Maturity
from .changes import Action, Change
from .contacts import Consent, Contact, ContactDuty
from .edtf_dates import Dated
from .events import Event, EventKind
from .exact_places import ExactPlace
from .feed import FeedEntry, FeedState
from .funding import Flow, Funding, Mechanism
from .heritage import HeritageType, Scope
from .imports import Import, ImportRow, ImportState, RowOutcome
from .initiatives import Initiative, InitiativeKind, InitiativeParticipation, InitiativeStatus, OwhcType
from .jobs import Job, JobKind, JobState
from .link_checks import LinkCheck
from .looks import Look, PrivateChange
from .missions import InventoryItem, Mission, MissionParticipation, MissionStatus, MissionStep
from .observations import (
    Condition,
    DamageClass,
    DamageExtent,
    Likelihood,
    Method,
    Observation,
    ObservedThreat,
    Threat,
    Trend,
)
from .organisations import Organisation, OrganisationType, Participation, Role
from .placed import Placed
from .programmes import Programme, ProgrammeKind, ProgrammeParticipation, ProgrammeStatus, Session
from .projects import Project, ProjectParticipation, ProjectStatus
from .proposals import LETTERS, OPEN, Origin, Proposal, ProposalKind, ProposalMessage, ProposalState
from .protocols import (
    Activation,
    ActivationKind,
    Hazard,
    Protocol,
    ProtocolParticipation,
    ProtocolStatus,
    ProtocolStep,
)
from .regions import Precision, Region, RegionKind
from .resources import Resource, ResourceKind, ResourceState, Rights
from .rows import Row
from .saved_filters import SavedFilter
from .scratches import Scratch
from .send_counts import SendCount
from .sites import Designation, DesignationKind, Identifier, IdentifierScheme, Match, MatchState, Site
from .sources import Citation, Source, SourceKind
from .stages import StatusGroup
from .statements import Statement, Verification
from .tokens import AccessToken, TokenScope
from .webhooks import Webhook, WebhookAttempt, WebhookState

# Every noun that editors publish, in the order of the public menu.
ENTRIES: tuple[type[Entry], ...] = (
    Project,
    Initiative,
    CountryBudget,
    Funding,
    Region,
    Site,
    Mission,
    Observation,
    Protocol,
    Programme,
    Resource,
    Organisation,
    Event,
    Source,
    Statement,
)

# What no public surface may name. Code of a public surface that imports one of these fails a test.
PRIVATE = (
    *(ExactPlace, Contact, ContactDuty, Look, PrivateChange, LinkCheck),
    *(Proposal, ProposalMessage, Scratch, SavedFilter, Import, ImportRow, Job, AccessToken, SendCount),
    *(Webhook, WebhookAttempt),
)

__all__ = [
    "ENTRIES",
    "LETTERS",
    "OPEN",
    "PRIVATE",
    "AccessToken",
    "Action",
    "Activation",
    "ActivationKind",
    "Change",
    "Citation",
    "Condition",
    "Consent",
    "Contact",
    "ContactDuty",
    "CountryBudget",
    "DamageClass",
    "DamageExtent",
    "Dated",
    "Designation",
    "DesignationKind",
    "Entry",
    "Event",
    "EventKind",
    "ExactPlace",
    "FeedEntry",
    "FeedState",
    "Flow",
    "Funding",
    "GapBasis",
    "Hazard",
    "HeritageType",
    "Identifier",
    "IdentifierScheme",
    "Import",
    "ImportRow",
    "ImportState",
    "Initiative",
    "InitiativeKind",
    "InitiativeParticipation",
    "InitiativeStatus",
    "InventoryItem",
    "Job",
    "JobKind",
    "JobState",
    "Likelihood",
    "LinkCheck",
    "Look",
    "Match",
    "MatchState",
    "Maturity",
    "Mechanism",
    "Method",
    "Mission",
    "MissionParticipation",
    "MissionStatus",
    "MissionStep",
    "Observation",
    "ObservedThreat",
    "Organisation",
    "OrganisationType",
    "Origin",
    "OwhcType",
    "Participation",
    "Placed",
    "Precision",
    "PrivateChange",
    "Programme",
    "ProgrammeKind",
    "ProgrammeParticipation",
    "ProgrammeStatus",
    "Project",
    "ProjectParticipation",
    "ProjectStatus",
    "Proposal",
    "ProposalKind",
    "ProposalMessage",
    "ProposalState",
    "Protocol",
    "ProtocolParticipation",
    "ProtocolStatus",
    "ProtocolStep",
    "Region",
    "RegionKind",
    "Resource",
    "ResourceKind",
    "ResourceState",
    "Rights",
    "Role",
    "Row",
    "RowOutcome",
    "SavedFilter",
    "Scope",
    "Scratch",
    "SendCount",
    "Session",
    "Site",
    "Source",
    "SourceKind",
    "State",
    "Statement",
    "StatusGroup",
    "Threat",
    "TokenScope",
    "Trend",
    "User",
    "Verification",
    "Webhook",
    "WebhookAttempt",
    "WebhookState",
]
