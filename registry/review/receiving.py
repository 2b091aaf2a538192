"""Receives what people ask for: a new record, a correction, a review, to join, to pass on a word."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry import ledger, versions
from registry.models import Change, Entry, Origin, Proposal, ProposalKind, ProposalState, User
from registry.models.wording import composed

from . import folding, telling
from .values import hidden, proposable, without

_WITH_VALUES = {ProposalKind.NEW, ProposalKind.CHANGE}


@dataclass(frozen=True)
class Received:
    """Where to follow it; whether somebody had asked for the same, and whether this very request had come before."""

    reference: str
    folded: bool = False
    replayed: bool = False


class KeyReused(ledger.Refused):
    """The idempotency key was used before, for something else."""


def receive(
    kind: ProposalKind,
    model: type[Entry],
    *,
    code: str = "",
    title: str = "",
    base_version: int | None = None,
    proposed: dict[str, Any] | None = None,
    text: str = "",
    evidence: str = "",
    evidence_url: str = "",
    name: str = "",
    email: str = "",
    credit: str = "",
    by: User | None = None,
    origin: Origin = Origin.PUBLIC,
    held: bool = False,
    idempotency_key: str = "",
    request_digest: str = "",
) -> Received:
    """Keep what somebody asks for, and tell them by e-mail that it has come; `proposed` is what `read_values` gives.

    Raises ValidationError by field: also when nothing of it differs from what the record says now (code "same").
    The same `by` and `idempotency_key` give the first reference again, or KeyReused when the digest differs.
    """
    if idempotency_key and (before := replayed(by, idempotency_key, request_digest)):
        return before
    entry = _entry(kind, model, code, by)
    values, problems = dict(proposed or {}), {}
    _check_names(kind, model, values, origin)
    if kind == ProposalKind.CHANGE:
        values = _differing(entry, values, base_version, origin)
    if kind == ProposalKind.NEW and not (title or values.get("title")):
        problems["title"] = [_("Say what it is called.")]
    problems |= _broken_rules(model, entry, values) if kind in _WITH_VALUES else {}
    if problems:
        raise ValidationError(problems)
    now = versions.snapshot(entry) if entry and values else {}
    proposal = Proposal(
        kind=kind,
        origin=origin,
        state=ProposalState.HELD if held else ProposalState.WAITING,
        entry_type=model._meta.model_name,
        code=entry.pk if entry else "",
        title=entry.title if entry else title or values["title"],
        base_version=(base_version or entry.version) if entry else None,
        before={name: now[name] for name in values if name in now},
        proposed=values,
        by=by,
        language=get_language() or settings.LANGUAGE_CODE,
        idempotency_key=idempotency_key,
        request_digest=request_digest,
        evidence_url=evidence_url.strip(),
        email=email.strip(),
        **{
            field: tidy(value)
            for field, value in {"text": text, "evidence": evidence, "name": name, "credit": credit}.items()
        },
    )
    try:
        with transaction.atomic():
            _keep(proposal)
    except (IntegrityError, ValidationError):
        if idempotency_key and (before := replayed(by, idempotency_key, request_digest)):
            return before
        raise
    return Received(proposal.reference, folded=proposal.folded_into_id is not None)


def _keep(proposal: Proposal) -> None:
    if proposal.state != ProposalState.HELD:
        proposal.folded_into = folding.same_as(proposal)
    ledger.put(proposal)
    if proposal.state != ProposalState.HELD:
        telling.tell(proposal, telling.What.RECEIVED)


def replayed(by: User | None, key: str, digest: str) -> Received | None:
    """What was received under the key before, if anything; raises KeyReused when it was something else."""
    first = Proposal.objects.filter(by=by, idempotency_key=key).first()
    if first is None:
        return None
    if first.request_digest != digest:
        raise KeyReused(_("This idempotency key was used for another proposal. Use a new one for each proposal."))
    return Received(first.reference, folded=first.folded_into_id is not None, replayed=True)


def tidy(text: str) -> str:
    """A text as it is kept: composed, its line ends one character, nothing around it."""
    return composed(text.replace("\r\n", "\n").replace("\r", "\n").strip())


def _entry(kind: ProposalKind, model: type[Entry], code: str, by: User | None) -> Entry | None:
    """The record it is about; only somebody with an account may ask to publish what the public cannot read."""
    if kind == ProposalKind.NEW:
        return None
    seen = model.objects.all() if kind == ProposalKind.PUBLISH and by else model.objects.public()
    found = seen.filter(pk=code).first()
    if found is None:
        raise ValidationError({"code": [_("There is no such record that the public can read.")]})
    return model.objects.get(pk=found.pk)


def _check_names(kind: ProposalKind, model: type[Entry], values: dict[str, Any], origin: Origin) -> None:
    """Editors' forms offer rows and what else a version holds; the public and partners what `proposable` names."""
    allowed = set(proposable(model)) if kind in _WITH_VALUES else set()
    if allowed and origin == Origin.CONTRIBUTOR:
        recorded = [field.name for field in versions.recorded_fields(model) if field.editable]
        allowed |= {*recorded, *(field.name for field in model._meta.many_to_many), *model.children}
    if unknown := sorted(set(values) - allowed):
        raise ValidationError({name: [_("Nobody can propose this.")] for name in unknown})


def _differing(entry: Entry, values: dict[str, Any], base_version: int | None, origin: Origin) -> dict[str, Any]:
    """What differs from the record as its author read it, and still does; what they could not see is kept."""
    if base_version is not None and not _was_read(entry, base_version, origin):
        raise ValidationError({"base_version": [_("The record has no such version. Open it again.")]})
    now = versions.snapshot(entry)
    read = versions.as_of(entry, base_version) if base_version not in (None, entry.version) else now
    differing = {}
    for name, value in values.items():
        unseen = [] if origin == Origin.CONTRIBUTOR else hidden(type(entry), name, now.get(name))
        if value not in [without(version.get(name), unseen) for version in (now, read)]:
            differing[name] = sorted({*value, *unseen}) if unseen and isinstance(value, list) else value
    if not differing:
        raise ValidationError(_("This is what the record says already."), code="same")
    return differing


def _was_read(entry: Entry, version: int, origin: Origin) -> bool:
    """Contributors read drafts as well."""
    changes = Change.objects.of(entry.pk)
    read = changes if origin == Origin.CONTRIBUTOR else changes.public()
    return version == entry.version or read.filter(version=version).exists()


def _broken_rules(model: type[Entry], entry: Entry | None, values: dict[str, Any]) -> dict[str, list[str]]:
    """The rules that hold between the fields of one record, such as an amount without its currency."""
    trial = model.objects.get(pk=entry.pk) if entry else model()
    columns = {field.name for field in versions.recorded_fields(model)}
    versions.apply(trial, {name: value for name, value in values.items() if name in columns})
    problems: list[str] = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            try:
                constraint.validate(model, trial)
            except ValidationError as problem:
                problems += problem.messages
    return {NON_FIELD_ERRORS: problems} if problems else {}
