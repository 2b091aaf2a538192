"""The fields that every document has, around those of its noun, and the parts of what is no single value."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from registry import public
from registry.models import Entry, translations

from . import nouns, values
from .given import Given
from .sorts import Field, Sort, part


def _completeness(entry: Entry, _given: Given) -> dict[str, Any]:
    renamed, measured = nouns.RENAMED.get(type(entry), {}), public.completeness(entry)
    missing = [renamed.get(name, name) for name in measured.missing]
    return {"filled": measured.filled, "of": measured.of, "missing": missing}


_NAME = (
    part("name", Sort.TEXT, _("name"), always=True),
    part("language", Sort.TEXT, _("language"), _("ISO 639.")),
    part("note", Sort.TEXT, _("note")),
)
_IN_A_LANGUAGE = (part("title", Sort.TEXT, _("title")), part("summary", Sort.TEXT, _("summary")))
_TRANSLATIONS = tuple(
    part(code, Sort.PARTS, gettext_noop(name), parts=_IN_A_LANGUAGE)
    for code, name in settings.LANGUAGES
    if code in translations.OTHERS
)
DATES = (
    part("edtf", Sort.TEXT, _("date"), _("Such as 2025-12-05, 2025, 2020-11-20? or 2018/.. (EDTF level 1).")),
    part("earliest", Sort.DAY, _("first day it can mean")),
    part("latest", Sort.DAY, _("last day it can mean")),
)
_CITATION = (
    part("fields", Sort.WORDS, _("fields it supports"), _("Empty: the whole record.")),
    part("source", Sort.LINK, _("source"), always=True),
    part("locator", Sort.TEXT, _("where in the source")),
    part("note", Sort.TEXT, _("note")),
)
_COMPLETENESS = (
    part("filled", Sort.WHOLE, _("stated fields"), always=True),
    part("of", Sort.WHOLE, _("fields a reader expects"), always=True),
    part("missing", Sort.WORDS, _("fields that are not stated")),
)
FIRST = (
    Field("code", Sort.TEXT, lambda e, _g: e.pk, _("code"), _("Stable, and never used again."), always=True),
    Field(
        "url",
        Sort.ADDRESS,
        lambda e, g: f"{g.lists[type(e)]}{e.pk}/",
        _("address in the API"),
        _("This record as data."),
        always=True,
    ),
    Field(
        "html_url",
        Sort.ADDRESS,
        lambda e, g: g.host + e.get_absolute_url(),
        _("page"),
        _("The page of the record for people."),
        always=True,
    ),
    Field("title", Sort.TEXT, lambda e, _g: e.title, _("title"), _("The name that readers look for."), always=True),
    Field(
        "other_names",
        Sort.ROWS,
        lambda e, g: [values.other_name(name, g) for name in e.other_names],
        _("other names"),
        Entry._meta.get_field("other_names").help_text,
        parts=_NAME,
    ),
    Field(
        "translations",
        Sort.PARTS,
        lambda e, _g: e.translations,
        _("translations"),
        Entry._meta.get_field("translations").help_text,
        parts=_TRANSLATIONS,
        stored="translations",
    ),
    Field(
        "summary",
        Sort.TEXT,
        lambda e, _g: values.words(e.summary),
        _("summary"),
        _("In neutral words of the register."),
        stored="summary",
    ),
)
LAST = (
    Field(
        "citations",
        Sort.ROWS,
        lambda e, g: [values.citation(row, g) for row in e.citations.all()],
        _("citations"),
        _("Where the facts stand."),
        parts=_CITATION,
        stored="citations",
    ),
    Field(
        "completeness",
        Sort.PARTS,
        _completeness,
        _("completeness"),
        _("How many of the fields a reader expects are stated, and which are not."),
        always=True,
        parts=_COMPLETENESS,
    ),
    Field(
        "updated_at",
        Sort.MOMENT,
        lambda e, _g: values.moment(e.updated_at),
        _("updated at"),
        _("When the record last changed, in UTC."),
        always=True,
    ),
    Field(
        "version",
        Sort.WHOLE,
        lambda e, _g: e.version,
        _("version"),
        _("1 for the first, one more for every change."),
        always=True,
    ),
)
SHARED = tuple(field.name for field in (*FIRST, *LAST))  # names of fields, in the order of a document
