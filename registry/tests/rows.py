"""Records for the tests with every relation filled, and rows with every field."""

from collections.abc import Callable
from typing import Any

from registry.models import (
    ENTRIES,
    Activation,
    Citation,
    Designation,
    Entry,
    Funding,
    Identifier,
    InventoryItem,
    MissionStep,
    ObservedThreat,
    Participation,
    ProtocolStep,
    Row,
    Session,
    Site,
    Source,
    Statement,
)
from registry.tests.make import MAKERS

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


def row_of(child: type[Row], make: Callable[[type[Entry]], Entry], **more: Any) -> Row:
    """A row with every field filled; `make` gives the records that it names, `more` says something else."""
    said = {"role": "funding"} if issubclass(child, Participation) else dict(ROWS[child])
    if child is Activation:
        said["sites"] = [make(Site).pk]
    return child(**said | more, **{field.name: make(field.related_model) for field in child.entry_relations()})


def filled(
    model: type[Entry],
    others: dict[type[Entry], Entry] | None = None,
    words: Callable[[type[Row]], dict[str, Any]] = lambda _child: {},
    **more: Any,
) -> Entry:
    """A record with every relation of its noun and every kind of row filled; `more` says what else it states.

    `others` are the records that it points to, `words` what the rows of a kind say.
    """
    others = others or {other: MAKERS[other](title="Related") for other in _named(model)}
    given = {
        field.name: [others[field.related_model]] if field.many_to_many else others[field.related_model]
        for field in model.entry_relations()
        if (model, field.name) != (Funding, "initiative")  # a line is for one thing
    }
    for name, child in zip(model.children, model.children_models(), strict=True):
        if child is not Citation:
            given[name] = [row_of(child, others.get, **words(child))]
    if model is Statement:
        given["about"] = [other.pk for other in others.values()]
    if model.needs_citation:
        given["citations"] = [Citation(source=others[Source], locator="page 1")]
    return MAKERS[model](**given | more)


def _named(model: type[Entry]) -> list[type[Entry]]:
    """The nouns that a filled record points to, by itself or in its rows; a statement may be about any."""
    rows = [child for child in model.children_models() if child is not Citation]
    named = {field.related_model for kind in (model, *rows) for field in kind.entry_relations()} | {Source}
    named |= {Site} if Activation in rows else set()
    return [noun for noun in ENTRIES if noun in named or model is Statement]
