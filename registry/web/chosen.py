"""Which records an address asks to compare: those that anybody can read, and in words what became of the others."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from registry import public, search
from registry.models import ENTRIES, Entry
from registry.models.translations import Text, sentence

MOST = 4  # records side by side
READ = 12  # codes of an address that are looked up at all
OFFERED = 8
_CODE = re.compile(r"([A-Z]{3})-\d{4,12}", re.ASCII)
_BY_PREFIX = {model.prefix: model for model in ENTRIES}


@dataclass
class Chosen:
    """The records in the order of the address, sentences about what is not among them, and records to add."""

    entries: list[Entry] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    words: str = ""
    offers: list[Entry] = field(default_factory=list)


def choose(asked: QueryDict) -> Chosen:
    """Read `code`, once a record, and `add`: a code, or words to look for."""
    words = asked.get("add", "").strip()
    codes = [code.strip().upper() for code in asked.getlist("code") if code.strip()]
    if _CODE.fullmatch(words.upper()):
        codes, words = [*codes, words.upper()], ""
    codes = list(dict.fromkeys(codes))
    chosen = Chosen(words=words)
    found = _public(codes[:READ])
    for code in codes[:READ]:
        entry = found.get(code) or _instead(code, chosen.notices)
        if entry and entry.pk not in {other.pk for other in chosen.entries}:
            chosen.entries.append(entry)
    _keep_four(chosen, codes[READ:])
    if len(chosen.entries) < MOST:
        chosen.offers = _offers(chosen)
    return chosen


def _public(codes: list[str]) -> dict[str, Entry]:
    found = {}
    for prefix, model in _BY_PREFIX.items():
        wanted = [code for code in codes if _CODE.fullmatch(code) and code.startswith(f"{prefix}-")]
        if wanted:
            found |= public.records(model).in_bulk(wanted)
    return found


def _instead(code: str, notices: list[str]) -> Entry | None:
    """The record that another became part of; for what was withdrawn the reason is said, for all else that it is not
    there."""
    shape = _CODE.fullmatch(code)
    model = _BY_PREFIX.get(shape[1]) if shape else None
    gone = public.gone(model, code) if model else None
    if gone is None:
        notices.append(_("There is no “%(code)s” in the register.") % {"code": code[:20]})
        return None
    if gone.now is None:
        said = _("%(code)s was withdrawn and is not compared. The reason: %(reason)s")
        notices.append(sentence(said, code=code, reason=Text(gone.reason)))
        return None
    said = _("%(code)s is now part of %(now)s, which stands here in its place.")
    notices.append(sentence(said, code=code, now=gone.now.pk))
    return public.records(model).filter(pk=gone.now.pk).first()


def _keep_four(chosen: Chosen, unread: list[str]) -> None:
    left = [entry.pk for entry in chosen.entries[MOST:]] + [code[:20] for code in unread[:READ]]
    if left:
        said = _("Four records can be compared at a time. Left out: %(codes)s. Drop one of the four to make room.")
        chosen.notices.append(said % {"codes": ", ".join(left)})
        del chosen.entries[MOST:]


def _offers(chosen: Chosen) -> list[Entry]:
    """What the words find, else the records of the same noun that changed last."""
    models = list(dict.fromkeys(type(entry) for entry in chosen.entries))
    taken = [entry.pk for entry in chosen.entries]
    if not chosen.words:
        return list(models[0].objects.public().exclude(pk__in=taken)[:OFFERED]) if len(models) == 1 else []
    try:
        offers = [
            entry
            for model in models or ENTRIES
            for entry in search.find(model.objects.public(), chosen.words).exclude(pk__in=taken)[:OFFERED]
        ][:OFFERED]
    except ValidationError as error:
        chosen.notices += error.messages
        return []
    if not offers:
        chosen.notices.append(_("Nothing was found for “%(words)s”.") % {"words": chosen.words[:60]})
    return offers
