"""What observations tell together: the rungs that count, what is said first and last; silence is no change."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry import monitoring
from registry.models import Citation, Observation, ObservedThreat
from registry.tests.make import make_observation, make_organisation, make_site, make_source

pytestmark = pytest.mark.django_db


def seen(rung, dates="", **given):
    """A published observation on a rung, with what the rung asks for."""
    if rung == "verified":
        given = {"verified_by": make_organisation(), "method": "drone"} | given
    citations = [Citation(source=make_source(), locator="page 1") for _ in range(2)]
    return make_observation(verification=rung, dates=dates, citations=citations, **given)


def everything():
    return Observation.objects.public()


def test_only_corroborated_and_verified_are_counted_unless_asked():
    seen("alleged", condition="destroyed")
    seen("corroborated", condition="poor", threats=[ObservedThreat(threat="climate"), ObservedThreat(threat="other")])
    seen("verified", "2020", condition="poor")
    told = monitoring.summary(everything())
    assert (told.count, told.conditions, told.threats) == (2, {"poor": 2}, {"climate": 1, "other": 1})
    assert monitoring.summary(everything(), monitoring.RUNGS).conditions == {"poor": 2, "destroyed": 1}


def test_the_ladder_names_every_rung_and_drafts_stand_on_none():
    seen("alleged")
    seen("alleged", state="draft")
    assert monitoring.ladder(everything()) == dict.fromkeys(monitoring.RUNGS, 0) | {"alleged": 1}


def test_the_time_line_follows_what_a_date_can_mean_and_leaves_out_what_has_none():
    last = seen("reported", "2021-03")
    first = seen("reported", "../2001")
    middle = seen("reported", "2005~")
    dateless = seen("reported")
    assert list(monitoring.dated(everything())) == [first, middle, last]
    assert list(monitoring.undated(everything())) == [dateless]


def test_the_last_is_set_beside_the_first_field_by_field_and_silence_is_no_change():
    seen("alleged", "1990", condition="good")
    first = seen("corroborated", "2001", condition="good", trend="stable", threats=[ObservedThreat(threat="climate")])
    last = seen("verified", "2020", condition="poor", damage_class="severe", threats=[ObservedThreat(threat="other")])
    told = monitoring.first_and_last(everything())
    assert (told.first, told.last, told.in_order) == (first, last, True)
    assert [field.name for field in told.fields if field.has_changed] == ["condition"]
    assert [field.name for field in told.fields if field.is_known] == ["condition"]
    assert (told.threats_added, told.threats_gone, told.threats_kept) == (("other",), ("climate",), ())


def test_overlapping_dates_do_not_say_which_came_first():
    seen("corroborated", "2020")
    seen("corroborated", "2020-06")
    assert monitoring.first_and_last(everything()).in_order is False


def test_one_dated_observation_has_nothing_to_stand_beside():
    seen("corroborated", "2020")
    seen("corroborated")
    assert monitoring.first_and_last(everything()) is None


def test_the_page_of_a_site_asks_as_much_for_two_observations_as_for_eight(client):
    site = make_site()

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(site.get_absolute_url() + "?rungs=all").status_code == 200
        return len(queries)

    for year in (2001, 2002):
        seen("corroborated", str(year), site=site, threats=[ObservedThreat(threat="climate")])
    two = cost()
    for year in range(2003, 2009):
        seen("corroborated", str(year), site=site, threats=[ObservedThreat(threat="climate")])
    assert cost() == two
