"""Activations and exercises of protocols: the sites they name, and whether they go on."""

from collections.abc import Iterable
from datetime import date

from registry.models import Activation, Protocol, Site, State
from registry.models.edtf_dates import parse


def sites_named_by(protocols: Iterable[Protocol]) -> dict[str, Site | None]:
    """By code, the sites that activations name: the published site, or None for one that was withdrawn since.

    A code that has never been public is not there. One query for any number of protocols.
    """
    named = {code for protocol in protocols for activation in protocol.activations.all() for code in activation.sites}
    if not named:
        return {}
    shown = Site.objects.filter(pk__in=named, state__in=[State.PUBLISHED, State.WITHDRAWN])
    sites = shown.order_by("code").defer("search", "search_text")
    return {site.pk: site if site.is_public else None for site in sites}


def goes_on(activation: Activation, today: date) -> bool:
    """Whether an activation or exercise has begun and is not over; one without a date is taken for over."""
    if not activation.dates:
        return False
    first, last = parse(activation.dates)
    return (first is None or first <= today) and (last is None or last >= today)
