"""Anything at all, made up by hypothesis: never a 5xx."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from registry.filters import FILTERS
from registry.models import ENTRIES

from .test_bad_input import SLUGS, raw, refused

pytestmark = pytest.mark.django_db

ANY = st.text(st.characters(exclude_categories=()), max_size=60)
KNOWN = ["ongoing", "REG-0001", "2020", "title", "AZ", "1,2,3,4", "status", "-title", "5", "citations", ""]
TEXT = st.one_of(ANY, st.sampled_from(KNOWN))
NAMES = ["q", "cursor", "page_size", "ordering", "fields", "facets", "format", *FILTERS[ENTRIES[0]].base_filters]
LENIENT = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def never_at_fault(answer):
    assert answer.status_code in {200, 400, 404, 406}, answer.content[:300]
    if answer.status_code != 200:
        refused(answer, (answer.status_code,))


@LENIENT
@given(st.sampled_from(SLUGS), st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), ANY), TEXT), max_size=4))
@example("projects", [("q", "\ud800")])
@example("projects", [("has", "about")])
def test_no_query_string_is_the_registers_fault(client, slug, pairs):
    query = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)
    never_at_fault(raw(client, f"/api/v1/{slug}/", query))


@LENIENT
@given(st.binary(max_size=80))
def test_no_bytes_in_a_query_string_are_the_registers_fault(client, noise):
    never_at_fault(raw(client, "/api/v1/projects/", noise.decode("latin-1")))


@LENIENT
@given(st.sampled_from(["projects", "regions", "vocabularies"]), ANY)
def test_no_path_is_the_registers_fault(client, slug, text):
    never_at_fault(client.get(f"/api/v1/{slug}/{quoted(text)}/"))


@LENIENT
@given(
    st.sampled_from(["ACCEPT", "IF_NONE_MATCH", "IF_MODIFIED_SINCE", "IF_MATCH", "ACCEPT_LANGUAGE", "ORIGIN"]),
    st.text(st.characters(max_codepoint=255), max_size=60),
)
def test_no_header_is_the_registers_fault(client, header, text):
    answer = client.get("/api/v1/projects/", **{f"HTTP_{header}": text})
    assert answer.status_code in {200, 304, 400, 406, 412}


def quoted(text):
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))
