"""Rows of records for the tests, each with every field filled."""

from collections.abc import Callable

from registry.models import (
    Activation,
    Designation,
    Entry,
    Identifier,
    InventoryItem,
    MissionStep,
    ObservedThreat,
    Participation,
    ProtocolStep,
    Row,
    Session,
    Site,
)

# What a row of each kind says, besides the records it names.
ROWS = {
    Designation: {"kind": "national", "name": "Reserve", "dates": "2001", "reference": "12"},
    Identifier: {"scheme": "wikidata", "value": "Q1"},
    MissionStep: {"status": "proposed", "dates": "2020", "note": "Said so"},
    InventoryItem: {"criterion": "Age", "note": "Seen"},
    ObservedThreat: {"threat": "climate", "likelihood": "possible"},
    ProtocolStep: {"position": 1, "action": "Call", "responsible": "The duty officer", "within": "2 hours"},
    Activation: {"kind": "exercise", "trigger": "A drill", "dates": "2026", "protocol_version": 1, "log": "Done"},
    Session: {
        "title": "First day",
        "dates": "2027-05-03",
        "starts_at": "10:00",
        "ends_at": "12:30",
        "time_zone": "Asia/Baku",
        "venue": "Hall",
        "seats": 20,
    },
}


def row_of(child: type[Row], make: Callable[[type[Entry]], Entry]) -> Row:
    """A row with every field filled; `make` gives the records that it names."""
    said = {"role": "funding"} if issubclass(child, Participation) else dict(ROWS[child])
    if child is Activation:
        said["sites"] = [make(Site).pk]
    return child(**said, **{field.name: make(field.related_model) for field in child.entry_relations()})
