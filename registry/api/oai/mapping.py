"""Which element of Dublin Core each field of a document fills: one table, as a name means the same in all nouns."""

from registry.models import ENTRIES, Entry, Resource, ResourceKind, Role, Source, SourceKind

# In the order of the standard, which is that of a record as well.
ELEMENTS: dict[str, tuple[str, ...]] = {
    "title": ("title", "other_names", "translations"),
    "creator": ("creator", "speaker", "observed_by", "participations"),
    "subject": ("heritage_types", "owhc_type", "hashtags", "hazards", "threats", "designations", "mechanism", "about"),
    "description": (
        *(
            "summary",
            "translations",
            "status",
            "status_as_reported",
            "objective",
            "expected_outcome",
            "actual_outcome",
            "purpose",
        ),
        *("preconditions", "obstacles", "activation_criteria", "how_to_join", "condition", "trend", "flow"),
        *("amount", "amount_as_reported", "gap_percent", "maturity", "verification"),
    ),
    "publisher": ("publisher",),
    "contributor": (
        *("participations", "mandated_by", "verified_by", "organiser", "affiliation"),
        *("funder", "funder_as_reported"),
    ),
    "date": ("dates", "year"),
    "type": ("kind", "organisation_type"),
    "format": ("file",),
    "identifier": ("html_url", "code", "source_url", "file", "iso_code", "identifiers"),
    "source": ("citations",),
    "language": ("language", "languages"),
    "relation": (
        *("url", "event", "part_of", "project", "initiative", "mission", "evidence", "legal_references"),
        *("website", "links"),
    ),
    "coverage": (
        *("regions", "region", "region_as_reported", "label_as_reported", "site", "sites", "place_as_reported"),
        *("parties", "parent", "country", "longitude"),
    ),
    "rights": ("rights", "rights_holder"),
}
# Told with another field, or too fine for fifteen elements: `relation` leads to the whole record as JSON.
LEFT_OUT = {
    *("latitude", "precision", "currency", "gap_basis", "gap_amount"),  # with longitude, amount and gap_percent
    *("completeness", "updated_at", "version"),  # about the record, and its datestamp stands in the header
    *(
        "scope",
        "dates_as_reported",
        "number_in_series",
        "trail",
        "inventory",
        "method",
        "damage_extent",
        "damage_class",
    ),
    *("edition", "steps", "activations", "sessions", "shown_at", "alternative_text", "retrieved_on"),
    *("reliability_note", "archived_sha256", "speaker_role"),
}
# Whoever is answerable for the work makes it; everybody else takes part in it.
MAKERS = {Role.IMPLEMENTING, Role.ACCOUNTABLE}

_KINDS: dict[type[Entry], dict[str, str]] = {
    Resource: {
        ResourceKind.DOCUMENTARY: "MovingImage",
        ResourceKind.VIDEO: "MovingImage",
        ResourceKind.ANIMATION_2D: "MovingImage",
        ResourceKind.ANIMATION_3D: "MovingImage",
        ResourceKind.BROADCAST: "MovingImage",
        ResourceKind.MODEL_3D: "InteractiveResource",
        ResourceKind.EXHIBITION: "InteractiveResource",
        ResourceKind.IMAGE: "StillImage",
        ResourceKind.AUDIO: "Sound",
        ResourceKind.DOCUMENT: "Text",
        ResourceKind.DATASET: "Dataset",
    },
    Source: {
        SourceKind.NEWS: "Text",
        SourceKind.PRESS_RELEASE: "Text",
        SourceKind.WEB_PAGE: "Text",
        SourceKind.REPORT: "Text",
        SourceKind.LEGAL: "Text",
        SourceKind.BOOK: "Text",
        SourceKind.DATASET: "Dataset",
    },
}
BY_SLUG = {model.slug: model for model in ENTRIES}
BY_PREFIX = {model.prefix: model for model in ENTRIES}


def dcmi_type(model: type[Entry], kind: str | None) -> str:
    """The term of the DCMI Type Vocabulary where there is a sound one: an event, or what a resource or source is."""
    return "Event" if model.noun == "event" else _KINDS.get(model, {}).get(kind, "")
