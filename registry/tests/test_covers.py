"""Woven covers: one code, one cover; every theme has a lattice; nothing in a cover can clash or be blocked."""

from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from registry.models.heritage import HeritageType
from registry.models.initiatives import InitiativeKind
from registry.web.covers import LATTICES, cover, lit_cells, theme_of, woven

SIZES = [(84, 84), (400, 250), (560, 420)]
PREFIXES = ["PRJ", "INI", "BUD", "REG", "ORG", "EVT", "SRC", "STM"]


def make_entry(code="PRJ-0001", *, heritage_types=(), kind=""):
    """What a cover looks at in an entry, and no more."""
    return SimpleNamespace(code=code, heritage_types=list(heritage_types), kind=kind)


@pytest.mark.parametrize("theme", LATTICES)
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_cover_is_the_same_whenever_and_wherever_it_is_drawn(theme, width, height):
    first = cover("PRJ-0001", theme, width=width, height=height)
    woven.cache_clear()
    assert cover("PRJ-0001", theme, width=width, height=height) == first


def test_another_code_lights_other_cells():
    covers = {cover(f"PRJ-{number:04}", "built", width=400, height=250) for number in range(50)}
    assert len(covers) > 45


@pytest.mark.parametrize("count", [1, 4])
def test_lit_cells_are_all_different_and_all_on_the_cover(count):
    for number in range(200):
        cells = lit_cells(f"PRJ-{number:04}", columns=3, rows=2, count=count)
        assert len(set(cells)) == count
        assert all(0 <= column < 3 and 0 <= row < 2 for column, row in cells)


@pytest.mark.parametrize("theme", LATTICES)
def test_a_cover_is_well_formed_and_needs_no_id_and_no_style(theme):
    drawn = ElementTree.fromstring(cover("PRJ-0001", theme, width=400, height=250))  # noqa: S314 - our own
    attributes = {name for element in drawn.iter() for name in element.attrib}
    assert not attributes & {"id", "style", "href"}
    assert {element.tag for element in drawn.iter()} <= {"svg", "g", "path"}


@pytest.mark.parametrize("theme", LATTICES)
def test_a_small_cover_is_a_small_part_of_a_page(theme):
    assert len(cover("PRJ-0001", theme, width=84, height=84)) < 3000


def test_a_cover_shows_its_code_to_nobody():
    assert "PRJ" not in cover("PRJ-0001", "built", width=84, height=84)


@pytest.mark.parametrize("heritage_type", HeritageType.values)
def test_every_heritage_type_has_a_lattice(heritage_type):
    assert theme_of(make_entry(heritage_types=[heritage_type])) in LATTICES


@pytest.mark.parametrize("kind", InitiativeKind.values)
def test_every_kind_of_initiative_has_a_lattice(kind):
    assert theme_of(make_entry("INI-0001", kind=kind)) in LATTICES


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_noun_has_a_lattice_of_its_own_accord(prefix):
    assert theme_of(make_entry(f"{prefix}-0001")) in LATTICES


@pytest.mark.parametrize(
    ("entry", "theme"),
    [
        pytest.param(make_entry(heritage_types=["monument"]), "built", id="a monument is built"),
        pytest.param(make_entry(heritage_types=["urban"]), "city", id="an old town is a city"),
        pytest.param(make_entry(heritage_types=["traditional_craftsmanship"]), "living", id="a craft is living"),
        pytest.param(make_entry(heritage_types=["monument", "urban"]), "city", id="the first telling type decides"),
        pytest.param(make_entry("INI-0001", kind="digital_repository"), "digital", id="a repository is digital"),
        pytest.param(make_entry("INI-0001", kind="emergency_protocol"), "emergency", id="a protocol is for crises"),
        pytest.param(make_entry("INI-0001", kind="coordination_body"), "governance", id="a council governs"),
        pytest.param(make_entry("EVT-0001", kind="campaign"), "city", id="a kind counts for initiatives only"),
    ],
)
def test_the_theme_follows_the_heritage_then_the_kind_then_the_noun(entry, theme):
    assert theme_of(entry) == theme
