"""What a list offers: a form that asks, files to take along, and ways from a row to its pin."""

import json

import pytest

from registry.facets import MOST_SHOWN
from registry.models import Citation, CountryBudget, Organisation, Project, Region, Site
from registry.tests.make import MAKERS, make_organisation, make_project, make_region, make_source
from registry.tests.web.page import read
from registry.tests.web.test_list_pages import ask, asked, codes
from registry.web import pins
from registry.web.pins import GRIDS

pytestmark = pytest.mark.django_db


def test_the_form_asks_for_a_year_a_day_and_what_is_stated_or_missing(client):
    dated = make_project(dates="2020", status="ongoing")
    make_project(status="ongoing")
    page = read(client, "/projects/?missing=event&has=dates&year=2020&updated_since=2020-01-01")
    for field in (
        '<input class="field" type="text" name="year" value="2020"',
        '<input class="field" type="date" name="updated_since" value="2020-01-01"',
        '<input type="checkbox" name="missing" value="event" checked>',
        '<input type="checkbox" name="has" value="dates" checked>',
        '<input type="checkbox" name="missing" value="dates">',
    ):
        assert field in page.html
    assert page.hidden == []
    context = ask(client, Project, "has=dates&year=2020&updated_since=2020-01-01")
    assert codes(context) == [dated.pk]
    moment = "2020-01-01T08:30:00Z"
    assert (
        f'type="text" name="updated_since" value="{moment}"' in read(client, f"/projects/?updated_since={moment}").html
    )


def test_the_button_says_how_many_records_it_shows(client):
    make_project(status="ongoing")
    make_project(status="ongoing")
    assert "Show 2 records" in read(client, "/projects/").text
    assert "Show 1 record<" in read(client, f"/projects/?region={make_project(regions=[make_region()]).places[0]}").html


def test_a_long_facet_folds_what_few_records_have_and_never_what_is_chosen(client):
    cited = [Citation(source=make_source(), locator="row 1")]
    for number, country in enumerate(["AM", "AZ", "FR", "GE", "IR", "IT", "KZ", "RU", "TM", "TR", "UZ"]):
        for _time in range(2 if number else 1):
            make_organisation(country=country, citations=cited)
    facet = next(f for f in ask(client, Organisation, "country=UZ")["facets"] if f.name == "country")
    assert len(facet.options) == 11 and len(facet.shown) == MOST_SHOWN + 1
    assert {"UZ"} <= {option.value for option in facet.shown} and "AM" in {option.value for option in facet.folded}
    assert sorted([*facet.shown, *facet.folded], key=facet.options.index) == facet.options
    page = read(client, "/organisations/?country=UZ").html
    assert all(f'name="country" value="{option.value}"' in page for option in facet.options)


def test_every_download_asks_the_api_for_the_very_records_of_the_list_in_its_order(client):
    for number in range(3):
        make_project(title=f"Old mill {number}", status="ongoing")
    make_project(title="Old mill", status="completed")
    context = ask(client, Project, "q=mill&status=ongoing&ordering=title&page=1&colour=red")
    assert [download.name for download in context["downloads"]] == ["CSV", "Excel", "GeoJSON", "NDJSON", "JSON"]
    for download in context["downloads"]:
        query = asked(download.url)
        assert query == {"q": ["mill"], "status": ["ongoing"], "ordering": ["title"], "format": [download.code]}
    lines = b"".join(client.get(context["downloads"][3].url).streaming_content).splitlines()
    assert [json.loads(line)["code"] for line in lines] == codes(context)
    found = client.get(context["downloads"][-1].url).json()["results"]
    assert [record["code"] for record in found] == codes(context)
    assert "GeoJSON" not in [download.name for download in ask(client, Organisation)["downloads"]]


@pytest.mark.parametrize("side", [None, *GRIDS[:2]], ids=str)
@pytest.mark.parametrize("model", [Project, CountryBudget, Site, Region], ids=lambda model: model.slug)
def test_a_row_names_the_pin_that_stands_for_it_whether_alone_or_in_a_square(client, model, side, monkeypatch):
    if side:
        monkeypatch.setattr(pins, "MOST_PINS", 0)
        monkeypatch.setattr(pins, "GRIDS", (side,))
    baku = make_region(title="Baku", longitude="49.87", latitude="40.4", precision="10km")
    nowhere = make_region(title="Without a point")
    for place in (baku, nowhere):
        if model is not Region:
            MAKERS[model](**({"regions": [place]} if model is Project else {"region": place}))
    context = ask(client, model, "ordering=code")
    on_map, *others = [entry.pin_ids for entry in context["page_obj"]]
    assert [pin.id for pin in context["pins"]] == on_map and others == [[]]
    assert side or on_map == [f"pin-{baku.pk}"]
    page = read(client, f"/{model.slug}/?ordering=code").html
    assert f'id="{on_map[0]}"' in page and f'href="#{on_map[0]}"' in page and f'data-pins="{on_map[0]}"' in page
