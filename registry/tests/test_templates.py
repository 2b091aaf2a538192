"""What every template keeps, parts that name their needs among it, and what some pages say."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from registry.models import Citation, Region
from registry.tests.make import MAKERS, make_budget, make_initiative, make_project, make_region, make_source

TEMPLATES = settings.BASE_DIR / "templates"
OURS = [path for path in sorted(TEMPLATES.rglob("*.html")) if "admin" not in path.relative_to(TEMPLATES).parts]
LINKED = re.findall(r"css/\w+\.css", (TEMPLATES / "base.html").read_text())
STYLES = [settings.BASE_DIR / "static" / name for name in LINKED]


def named(path: Path) -> str:
    """A file as the test report names it."""
    return path.relative_to(settings.BASE_DIR).as_posix()


class Page(HTMLParser):
    """A page as the tests question it."""

    def __init__(self, html: str):
        super().__init__()
        self.ids, self.targets, self.fields = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note what the claims below are about."""
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        told = given.get("rel") in {"alternate", "canonical"}  # what the page says of itself, with its host
        self.targets += [given[name] for name in ("href", "src", "action") if name in given and not told]
        self.fields += [(given["name"], given.get("form"))] if tag in {"input", "select"} and "name" in given else []


def page_of(client, address: str) -> Page:
    """The page at an address, which has to answer."""
    answer = client.get(address)
    assert answer.status_code == 200
    return Page(answer.content.decode())


@pytest.fixture
def register(db):
    """One record of each noun, a pin on the map, and a budget that covers only a part of its country."""
    place = make_region(title="Baku", longitude="49.87", latitude="40.41", precision="10km")
    entries = {model: make() for model, make in MAKERS.items() if model is not Region} | {Region: place}
    make_project(title="On the map", regions=[place], status="in_progress")
    part = make_region(title="A part of a country", kind="area")
    make_budget(title="Of a part", label_as_reported="A part of it", region=part)
    make_budget(
        title="Of a whole", label_as_reported="All of it", region=make_region(title="A country", kind="country")
    )
    return entries


@pytest.mark.parametrize("path", OURS, ids=named)
def test_a_template_says_on_its_first_line_what_it_is_or_needs(path):
    first = path.read_text().partition("\n")[0]
    assert re.match(r"\{# .+[.] #\}", first)


@pytest.mark.parametrize("path", OURS, ids=named)
def test_a_part_gets_only_what_it_names(path):
    includes = re.findall(r"\{% include .*?%\}", path.read_text())
    assert [include for include in includes if not include.endswith(" only %}")] == []


@pytest.mark.parametrize("path", OURS, ids=named)
def test_no_template_has_a_style_or_a_script_of_its_own(path):
    assert not re.search(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)(?! type=.application/ld\+json)|javascript:",
        path.read_text(),
    )


@pytest.mark.parametrize("path", STYLES, ids=named)
def test_a_style_sheet_fills_the_layer_of_its_own_name(path):
    layers = re.findall(r"^@layer ([^;{]+?) ?[;{]", path.read_text(), flags=re.M)
    assert layers == (
        ["fonts, tokens, base, layout, components, figures, print"] if path.stem == "site" else [path.stem]
    )


@pytest.mark.parametrize("path", [path for path in STYLES if path.stem not in {"tokens", "print"}], ids=named)
def test_colours_are_named_by_their_meaning_outside_the_tokens(path):
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[;, )])", path.read_text()) == []


@pytest.mark.parametrize("status", [404, 410])
def test_an_error_page_speaks_our_words_and_leads_on(client, register, status):
    cited = [Citation(source=make_source(), locator="page 1")]
    gone = make_project(title="Taken back", state="withdrawn", citations=cited)
    answer = client.get(gone.get_absolute_url() if status == 410 else "/nothing/here/")
    assert answer.status_code == status
    assert reverse("registry:project-list") in Page(answer.content.decode()).targets


def test_a_gap_of_unknown_basis_is_shown_in_both_readings(client, register):
    html = client.get(reverse("registry:budget-list")).content.decode()
    assert "USD 1.26M to 1.80M" in html
    assert "does not say of what" in html


def test_a_part_of_a_country_stands_apart_from_the_countries(client, register):
    html = client.get(reverse("registry:budget-list")).content.decode()
    table = html[html.index("<table") : html.index("</table>")]
    countries, part = table.split("Only a part of a country")
    assert "All of it" in countries
    assert "A part of it" not in countries
    assert "A part of it" in part


def test_everything_that_narrows_a_list_is_in_one_form(client, register):
    page = page_of(client, reverse("registry:project-list"))
    assert ("q", "filters") in page.fields
    assert ("ordering", "filters") in page.fields
    assert ("status", None) in page.fields
    assert page.ids.count("filters") == 1


def test_a_place_that_is_only_roughly_known_is_drawn_dashed(client, register):
    html = client.get(reverse("registry:project-list")).content.decode()
    assert "map-pin--approximate" in html
    assert "Baku" in html


def test_what_no_source_states_is_said_and_not_left_blank(client, db):
    html = client.get(make_project().get_absolute_url()).content.decode()
    assert "Not stated" in html


def test_a_fact_points_to_the_source_that_gives_it(client, db):
    source = make_source(title="The report behind it")
    project = make_project(status="completed", citations=[Citation(source=source, fields=["status"], locator="row 1")])
    page = Page(client.get(project.get_absolute_url()).content.decode())
    assert "#source-1" in page.targets
    assert "source-1" in page.ids
    assert source.get_absolute_url() in page.targets


@pytest.mark.parametrize(
    ("make", "status", "shape"),
    [
        pytest.param(make_project, "proposed", "status--planned", id="proposed"),
        pytest.param(make_project, "in_progress", "status--active", id="under way"),
        pytest.param(make_project, "suspended", "status--stalled", id="suspended"),
        pytest.param(make_project, "completed", "status--finished", id="completed"),
        pytest.param(make_project, "unknown", "status--unknown", id="not stated"),
        pytest.param(make_initiative, "proposed", "status--planned", id="proposed initiative"),
    ],
)
def test_a_status_has_a_shape_for_its_group(client, db, make, status, shape):
    entry = make(status=status)
    html = client.get(reverse(f"registry:{entry.noun}-list")).content.decode()
    assert shape in html


def test_what_was_cancelled_gets_no_tick(client, db):
    make_project(status="cancelled")
    cancelled = client.get(reverse("registry:project-list")).content.decode()
    assert "M5.6 9.2" not in cancelled
    make_project(status="completed")
    assert "M5.6 9.2" in client.get(reverse("registry:project-list")).content.decode()
