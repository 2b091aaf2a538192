"""The code lists of the register, with the group and the IATI number of each code where there is one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.db.models import Field, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry import public
from registry.models import (
    ENTRIES,
    ActivationKind,
    Condition,
    DamageClass,
    DamageExtent,
    DesignationKind,
    EventKind,
    Flow,
    GapBasis,
    Hazard,
    HeritageType,
    IdentifierScheme,
    InitiativeKind,
    InitiativeStatus,
    Likelihood,
    Match,
    MatchState,
    Maturity,
    Mechanism,
    Method,
    MissionStatus,
    OrganisationType,
    OwhcType,
    Precision,
    ProgrammeKind,
    ProgrammeStatus,
    ProjectStatus,
    ProtocolStatus,
    RegionKind,
    ResourceKind,
    ResourceState,
    Rights,
    Role,
    Scope,
    SourceKind,
    StatusGroup,
    Threat,
    Trend,
    Verification,
)
from registry.models.heritage import heritage_class
from registry.models.initiatives import STATUS_GROUPS as INITIATIVE_GROUPS
from registry.models.missions import STATUS_GROUPS as MISSION_GROUPS
from registry.models.programmes import STATUS_GROUPS as PROGRAMME_GROUPS
from registry.models.projects import IATI_STATUS
from registry.models.projects import STATUS_GROUPS as PROJECT_GROUPS
from registry.models.protocols import STATUS_GROUPS as PROTOCOL_GROUPS

# IATI OrganisationRole, version 2.03.
_IATI_ROLES = {Role.FUNDING: "1", Role.ACCOUNTABLE: "2", Role.EXTENDING: "3", Role.IMPLEMENTING: "4"}


def _none(code: str) -> None:
    return None


@dataclass(frozen=True)
class Vocabulary:
    """A code list: what it is called, its codes, and for each code its group and its IATI number."""

    title: Promise
    choices: type[TextChoices]
    group: Callable[[str], str | None] = _none
    iati: Callable[[str], str | None] = _none


@dataclass(frozen=True)
class Code:
    """One code as people read it, in the language of the page; "" where there is no wider class or IATI code."""

    code: str
    label: str
    group: str
    iati: str

    @property
    def beside(self) -> str:
        """The wider class and the IATI code in one cell."""
        return ", ".join(filter(None, [self.group, f"IATI {self.iati}" if self.iati else ""]))


VOCABULARIES = {
    "project_status": Vocabulary(_("Project status"), ProjectStatus, PROJECT_GROUPS.get, IATI_STATUS.get),
    "initiative_status": Vocabulary(_("Initiative status"), InitiativeStatus, INITIATIVE_GROUPS.get),
    "status_group": Vocabulary(_("Stage"), StatusGroup),
    "initiative_kind": Vocabulary(_("Kind of initiative"), InitiativeKind),
    "owhc_type": Vocabulary(_("OWHC type of initiative"), OwhcType),
    "heritage_type": Vocabulary(_("Heritage type"), HeritageType, heritage_class),
    "scope": Vocabulary(_("Geographic scope"), Scope),
    "region_kind": Vocabulary(_("Kind of region"), RegionKind),
    "precision": Vocabulary(_("Public precision of a place"), Precision),
    "organisation_type": Vocabulary(_("Organisation type"), OrganisationType, iati=str),
    "organisation_role": Vocabulary(_("Role of an organisation"), Role, iati=_IATI_ROLES.get),
    "event_kind": Vocabulary(_("Kind of event"), EventKind),
    "source_kind": Vocabulary(_("Kind of source"), SourceKind),
    "gap_basis": Vocabulary(_("Gap basis"), GapBasis),
    "maturity": Vocabulary(_("Maturity of a budget"), Maturity),
    "flow": Vocabulary(_("Flow of money"), Flow),
    "mechanism": Vocabulary(_("Mechanism of funding"), Mechanism),
    "designation_kind": Vocabulary(_("Kind of designation"), DesignationKind),
    "identifier_scheme": Vocabulary(_("Register elsewhere"), IdentifierScheme),
    "match": Vocabulary(_("Match with a register elsewhere"), Match),
    "match_state": Vocabulary(_("State of a match"), MatchState),
    "mission_status": Vocabulary(_("Mission status"), MissionStatus, MISSION_GROUPS.get),
    "method": Vocabulary(_("Method of observation"), Method),
    "condition": Vocabulary(_("Condition"), Condition),
    "damage_extent": Vocabulary(_("Extent of damage"), DamageExtent),
    "damage_class": Vocabulary(_("Damage seen from above"), DamageClass),
    "trend": Vocabulary(_("Trend"), Trend),
    "threat": Vocabulary(_("Threat"), Threat),
    "likelihood": Vocabulary(_("Likelihood of a threat"), Likelihood),
    "protocol_status": Vocabulary(_("Protocol status"), ProtocolStatus, PROTOCOL_GROUPS.get),
    "hazard": Vocabulary(_("Hazard"), Hazard),
    "activation_kind": Vocabulary(_("Kind of activation"), ActivationKind),
    "programme_kind": Vocabulary(_("Kind of programme"), ProgrammeKind),
    "programme_status": Vocabulary(_("Programme status"), ProgrammeStatus, PROGRAMME_GROUPS.get),
    "resource_kind": Vocabulary(_("Kind of digital resource"), ResourceKind),
    "resource_state": Vocabulary(_("Availability of a digital resource"), ResourceState),
    "rights": Vocabulary(_("Rights"), Rights),
    "verification": Vocabulary(_("Verification"), Verification),
}


# Where the codes come from that are not the register's own; standards keep the names they have.
TAKEN_FROM = {
    "project_status": "IATI ActivityStatus 2.03",
    "organisation_type": "IATI OrganisationType 2.03",
    "organisation_role": "IATI OrganisationRole 2.03",
    "owhc_type": "Organization of World Heritage Cities",
    "heritage_type": "UNESCO, Convention for the Safeguarding of the Intangible Cultural Heritage (2003), Article 2",
    "threat": "UNESCO World Heritage Centre, primary factors affecting properties",
    "match": "SKOS mapping relations",
    "rights": "SPDX, RightsStatements.org",
}
_CLASSES = {"tangible": _("Tangible"), "intangible": _("Intangible"), "natural": _("Natural")}


@cache
def fields_of(choices: type[TextChoices]) -> tuple[str, ...]:
    """The public fields that hold codes of the list, as "projects.status" or "projects.participations.role"."""
    found = []
    for model in ENTRIES:
        for name in public.fields(model):
            field = model._meta.get_field(name)
            row = public.ROW_FIELDS[field.related_model] if field.one_to_many else ()
            inner = [(f"{name}.{own}", field.related_model._meta.get_field(own)) for own in row]
            found += [f"{model.slug}.{path}" for path, f in [(name, field), *inner] if choices_of(f) is choices]
    return tuple(found)


@cache  # every field against every list: half a second for all the lists of the API
def choices_of(field: Field) -> type[TextChoices] | None:
    """The code list that a model field, or the list in it, takes its values from."""
    field = getattr(field, "base_field", field)
    codes = [code for code, _label in getattr(field, "flatchoices", None) or ()]
    return next((v.choices for v in VOCABULARIES.values() if codes and v.choices.values == codes), None)


def name_of(choices: type[TextChoices]) -> str:
    """The name of a code list in the API."""
    return next(name for name, vocabulary in VOCABULARIES.items() if vocabulary.choices is choices)


def said_of(choices: type[TextChoices]) -> list[Code]:
    """Every code of a list in words."""
    vocabulary = VOCABULARIES[name_of(choices)]
    return [
        Code(
            choice.value,
            str(choice.label),
            _in_words(vocabulary.group(choice.value)),
            vocabulary.iati(choice.value) or "",
        )
        for choice in choices
    ]


def _in_words(group: str | None) -> str:
    return "" if group is None else str(_CLASSES.get(group) or StatusGroup(group).label)
