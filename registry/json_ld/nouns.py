"""What each noun says of itself in the words of schema.org; `root` is where the register is."""

from collections.abc import Callable

from registry import public
from registry.models import (
    CountryBudget,
    Entry,
    Event,
    Funding,
    GapBasis,
    Initiative,
    Mission,
    Observation,
    Organisation,
    Programme,
    Project,
    Protocol,
    Region,
    Resource,
    Session,
    Site,
    Source,
    Statement,
)
from registry.models.translations import OWN
from registry.rights import deed

from .nodes import Node, day, ends, geo, link, links, money, organisations, starts, words
from .types import type_of

_BASES = {
    GapBasis.OF_NEED: "Share of what is needed",
    GapBasis.OF_BUDGET: "Share of the budget",
    GapBasis.UNKNOWN: "The source does not say what it is a share of",
}


def _project(entry: Project, root: str) -> Node:
    return _work(entry, root) | {"keywords": words(entry.heritage_types)}


def _initiative(entry: Initiative, root: str) -> Node:
    keywords = words([entry.kind]) + [f"#{tag}" for tag in entry.hashtags]
    return _work(entry, root) | {"keywords": keywords, "sameAs": entry.links}


def _mission(entry: Mission, root: str) -> Node:
    return _work(entry, root) | {"sponsor": link(entry.mandated_by, root)}


def _work(entry: Project | Initiative | Mission, root: str) -> Node:
    return {
        "location": links(entry.regions.all(), root),
        "foundingDate": starts(entry.dates),
        "dissolutionDate": ends(entry.dates),
        "funder": organisations(entry, root, funding=True),
        "member": organisations(entry, root, funding=False),
        "subjectOf": link(entry.event, root),
    }


def _budget(entry: CountryBudget, root: str) -> Node:
    measured = []
    if entry.amount is not None:
        measured.append({"@type": "PropertyValue", "name": "Annual heritage budget", "value": money(entry)})
    if entry.gap_percent is not None:
        gap = {"value": f"{entry.gap_percent.normalize():f}", "unitText": "%", "description": _BASES[entry.gap_basis]}
        measured.append({"@type": "PropertyValue", "name": "Reported gap"} | gap)
    return {
        "spatialCoverage": link(entry.region, root),
        "temporalCoverage": str(entry.year or ""),
        "variableMeasured": measured,
        "creativeWorkStatus": entry.maturity,
    }


def _funding(entry: Funding, root: str) -> Node:
    funder = {"@type": "Organization", "name": entry.funder_as_reported} if entry.funder_as_reported else None
    return {
        "amount": money(entry),
        "funder": link(entry.funder, root) or funder,
        "fundedItem": link(entry.project or entry.initiative, root),
        "keywords": words([entry.flow, entry.mechanism]),
    }


def _region(entry: Region, root: str) -> Node:
    code = {"@type": "PropertyValue", "propertyID": "ISO 3166", "value": entry.iso_code} if entry.iso_code else None
    return {
        "identifier": [entry.pk, code] if code else entry.pk,
        "geo": geo(entry),
        "containedInPlace": link(entry.parent, root),
    }


def _site(entry: Site, root: str) -> Node:
    elsewhere = [
        {"@type": "PropertyValue", "propertyID": row.scheme, "value": row.value} for row in entry.identifiers.all()
    ]
    return {
        "identifier": [entry.pk, *elsewhere],
        "geo": geo(entry),
        "containedInPlace": link(entry.region, root),
        "keywords": words(entry.heritage_types),
    }


def _observation(entry: Observation, root: str) -> Node:
    place = {"@type": "Place", "name": entry.place_as_reported} if entry.place_as_reported else None
    return {
        "observationAbout": link(entry.site or entry.region, root) or place,
        "observationDate": day(entry.dates),
        "measurementMethod": " ".join(words([entry.method])),
        "measuredProperty": "condition",
        "value": " ".join(words([entry.condition])),
        "measurementQualifier": entry.verification,
    }


def _protocol(entry: Protocol, root: str) -> Node:
    steps = sorted(entry.steps.all(), key=lambda step: step.position)
    return {
        "step": [{"@type": "HowToStep", "position": step.position, "text": step.action} for step in steps],
        "spatialCoverage": links(entry.regions.all(), root),
        "contributor": organisations(entry, root, funding=False),
        "keywords": words(entry.hazards),
        "creativeWorkStatus": entry.status,
        "inLanguage": OWN,
    }


def _programme(entry: Programme, root: str) -> Node:
    sessions = [_session(session, entry, root) for session in entry.sessions.all()]
    if type_of(entry) == "Course":
        dated = {"hasCourseInstance": sessions, "provider": organisations(entry, root, funding=False)}
    else:
        dated = {"subEvent": sessions, "organizer": organisations(entry, root, funding=False)}
        dated |= {"startDate": starts(entry.dates), "endDate": ends(entry.dates)}
    return dated | {"funder": organisations(entry, root, funding=True), "sameAs": entry.website}


def _session(session: Session, entry: Programme, root: str) -> Node:
    kind = "CourseInstance" if type_of(entry) == "Course" else "Event"
    hall = {"@type": "Place", "name": session.venue} if session.venue else None
    return {
        "@type": kind,
        "name": session.title or entry.title,
        "startDate": starts(session.dates),
        "endDate": ends(session.dates),
        "location": [place for place in (hall, link(session.region, root)) if place],
        "maximumAttendeeCapacity": session.seats,
    }


def _resource(entry: Resource, root: str) -> Node:
    return {
        "url": entry.url,
        "inLanguage": entry.languages,
        "license": deed(entry.rights),
        "copyrightHolder": {"@type": "Organization", "name": entry.rights_holder} if entry.rights_holder else None,
        "creator": link(entry.creator, root),
        "datePublished": starts(entry.dates),
        "about": [one for one in (link(entry.site, root), link(entry.project, root)) if one],
        "isPartOf": link(entry.initiative, root) if entry.initiative else None,
        "spatialCoverage": links(entry.regions.all(), root),
        "encodingFormat": entry.file_type,
        "accessibilitySummary": entry.alternative_text,
    }


def _organisation(entry: Organisation, root: str) -> Node:
    address = {"@type": "PostalAddress", "addressCountry": entry.country} if entry.country else None
    return {"address": address, "sameAs": entry.website}


def _event(entry: Event, root: str) -> Node:
    return {
        "startDate": starts(entry.dates),
        "endDate": ends(entry.dates),
        "location": link(entry.region, root),
        "organizer": link(entry.organiser, root),
        "superEvent": link(entry.part_of, root),
    }


def _source(entry: Source, root: str) -> Node:
    return {
        "url": entry.url,
        "publisher": {"@type": "Organization", "name": entry.publisher} if entry.publisher else None,
        "datePublished": day(entry.dates),
        "inLanguage": entry.language,
    }


def _statement(entry: Statement, root: str) -> Node:
    """A claim of whoever made it; the register only tells where it was said and how far it was checked."""
    return {
        "author": {
            "@type": "Person",
            "name": entry.speaker,
            "jobTitle": entry.speaker_role,
            "affiliation": link(entry.affiliation, root),
        },
        "appearance": links([citation.source for citation in entry.citations.all()], root),
        "about": links(public.subjects([entry])[entry.pk], root),
        "recordedAt": link(entry.event, root),
        "dateCreated": day(entry.dates),
        "creativeWorkStatus": entry.verification,
    }


OWN_WORDS: dict[type[Entry], Callable[[Entry, str], Node]] = {
    Project: _project,
    Initiative: _initiative,
    CountryBudget: _budget,
    Funding: _funding,
    Region: _region,
    Site: _site,
    Mission: _mission,
    Observation: _observation,
    Protocol: _protocol,
    Programme: _programme,
    Resource: _resource,
    Organisation: _organisation,
    Event: _event,
    Source: _source,
    Statement: _statement,
}
