"""Which type of schema.org each noun has."""

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
    ProgrammeKind,
    Project,
    Protocol,
    Region,
    RegionKind,
    Resource,
    ResourceKind,
    Site,
    Source,
    SourceKind,
    Statement,
)

TYPES: dict[type[Entry], str] = {
    Project: "Project",
    Initiative: "Project",
    CountryBudget: "Dataset",
    Funding: "MonetaryGrant",
    Region: "Place",
    Site: "LandmarksOrHistoricalBuildings",
    Mission: "Project",
    Observation: "Observation",
    Protocol: "HowTo",
    Programme: "EventSeries",
    Resource: "CreativeWork",
    Organisation: "Organization",
    Event: "Event",
    Source: "CreativeWork",
    Statement: "Claim",
}
# More exactly, where the kind of the record tells.
_BY_KIND: dict[type[Entry], dict[str, str]] = {
    Region: {
        RegionKind.COUNTRY: "Country",
        RegionKind.CITY: "City",
        RegionKind.FIRST_LEVEL: "AdministrativeArea",
        RegionKind.MUNICIPALITY: "AdministrativeArea",
    },
    Programme: {ProgrammeKind.TRAINING: "Course"},
    Resource: {
        ResourceKind.DOCUMENTARY: "VideoObject",
        ResourceKind.VIDEO: "VideoObject",
        ResourceKind.ANIMATION_2D: "VideoObject",
        ResourceKind.ANIMATION_3D: "VideoObject",
        ResourceKind.BROADCAST: "VideoObject",
        ResourceKind.MODEL_3D: "3DModel",
        ResourceKind.IMAGE: "ImageObject",
        ResourceKind.AUDIO: "AudioObject",
        ResourceKind.DOCUMENT: "DigitalDocument",
        ResourceKind.DATASET: "Dataset",
    },
    Source: {
        SourceKind.NEWS: "NewsArticle",
        SourceKind.PRESS_RELEASE: "Article",
        SourceKind.WEB_PAGE: "WebPage",
        SourceKind.REPORT: "Report",
        SourceKind.LEGAL: "Legislation",
        SourceKind.DATASET: "Dataset",
        SourceKind.ARCHIVE: "ArchiveComponent",
    },
}


def type_of(entry: Entry) -> str:
    """The type of a record."""
    return _BY_KIND.get(type(entry), {}).get(getattr(entry, "kind", ""), TYPES[type(entry)])
