"""Text is stored so that what looks alike is alike, and nothing invisible stands in it."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from registry.models import Citation
from registry.models.wording import MOST_NAMES, validate_plain
from registry.tests.make import make_organisation, make_project, make_source

pytestmark = pytest.mark.django_db

DECOMPOSED = unicodedata.normalize("NFD", "Şəki é")
COMPOSED = unicodedata.normalize("NFC", DECOMPOSED)


def test_every_text_of_a_record_is_stored_composed():
    name = {"name": DECOMPOSED, "language": "az", "note": DECOMPOSED}
    citation = Citation(source=make_source(), locator=DECOMPOSED, note=DECOMPOSED)
    project = make_project(title=DECOMPOSED, summary=DECOMPOSED, other_names=[name], citations=[citation])
    stored = project.citations.get()
    assert {project.title, project.summary, stored.locator, stored.note} == {COMPOSED}
    assert project.other_names == [{"name": COMPOSED, "language": "az", "note": COMPOSED}]


def test_a_record_has_no_more_names_than_its_form_can_show():
    names = [{"name": f"Name {n}", "language": "", "note": ""} for n in range(MOST_NAMES + 1)]
    with pytest.raises(ValidationError, match="at most"):
        make_project(other_names=names)


@pytest.mark.parametrize(
    "text", ["a\u202eb", "\x1b[31m", "a\u200bb", "\u00a0\u200d", "a\x00b", "a\ufffe", "a\ufdd0b", "\U0001ffff"]
)
def test_what_cannot_be_seen_is_refused(text):
    with pytest.raises(ValidationError):
        validate_plain(text)


@pytest.mark.parametrize("text", ["می\u200cخواهم", "İçərişəhər", "line\nline"])
def test_what_a_language_needs_is_kept(text):
    validate_plain(text)


def test_a_website_is_one_that_a_browser_opens():
    with pytest.raises(ValidationError, match="https"):
        make_organisation(website="ftp://files.example")
