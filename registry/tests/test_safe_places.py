"""An attack on exact places: whatever the public asks, it learns no more than the cell that the register publishes."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from registry import ledger
from registry.filters import FILTERS
from registry.models import Change, Citation, ExactPlace, Observation, ObservedThreat, Site, State
from registry.tests.make import make_mission, make_observation, make_project, make_region, make_site, make_source

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
CELL = (Decimal("49.8"), Decimal("40.3"))  # its south-western corner; a tenth of a degree wide
MIDDLE = (Decimal("49.85"), Decimal("40.35"))
INSIDE = [("49.80", "40.30"), ("49.899999", "40.399999"), ("49.812345", "40.381234"), ("49.85", "40.35")]
LISTS = ("/api/v1/sites/?", "/api/v1/observations/?")


def register(exact, **given):
    """Sites around a mound at `exact`, seen, visited and worked on; all as if it had been written long ago."""
    country = make_region(title="Azerbaijan", kind="country", iso_code="AZ")
    make_site(title="A neighbour", region=country, exact=("49.81", "40.39"))
    risky = {"heritage_types": ["archaeological_site"], "region": country, "exact": exact}
    mound = make_site(title="A mound", **risky | given)
    make_observation(title="A look", site=mound, dates="2024", threats=[ObservedThreat(threat="climate")])
    make_mission(title="A visit", status="proposed", regions=[country])
    make_project(title="Works", regions=[country], sites=[mound])
    settle()
    return mound


def settle():
    with ledger.writes.writing():
        for model in (Site, Observation):
            model.objects.update(updated_at=LONG_AGO, created_at=LONG_AGO)
        Change.objects.update(at=LONG_AGO)
    cache.clear()


def move(site, exact):
    """Keep another exact place, as an editor does who measures again."""
    place = ExactPlace.objects.get(pk=site.pk)
    place.longitude, place.latitude, place.note = Decimal(exact[0]), Decimal(exact[1]), f"Measured at {exact}"
    with ledger.batch(by=None, reason="Measured again") as batch:
        batch.keep(place, expected=place.version)


def addresses(site):
    """Every way to ask for a site and what belongs to it: pages, API, boxes, orders, facets, words, what is stated."""
    look = site.observations.get()
    found = ["/", "/sites/", "/observations/", "/api/v1/", f"/search/?q={site.pk}"]
    found += [entry.get_absolute_url() for entry in (site, look, site.region) if entry]
    found += [f"/api/v1/sites/{site.pk}/", f"/api/v1/observations/{look.pk}/"]
    for base, model in zip(LISTS, (Site, Observation), strict=True):
        questions = FILTERS[model]
        orders = [f"{sign}{name}" for name in questions.ordering_columns() for sign in ("", "-")]
        stated = {"longitude", "latitude", "precision", "region", "site"} & {field.name for field in model._meta.fields}
        found += [f"{base}ordering={name}" for name in orders]
        found += [f"{base}{name}={value}" for name in ("has", "missing") for value in sorted(stated)]
        found += [f"{base}facets={','.join(questions.facets)}", f"{base}updated_since=2026-01-06"]
        found += [f"{base}q={words}" for words in ("49.8", "measured", "mound")]
        found += [f"{base}precision={value}" for value in ("exact", "1km", "10km", "hidden")]
        found += [f"{base}bbox={box}" for box in boxes()]
        found += [f"/{model.slug}/?bbox={box}" for box in list(boxes())[:2]]
    return found


def boxes():
    """The cell, and ever smaller boxes from two of its corners."""
    west, south = CELL
    for step in (0, 1, 3):
        side = Decimal("0.1") / 2**step
        yield f"{west},{south},{west + side},{south + side}"
        yield f"{west + side},{south + side},{west + Decimal('0.1')},{south + Decimal('0.1')}"


def answers(client, asked):
    """Status, headers and body of each: versions and times of change are in them, and the ETag that hangs on both."""
    cache.clear()
    found = {}
    for address in asked:
        answer = client.get(address)
        found[address] = (answer.status_code, sorted(answer.headers.items()), answer.content)
    return found


def test_moves_within_a_cell_change_no_byte_of_what_anybody_reads(client):
    site = register(INSIDE[0])
    asked = addresses(site)
    first = answers(client, asked)
    assert {status for status, _headers, _body in first.values()} <= {200, 400}
    assert "ETag" in dict(first[f"/api/v1/sites/{site.pk}/"][1])
    for exact in INSIDE[1:]:
        move(site, exact)
    again = answers(client, asked)
    assert [address for address in asked if first[address] != again[address]] == []


def test_halving_a_box_over_and_over_finds_the_middle_of_the_cell_and_not_the_place(client):
    site = register(("49.812345", "40.381234"))

    def inside(west, south, east, north):
        found = client.get(f"/api/v1/sites/?bbox={west},{south},{east},{north}&q=mound").json()
        return site.pk in {entry["code"] for entry in found["results"]}

    def halve(low, high, holds):
        for _step in range(11):
            middle = (low + high) / 2
            low, high = (low, middle) if holds(low, middle) else (middle, high)
        return (low + high) / 2

    east = halve(Decimal(49), Decimal(51), lambda low, high: inside(f"{low:f}", "40", f"{high:f}", "41"))
    north = halve(Decimal(40), Decimal(41), lambda low, high: inside("49", f"{low:f}", "51", f"{high:f}"))
    assert max(abs(east - MIDDLE[0]), abs(north - MIDDLE[1])) < Decimal("0.001")


def test_averaging_what_was_published_over_many_measurements_gives_the_middles_of_cells(client):
    site = register(INSIDE[0])
    seen = set()
    for step in range(12):
        move(site, (f"{Decimal('49.84') + step * Decimal('0.01')}", "40.31"))
        place = client.get(f"/api/v1/sites/{site.pk}/").json()
        seen.add((str(place["longitude"]), str(place["latitude"])))
    assert {tuple(map(Decimal, point)) for point in seen} == {MIDDLE, (Decimal("49.95"), Decimal("40.35"))}


@pytest.mark.parametrize("precision", ["country", "hidden"])
def test_a_place_that_is_not_shown_leaves_no_trace_in_any_answer(client, precision):
    """Neither that one is kept, nor where, nor that it was cleared."""
    given = {"region": None} if precision == "hidden" else {}
    site = register(None, precision_chosen=precision, **given)
    asked = addresses(site)
    before = answers(client, asked)
    with ledger.batch(by=None, reason="Found") as batch:
        batch.keep(ExactPlace(pk=site.pk, longitude=Decimal("49.81"), latitude=Decimal("40.38")))
    move(site, ("47", "41"))
    kept = answers(client, asked)
    with ledger.batch(by=None, reason="Not ours") as batch:
        batch.forget(ExactPlace.objects.get(pk=site.pk))
    cleared = answers(client, asked)
    assert [address for address in asked if not before[address] == kept[address] == cleared[address]] == []


def test_no_answer_holds_the_digits_of_the_place(client):
    site = register(("49.812345", "40.381234"))
    move(site, ("49.812399", "40.381299"))
    for address, (_status, headers, body) in answers(client, addresses(site)).items():
        asked_for = address.encode()
        told = body.replace(asked_for, b"")
        assert not any(digits in told for digits in (b"49.8123", b"40.3812", b"Measured at")), (address, headers)


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_a_threat_hides_the_place_from_the_moment_it_is_published(client, state):
    site = register(("49.812345", "40.381234"), heritage_types=["monument"])
    address = f"/api/v1/sites/{site.pk}/"
    assert str(client.get(address).json()["longitude"]) == "49.812345"
    cited = [Citation(source=make_source(), locator="page 1")]
    threat = {"threats": [ObservedThreat(threat="other_human")], "citations": cited}
    look = make_observation(site=site, dates="2025", state=state, **threat)
    shown = client.get(address).json()
    published = state == State.PUBLISHED
    assert str(shown["longitude"]) == ("49.85" if published else "49.812345") and shown["version"] == 2 + published
    assert (Change.objects.of(site.pk).first().batch == Change.objects.of(look.pk).first().batch) is published


def test_a_site_is_not_shown_exactly_by_the_rule_while_an_observation_of_looting_waits_to_be_published():
    site = make_site(state="draft", exact=("49.8671", "40.4093"))
    make_observation(state="draft", site=site, threats=[ObservedThreat(threat="other_human")])
    cited = {"citations": [Citation(source=make_source(), locator="page 1")]}
    refused = pytest.raises(ValidationError, match="Choose how to show the place")
    with refused, ledger.batch(by=None, reason="Out") as batch:
        batch.publish(site, expected=site.version, related=cited)
    site = Site.objects.get(pk=site.pk)
    site.precision_chosen = "10km"
    with ledger.batch(by=None, reason="Out") as batch:
        batch.publish(site, expected=site.version, related=cited)
    assert str(Site.objects.get(pk=site.pk).longitude) == "49.850000"
