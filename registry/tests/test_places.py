"""How exactly a site is shown: fixed grids, a rule that only ever hides more, and a point that follows its place."""

from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection
from django.test import TransactionTestCase

from registry import ledger
from registry.ledger.private import values_of
from registry.models import (
    ENTRIES,
    PRIVATE,
    Change,
    Citation,
    ExactPlace,
    Observation,
    ObservedThreat,
    PrivateChange,
    Site,
    State,
)
from registry.places import published_point
from registry.tests.make import make_observation, make_region, make_site, make_source
from registry.tests.test_ledger_together import in_threads

BAKU = ("49.832500", "40.366700")
MIDDLE = (Decimal("49.85"), Decimal("40.35"))  # of the cell of a tenth of a degree that holds it


def point(site):
    site.refresh_from_db()
    return (site.longitude, site.latitude) if site.is_drawn else None


def store(site, **values):
    site = Site.objects.get(pk=site.pk)
    for name, value in values.items():
        setattr(site, name, value)
    with ledger.batch(by=None, reason="For a test") as batch:
        batch.save(site, expected=site.version)
    return batch.id


def move(site, longitude, latitude):
    place = ExactPlace.objects.filter(pk=site.pk).first() or ExactPlace(pk=site.pk)
    expected = None if place._state.adding else place.version
    place.longitude, place.latitude = Decimal(longitude), Decimal(latitude)
    with ledger.batch(by=None, reason="Measured again") as batch:
        batch.keep(place, expected=expected)
    return batch.id


def clear(site):
    with ledger.batch(by=None, reason="Not ours to keep") as batch:
        batch.forget(ExactPlace.objects.get(pk=site.pk))
    return batch.id


def threatened(site, **given):
    return make_observation(site=site, threats=[ObservedThreat(threat="other_human")], **given)


@pytest.mark.parametrize(
    ("place", "precision", "shown"),
    [
        (("49.8325", "40.3667"), "exact", ("49.8325", "40.3667")),
        (("49.8325", "40.3667"), "1km", ("49.835", "40.365")),
        (("49.8325", "40.3667"), "10km", ("49.85", "40.35")),
        (("49.8", "40.3"), "10km", ("49.85", "40.35")),
        (("-0.000001", "-0.000001"), "10km", ("-0.05", "-0.05")),
        (("180", "90"), "10km", ("179.95", "89.95")),
        (("-180", "-90"), "1km", ("-179.995", "-89.995")),
        (("49.8325", "40.3667"), "region", None),
        (("49.8325", "40.3667"), "country", None),
        (("49.8325", "40.3667"), "hidden", None),
    ],
)
def test_a_point_is_the_middle_of_its_cell(place, precision, shown):
    expected = tuple(map(Decimal, shown)) if shown else None
    assert published_point(*map(Decimal, place), precision) == expected


@pytest.mark.django_db
class TestTheRule:
    @pytest.mark.parametrize(
        ("given", "precision"),
        [
            ({}, "exact"),
            ({"heritage_types": ["archaeological_site"]}, "10km"),
            ({"heritage_types": ["archaeological_site"], "precision_chosen": "1km"}, "1km"),
            ({"precision_chosen": "country"}, "country"),
            ({"precision_chosen": "hidden"}, "hidden"),
        ],
    )
    def test_a_choice_goes_before_the_rule(self, given, precision):
        site = make_site(exact=BAKU, **given)
        assert site.precision == precision
        assert site.is_drawn is (precision in {"exact", "1km", "10km"})

    @pytest.mark.parametrize("precision", ["region", "country", "hidden"])
    def test_where_no_point_is_shown_nothing_tells_that_a_place_is_known(self, precision):
        site = make_site(precision_chosen=precision)
        before = Site.objects.values().get(pk=site.pk)
        move(site, *BAKU)
        assert Site.objects.values().get(pk=site.pk) == before
        assert Change.objects.of(site.pk).count() == 1

    def test_by_the_rule_a_place_is_only_ever_shown_less_exactly(self):
        site = make_site(exact=BAKU)
        store(site, heritage_types=["archaeological_site"])
        assert point(site) == MIDDLE
        store(site, heritage_types=["site"])
        assert point(site) == MIDDLE
        store(site, precision_chosen="hidden")
        store(site, precision_chosen="")
        assert (point(site), site.precision) == (None, "hidden")
        store(site, precision_chosen="exact")
        assert point(site) == tuple(map(Decimal, BAKU))

    def test_a_place_that_is_cleared_and_entered_again_is_shown_no_more_exactly_than_before(self):
        site = make_site(exact=BAKU, heritage_types=["archaeological_site"])
        store(site, heritage_types=["site"])
        clear(site)
        assert (point(site), site.precision) == (None, "")
        move(site, *BAKU)
        assert (point(site), site.precision) == (MIDDLE, "10km")

    def test_a_threat_by_people_hides_the_place_with_the_batch_that_publishes_it(self):
        site = make_site(exact=BAKU)
        draft = threatened(site, state=State.DRAFT)
        assert point(site) == tuple(map(Decimal, BAKU))
        cited = {"citations": [Citation(source=make_source(), locator="page 1")]}
        with ledger.batch(by=None, reason="Reported from the field") as batch:
            batch.publish(Observation.objects.get(pk=draft.pk), expected=1, related=cited)
        assert (point(site), site.precision, site.version) == (MIDDLE, "10km", 3)
        assert Change.objects.of(site.pk).first().batch == batch.id

    def test_a_threat_that_was_withdrawn_still_hides_a_place_that_is_entered_later(self):
        site = make_site()
        seen = threatened(site)
        with ledger.batch(by=None, reason="For a test") as batch:
            batch.withdraw(seen, expected=seen.version, why="A mistake")
        move(site, *BAKU)
        assert point(site) == MIDDLE

    def test_undoing_the_observation_does_not_show_the_place_again(self):
        site = make_site(exact=BAKU)
        batch = Change.objects.of(threatened(site).pk).first().batch
        ledger.undo(batch, by=None, reason="A mistake")
        assert point(site) == MIDDLE


@pytest.mark.django_db
class TestHistory:
    def test_no_version_of_a_site_holds_a_point(self):
        site = make_site(exact=BAKU)
        move(site, "49.9", "40.4")
        store(site, heritage_types=["archaeological_site"])
        kept = [*Change.objects.of(site.pk).values_list("before", "after")]
        assert len(kept) == 4 and "49." not in str(kept) and "latitude" not in str(kept)

    def test_a_move_within_a_cell_changes_nothing_that_anybody_reads(self):
        site = make_site(exact=BAKU, heritage_types=["archaeological_site"])
        before = Site.objects.values().get(pk=site.pk)
        for longitude in ("49.80", "49.81", "49.899999"):
            move(site, longitude, "40.3")
        assert Site.objects.values().get(pk=site.pk) == before
        assert PrivateChange.objects.filter(key=site.pk).count() == 4

    def test_a_move_out_of_its_cell_is_a_version_of_its_own(self):
        site = make_site(exact=BAKU, heritage_types=["archaeological_site"])
        move(site, "49.91", "40.3667")
        assert point(site) == (Decimal("49.95"), Decimal("40.35")) and site.version == 3

    def test_an_undo_gives_back_the_place_and_the_point(self):
        site = make_site(exact=BAKU)
        batch = move(site, "47.17", "41.2")
        done = ledger.undo(batch, by=None, reason="Measured wrongly")
        assert point(site) == tuple(map(Decimal, BAKU))
        assert ExactPlace.objects.get(pk=site.pk).longitude == Decimal(BAKU[0])
        assert (done.taken_back, done.kept) == ([site.pk], [])

    def test_an_undo_gives_back_what_was_cleared_as_exactly_as_it_was_shown(self):
        site = make_site(exact=BAKU, heritage_types=["archaeological_site"])
        store(site, heritage_types=["site"])
        ledger.undo(clear(site), by=None, reason="It was right")
        assert (point(site), site.precision) == (MIDDLE, "10km")

    def test_an_undo_leaves_what_was_moved_later(self):
        site = make_site(exact=BAKU)
        batch = move(site, "47.17", "41.2")
        move(site, "48", "42")
        done = ledger.undo(batch, by=None, reason="Too late")
        assert point(site) == (48, 42) and len(done.kept) == 1

    def test_an_undo_brings_a_deleted_draft_back_with_its_place(self):
        site = make_site(state=State.DRAFT, exact=BAKU)
        kept = values_of(ExactPlace.objects.get(pk=site.pk))
        with ledger.batch(by=None, reason="Not wanted") as batch:
            batch.delete(Site.objects.get(pk=site.pk), expected=2)
        assert not ExactPlace.objects.exists()
        ledger.undo(batch.id, by=None, reason="Wanted")
        assert values_of(ExactPlace.objects.get(pk=site.pk)) == kept
        assert point(site) == tuple(map(Decimal, BAKU))

    def test_a_site_made_with_its_place_is_one_change(self):
        site = Site(title="A mound", region=make_region())
        with ledger.batch(by=None, reason="Found") as batch:
            batch.place(site, ExactPlace(longitude=Decimal(BAKU[0]), latitude=Decimal(BAKU[1])))
            batch.save(site)
        assert (point(site), site.version) == (tuple(map(Decimal, BAKU)), 1)
        ledger.undo(batch.id, by=None, reason="Not found")
        assert not Site.objects.exists() and not ExactPlace.objects.exists()


@pytest.mark.django_db
class TestTwoEditors:
    def keep(self, site, expected, longitude="50"):
        place = ExactPlace(pk=site.pk, longitude=Decimal(longitude), latitude=Decimal("41"))
        with ledger.batch(by=None, reason="At once") as batch:
            batch.keep(place, expected=expected)

    def test_the_second_is_refused(self):
        site = make_site(exact=BAKU)
        self.keep(site, 1)
        for expected in (1, 0, 3, None):
            with pytest.raises(ledger.Refused):
                self.keep(site, expected, "51")
        assert ExactPlace.objects.get(pk=site.pk).longitude == 50

    def test_a_place_that_was_cleared_is_not_brought_back_by_an_old_edit(self):
        site = make_site(exact=BAKU)
        clear(site)
        with pytest.raises(ledger.Refused):
            self.keep(site, 1)
        move(site, "47.17", "41.2")
        with pytest.raises(ledger.Refused):
            self.keep(site, 1)
        assert ExactPlace.objects.get(pk=site.pk).longitude == Decimal("47.17")

    def test_only_the_place_that_was_seen_is_cleared(self):
        site = make_site(exact=BAKU)
        seen = ExactPlace.objects.get(pk=site.pk)
        move(site, "47.17", "41.2")
        with pytest.raises(ledger.Refused), ledger.batch(by=None, reason="Not this one") as batch:
            batch.forget(seen, expected=1)
        assert ExactPlace.objects.exists()

    def test_a_place_belongs_to_a_site_of_the_register(self):
        with pytest.raises(ledger.Refused):
            self.keep(Site(pk="SIT-999999"), None)


@pytest.mark.django_db
def test_a_coordinate_typed_in_short_is_the_same_when_it_is_read_again():
    place = make_region(longitude="49.8", latitude="40.3", precision="10km")
    place.longitude = Decimal("49.80")
    with ledger.batch(by=None, reason="Nothing new") as same:
        same.save(place, expected=1)
    place.longitude = Decimal("50.5")
    with ledger.batch(by=None, reason="Misread") as other:
        other.save(place, expected=1)
    assert same.changes == [] and ledger.undo(other.id, by=None, reason="It was right").kept == []
    place.refresh_from_db()
    assert place.longitude == Decimal("49.8")


class TestAtOnce(TransactionTestCase):
    """Editors in threads of their own see only what is committed, so this test commits."""

    def _fixture_teardown(self):
        """Empty the register alone: Django would empty every table, and with them what migrations put there."""
        tables = ", ".join(model._meta.db_table for model in (*ENTRIES, *PRIVATE, Change))
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {tables} CASCADE")

    def test_of_several_who_enter_a_place_at_once_one_is_kept_and_the_others_are_told(self):
        site, together = make_site(heritage_types=["archaeological_site"]), Barrier(4)

        def enter(editor):
            place = ExactPlace(pk=site.pk, longitude=Decimal(47 + editor), latitude=Decimal("41"))
            together.wait()
            try:
                with ledger.batch(by=None, reason="At once") as batch:
                    batch.keep(place)
            except ledger.Refused:
                return None
            return editor

        kept = [editor for editor in in_threads(enter, 4) if editor is not None]
        assert [47 + editor for editor in kept] == [ExactPlace.objects.get().longitude]
        assert point(site) == (kept[0] + Decimal("47.05"), Decimal("41.05")) and site.version == 2
