"""The records that a query may mean, the likeliest first; one of them matches by itself only where that is sound."""

from dataclasses import dataclass
from typing import Any

from registry import documents, public
from registry.models import Entry
from registry.models.translations import capitalised

from . import agreeing, finding, properties
from .finding import Found
from .queries import Query

_LOOKED_AT = 40  # candidates whose properties are compared
_BY_NAME, _BY_PROPERTIES = 70, 30  # of a score of 100, where both are given


@dataclass(frozen=True)
class Candidate:
    """A record and what speaks for it: by property whether it agrees, None where the record states nothing."""

    found: Found
    agreed: tuple[bool | None, ...]
    has_code: bool = False
    is_named: bool = True

    @property
    def is_sure(self) -> bool:
        """Exactly the name, and everything that is known of it agrees."""
        return self.found.is_exact and all(self.agreed)

    @property
    def is_rival(self) -> bool:
        """Exactly the name, and nothing that is known of it is contradicted."""
        return self.found.is_exact and False not in self.agreed

    @property
    def score(self) -> float:
        """Up to 100, which only the code or the very name with all properties has."""
        if self.has_code:
            return 100.0
        share = self.agreed.count(True) / len(self.agreed) if self.agreed else 1
        if not self.is_named:
            return round(100 * share, 1)
        named = self.found.likeness
        return round(named * 100 if not self.agreed else named * _BY_NAME + share * _BY_PROPERTIES, 1)


def answer(query: Query, host: str) -> list[dict[str, Any]]:
    """The candidates as the protocol has them. Costs a number of questions that does not grow with the register."""
    if named := finding.by_code(query.text, query.models):
        return [_said(Candidate(named, (), has_code=True), matches=True)]
    if query.text:
        found = finding.by_name(query.text, query.models)
        compared = _compared(found.records[:_LOOKED_AT], query, host)
        rivals = [candidate for candidate in compared if candidate.is_rival]
        alone = found.is_whole and len(rivals) == 1 and sum(one.is_exact for one in found.records) < _LOOKED_AT
        match = rivals[0] if alone and rivals[0].is_sure else None
    else:
        compared, match = [one for one in _compared(_stating(query), query, host) if True in one.agreed], None
    ordered = sorted(compared, key=lambda candidate: (-candidate.score, candidate.found.code))
    return [_said(candidate, matches=candidate is match) for candidate in ordered[: query.limit]]


def described(found: Found) -> dict[str, Any]:
    """A record as every service of the protocol names it."""
    said = {"id": found.code, "name": found.title}
    return said | ({"description": found.summary} if found.summary else {})


def type_of(model: type[Entry]) -> dict[str, str]:
    """A noun as a type."""
    return {"id": model.noun, "name": str(capitalised(model._meta.verbose_name))}


def _said(candidate: Candidate, *, matches: bool) -> dict[str, Any]:
    features: list[dict[str, Any]] = [{"id": "same_code", "value": candidate.has_code}]
    if not candidate.has_code and candidate.is_named:
        features += [
            {"id": "same_name", "value": candidate.found.is_exact},
            {"id": "name_likeness", "value": round(candidate.found.likeness, 3)},
        ]
    if candidate.agreed:
        features.append({"id": "properties_agreeing", "value": candidate.agreed.count(True)})
        features.append({"id": "properties_contradicted", "value": candidate.agreed.count(False)})
    rest = {"type": [type_of(candidate.found.model)], "score": candidate.score, "features": features, "match": matches}
    return described(candidate.found) | rest


def _compared(found: list[Found], query: Query, host: str) -> list[Candidate]:
    if not query.given:
        return [Candidate(record, (), is_named=bool(query.text)) for record in found]
    stated = _documents(found, [name for name, _values in query.given], host)
    asked = [each for name, _values in query.given for each in properties.everywhere()[name].values()]
    known = agreeing.linked(stated.values(), asked)
    compared = []
    for record in found:
        own, document = properties.of(record.model), stated.get(record.code, {})
        agreed = (
            agreeing.agrees(own[name], document, values, known) if name in own else None for name, values in query.given
        )
        compared.append(Candidate(record, tuple(agreed), is_named=bool(query.text)))
    return compared


def _documents(found: list[Found], names: list[str], host: str) -> dict[str, dict[str, Any]]:
    """By code, what each record states in these properties."""
    read = {}
    chosen = {name.partition(".")[0] for name in names}
    for model in {record.model for record in found}:
        codes = [record.code for record in found if record.model is model]
        for some in documents.chunks(model, codes, host=host, chosen=chosen & {*documents.names(model)} | {"code"}):
            read |= {document["code"]: document for document in some}
    return read


def _stating(query: Query) -> list[Found]:
    """Records that may state what is given, where there is no name to look for."""
    named = {value["id"] for _name, values in query.given for value in values if isinstance(value, dict)}
    return finding.by_values(query.models, query.given, public.by_code(named), _LOOKED_AT)
