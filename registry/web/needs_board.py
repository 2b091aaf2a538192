"""Needs beside the offers that fit them, in words; the same on the list of funding, on a line and for the council."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from registry import needs_and_offers, public
from registry.models import Flow, Funding, HeritageType
from registry.models.translations import Text, joined, sentence
from registry.needs_and_offers import HERITAGE, MECHANISM, PLACE, Match

from .caching import kept
from .facts import Link
from .money import exact
from .records import list_url

NEEDS_SHOWN = 6
FITS_SHOWN = 2
FITS_OF_ONE_SHOWN = 6


@dataclass(frozen=True)
class Line:
    """A line of funding in a few words."""

    title: str
    url: str
    flow: str
    amount_text: str
    mechanism: str
    purpose: Link | None
    funder: str


@dataclass(frozen=True)
class Fit:
    """A line that fits another one, and why: each a short text."""

    line: Line
    agree: list[str]
    differ: list[str]
    unknown: list[str]


@dataclass(frozen=True)
class Need:
    """What is sought, the offers that fit it best, and how many more there are."""

    line: Line
    fits: list[Fit]
    more: int


@dataclass(frozen=True)
class Board:
    """Needs with offers first, then needs that no offer fits; each count with the list that has as many lines."""

    needs: list[Need]
    open_needs: int
    unmet: int
    sought: int
    sought_url: str
    offered: int
    offered_url: str
    unread: bool


def board() -> Board:
    """The needs and offers of the whole register."""
    return kept("needs-and-offers", _board)


def fits_of(line: Funding) -> tuple[list[Fit], int] | None:
    """What fits a need or an offer, and how many fits are not shown; None for a line that is neither."""
    lines, alone = public.records(Funding), Funding.objects.public().filter(pk=line.pk)
    if needs_and_offers.needs(alone).exists():
        found = needs_and_offers.matches([line], needs_and_offers.newest(needs_and_offers.offers(lines)))
        fits = [_fit(match, match.offer) for match in found[:FITS_OF_ONE_SHOWN]]
    elif needs_and_offers.offers(alone).exists():
        found = needs_and_offers.matches(needs_and_offers.newest(needs_and_offers.needs(lines)), [line])
        fits = [_fit(match, match.need) for match in found[:FITS_OF_ONE_SHOWN]]
    else:
        return None
    return fits, len(found) - len(fits)


def in_words(line: Funding) -> Line:
    """A line as a row shows it."""
    purpose = line.project or line.initiative
    return Line(
        line.shown_title,
        line.get_absolute_url(),
        line.get_flow_display(),
        exact(line.amount, line.currency) if line.amount is not None else _reported(line),
        line.get_mechanism_display(),
        Link(purpose.shown_title, purpose.get_absolute_url()) if purpose else None,
        line.funder.shown_title if line.funder else Text(line.funder_as_reported),
    )


def _board() -> Board:
    lines, public_lines = public.records(Funding), Funding.objects.public()
    wanted, offered = needs_and_offers.needs(lines), needs_and_offers.offers(lines)
    open_needs, offers = wanted.order_by().count(), offered.order_by().count()
    read = needs_and_offers.newest(wanted)
    found: dict[str, list[Match]] = defaultdict(list)
    for match in needs_and_offers.matches(read, needs_and_offers.newest(offered)):
        found[match.need.pk].append(match)
    by_code = {line.pk: line for line in read}
    order = [*found, *(code for code in by_code if code not in found)]
    return Board(
        [_need(by_code[code], found.get(code, [])) for code in order[:NEEDS_SHOWN]],
        open_needs,
        len(read) - len(found),
        public_lines.filter(flow=Flow.SOUGHT).order_by().count(),
        list_url(Funding, flow=Flow.SOUGHT.value),
        offers,
        list_url(Funding, flow=needs_and_offers.OFFERED, missing=("project", "initiative")),
        max(open_needs, offers) > needs_and_offers.READ,
    )


def _need(line: Funding, found: list[Match]) -> Need:
    fits = [_fit(match, match.offer) for match in found[:FITS_SHOWN]]
    return Need(in_words(line), fits, len(found) - len(fits))


def _fit(match: Match, shown: Funding) -> Fit:
    return Fit(
        in_words(shown),
        [_agreement(match, name) for name in match.agree],
        [_trait(name) for name in match.differ],
        [_trait(name) for name in match.unknown],
    )


def _agreement(match: Match, name: str) -> str:
    what = {
        MECHANISM: match.need.get_mechanism_display(),
        PLACE: joined([place.shown_title for place in match.places], ", "),
        HERITAGE: ", ".join(str(HeritageType(code).label) for code in match.heritage_types),
    }
    return sentence(_("%(trait)s (%(what)s)"), trait=_trait(name), what=what[name])


def _trait(name: str) -> str:
    return {MECHANISM: _("mechanism"), PLACE: _("place"), HERITAGE: _("heritage type")}[name]


def _reported(line: Funding) -> str:
    if line.amount_as_reported:
        return sentence(_("“%(amount)s”, as reported"), amount=Text(line.amount_as_reported))
    return _("Amount not stated")
