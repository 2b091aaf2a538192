"""What is said in Azerbaijani, Russian and Persian is complete, and compiled as it is written."""

import re
from gettext import GNUTranslations
from pathlib import Path

import polib
import pytest
from django.conf import settings

LANGUAGES = ("az", "ru", "fa")
PLURALS = {
    "az": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "fa": "nplurals=2; plural=(n > 1);",
}
HOLE = re.compile(r"%\(\w+\)[sd]|%%|</?\w+")


def folder(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return settings.BASE_DIR / "locale" / language / "LC_MESSAGES"


def catalogue(language: str) -> polib.POFile:
    """As translators write it."""
    return polib.pofile(str(folder(language) / "django.po"))


def said(entry: polib.POEntry) -> list[str]:
    """What a message is in the other language, in every number."""
    return [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)] or [entry.msgstr]


def holes(text: str) -> list[str]:
    """The places that are filled in, and the tags."""
    return sorted(HOLE.findall(text))


def compiled(entry: polib.POEntry) -> dict[object, str]:
    """As gettext keeps a message."""
    key = f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid
    if entry.msgid_plural:
        return {(key, number): text for number, text in entry.msgstr_plural.items()}
    return {key: entry.msgstr}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated_for_certain(language):
    entries = catalogue(language)
    assert len(entries) > 1000
    assert [entry.msgid for entry in entries if not entry.translated() or entry.fuzzy or entry.obsolete] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_to_fill_in_and_tags_stand_as_in_english(language):
    wrong = []
    for entry in catalogue(language).translated_entries():
        if entry.msgid_plural:
            # "One record" need not say its number.
            known = {*holes(entry.msgid), *holes(entry.msgid_plural)}
            same = holes(said(entry)[-1]) == holes(entry.msgid_plural)
            right = same and all({*holes(text)} <= known for text in said(entry))
        else:
            right = holes(entry.msgstr) == holes(entry.msgid)
        wrong += [] if right else [entry.msgid]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_told_apart_as_the_language_does(language):
    entries = catalogue(language)
    assert entries.metadata["Plural-Forms"] == PLURALS[language]
    forms = int(PLURALS[language][9])
    assert {len(entry.msgstr_plural) for entry in entries if entry.msgid_plural} == {forms}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language):
    """`make messages` compiles; nothing but Python is needed to run what it made."""
    with (folder(language) / "django.mo").open("rb") as file:
        kept = dict(GNUTranslations(file)._catalog)
    kept.pop("")
    written = {}
    for entry in catalogue(language):
        written |= compiled(entry) if entry.translated() else {}
    assert kept == written


def test_every_language_has_the_same_messages():
    """The pages are read in one language to find what is not translated."""
    az, ru, fa = ({(entry.msgctxt, entry.msgid) for entry in catalogue(language)} for language in LANGUAGES)
    assert az == ru == fa
