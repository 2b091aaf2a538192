"""What may be public, said once: every page, format, feed and search starts from these records and these fields."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.text import capfirst

from registry.models import (
    Activation,
    Change,
    CountryBudget,
    Designation,
    Entry,
    Event,
    Funding,
    Identifier,
    Initiative,
    InitiativeParticipation,
    InventoryItem,
    Mission,
    MissionParticipation,
    MissionStep,
    Observation,
    ObservedThreat,
    Organisation,
    Programme,
    ProgrammeParticipation,
    Project,
    ProjectParticipation,
    Protocol,
    ProtocolParticipation,
    ProtocolStep,
    Region,
    Resource,
    Row,
    Session,
    Site,
    Source,
    Statement,
)

# In the order of the public page. What is not named here, no public surface shows.
FIELDS: dict[type[Entry], tuple[str, ...]] = {
    Project: (
        "status",
        "status_as_reported",
        "heritage_types",
        "scope",
        "regions",
        "region_as_reported",
        "sites",
        "dates",
        "dates_as_reported",
        "participations",
        "event",
    ),
    Initiative: (
        "kind",
        "status",
        "status_as_reported",
        "objective",
        "expected_outcome",
        "actual_outcome",
        "scope",
        "regions",
        "region_as_reported",
        "dates",
        "dates_as_reported",
        "participations",
        "event",
        "owhc_type",
        "hashtags",
        "links",
    ),
    CountryBudget: (
        "region",
        "label_as_reported",
        "year",
        "amount",
        "currency",
        "amount_as_reported",
        "gap_percent",
        "gap_basis",
        "maturity",
        "event",
    ),
    Funding: (
        "flow",
        "mechanism",
        "amount",
        "currency",
        "amount_as_reported",
        "project",
        "initiative",
        "funder",
        "funder_as_reported",
        "dates",
        "dates_as_reported",
        "heritage_types",
        "regions",
    ),
    Region: ("kind", "parent", "iso_code", "longitude", "latitude", "precision"),
    Site: (
        "heritage_types",
        "region",
        "region_as_reported",
        "longitude",
        "latitude",
        "precision",
        "designations",
        "identifiers",
    ),
    Mission: (
        "status",
        "status_as_reported",
        "mandated_by",
        "parties",
        "purpose",
        "preconditions",
        "obstacles",
        "legal_references",
        "scope",
        "regions",
        "region_as_reported",
        "dates",
        "dates_as_reported",
        "participations",
        "event",
        "trail",
        "inventory",
    ),
    Observation: (
        "site",
        "region",
        "place_as_reported",
        "dates",
        "dates_as_reported",
        "method",
        "observed_by",
        "mission",
        "condition",
        "damage_extent",
        "damage_class",
        "threats",
        "trend",
        "verification",
        "verified_by",
        "evidence",
    ),
    Protocol: (
        "status",
        "edition",
        "hazards",
        "scope",
        "regions",
        "region_as_reported",
        "activation_criteria",
        "steps",
        "participations",
        "dates",
        "dates_as_reported",
        "activations",
    ),
    Programme: (
        "kind",
        "status",
        "how_to_join",
        "website",
        "sessions",
        "scope",
        "regions",
        "region_as_reported",
        "dates",
        "dates_as_reported",
        "participations",
        "initiative",
        "event",
    ),
    Resource: (
        "kind",
        "status",
        "url",
        "shown_at",
        "languages",
        "rights",
        "rights_holder",
        "creator",
        "dates",
        "dates_as_reported",
        "initiative",
        "project",
        "site",
        "regions",
        "alternative_text",
        "file_name",
        "file_type",
        "file_size",
        "file_sha256",
        "image_width",
        "image_height",
    ),
    Organisation: ("organisation_type", "country", "website"),
    Event: ("kind", "number_in_series", "part_of", "region", "dates", "dates_as_reported", "organiser"),
    Source: (
        "kind",
        "publisher",
        "language",
        "dates",
        "dates_as_reported",
        "url",
        "retrieved_on",
        "reliability_note",
        "archived_sha256",
    ),
    Statement: (
        "speaker",
        "speaker_role",
        "affiliation",
        "event",
        "dates",
        "dates_as_reported",
        "about",
        "verification",
    ),
}

_PARTICIPATION = ("organisation", "role")

# The same for the rows of a record.
ROW_FIELDS: dict[type[Row], tuple[str, ...]] = {
    ProjectParticipation: _PARTICIPATION,
    InitiativeParticipation: _PARTICIPATION,
    MissionParticipation: _PARTICIPATION,
    ProtocolParticipation: _PARTICIPATION,
    ProgrammeParticipation: _PARTICIPATION,
    Designation: ("kind", "name", "dates", "reference"),
    Identifier: ("scheme", "value", "match", "match_state"),
    MissionStep: ("status", "dates", "note"),
    InventoryItem: ("site", "criterion", "note"),
    ObservedThreat: ("threat", "likelihood"),
    ProtocolStep: ("position", "action", "responsible", "within"),
    Activation: ("kind", "trigger", "dates", "protocol_version", "sites", "log"),
    Session: ("title", "dates", "starts_at", "ends_at", "time_zone", "region", "venue", "seats"),
}

# Fields that a complete record may well leave empty: they are not counted as missing.
OPTIONAL = {
    "status_as_reported",
    "region_as_reported",
    "dates_as_reported",
    "label_as_reported",
    "amount_as_reported",
    "owhc_type",
    "hashtags",
    "iso_code",
    "longitude",
    "latitude",
    "precision",
    "parent",
    "part_of",
    "number_in_series",
    "archived_sha256",
    "currency",
    "reliability_note",
    "sites",
    "identifiers",
    "place_as_reported",
    "damage_class",
    "verified_by",
    "mission",
    "edition",
    "activations",
    "shown_at",
    "rights_holder",
    "initiative",
    "project",
    "site",
    "alternative_text",
    "file_name",
    "file_type",
    "file_size",
    "file_sha256",
    "image_width",
    "image_height",
    "funder_as_reported",
    "website",
    "trail",
    "inventory",
    "obstacles",
}

# Codes that say "the source does not tell".
NOT_STATED = {"unknown", ""}


@dataclass(frozen=True)
class Completeness:
    """How many of the fields a reader expects are filled, and which are not."""

    filled: int
    of: int
    missing: tuple[str, ...]


def records(model: type[Entry]) -> QuerySet:
    """The published records of a noun, with everything their public fields need."""
    return model.objects.public().for_list()


def fields(model: type[Entry]) -> tuple[str, ...]:
    """The public fields that are the noun's own, in the order of its page."""
    return FIELDS[model]


def label(model: type[Entry], name: str) -> str:
    """What a field is called, for people."""
    field = model._meta.get_field(name)
    if hasattr(field, "verbose_name"):
        return str(capfirst(field.verbose_name))
    return str(capfirst(field.related_model._meta.verbose_name_plural))


def is_stated(entry: Entry, name: str) -> bool:
    """Whether the record says anything in this field: blank and "not stated" do not, zero does."""
    field = entry._meta.get_field(name)
    value = getattr(entry, name)
    if field.many_to_many or field.one_to_many:
        return bool(value.all())
    if isinstance(value, list):
        return bool(value)
    return value is not None and value not in NOT_STATED


def completeness(entry: Entry) -> Completeness:
    """Measured over the public fields that are not optional, and the summary."""
    expected = ["summary", *(name for name in FIELDS[type(entry)] if name not in OPTIONAL)]
    missing = tuple(name for name in expected if not is_stated(entry, name))
    return Completeness(len(expected) - len(missing), len(expected), missing)


def changes() -> QuerySet[Change]:
    """The history that the public may read, newest first; who is told by role, never by name."""
    return Change.objects.public().defer("by").order_by("-number")


def subjects(statements: list[Statement]) -> dict[str, list[Entry]]:
    """By the code of each statement, the published records it is about; a fixed number of queries for any list."""
    codes = {code for statement in statements for code in statement.about}
    found: dict[str, Entry] = {}
    for model in FIELDS:
        wanted = [code for code in codes if code.startswith(f"{model.prefix}-")]
        if wanted:
            found |= model.objects.public().in_bulk(wanted)
    return {s.pk: [found[code] for code in s.about if code in found] for s in statements}
