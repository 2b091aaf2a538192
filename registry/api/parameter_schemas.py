"""What each parameter takes, for the schema: types, codes and a sentence."""

from typing import Any

from django_filters import Filter
from drf_spectacular.utils import OpenApiParameter

from registry.filters import FILTERS, EntryFilter
from registry.filters.base import SearchFilter
from registry.filters.fields import (
    AboutFilter,
    BoxFilter,
    ChosenFilter,
    CodeFilter,
    CountryFilter,
    CurrencyFilter,
    LanguageFilter,
    MomentFilter,
    OwnCountryFilter,
    WithinFilter,
    YearFilter,
)
from registry.models import Entry
from registry.search import MAX_QUERY, MAX_TERMS

from .parameters import MAX_PAGE_SIZE, PAGE_SIZE

FACETS = {
    "type": "object",
    "description": "Only where `facets` asks for it: by facet, its choices. Counts ignore the facet's own selection.",
    "additionalProperties": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["value", "label", "count", "selected"],
            "properties": {
                "value": {"type": "string"},
                "label": {"type": "string"},
                "count": {"type": "integer", "minimum": 0},
                "selected": {"type": "boolean"},
            },
        },
    },
}
_CODE = r"^{prefix}-[0-9]{{4,12}}$"
_COUNTRY = {"type": "string", "pattern": "^[A-Z]{2}$"}

# The first kind that fits; special kinds stand before general ones.
_SAID = {
    SearchFilter: f"Words, each the beginning of a word of the record, in any script: seki finds Şəki. At most "
    f"{MAX_QUERY} characters and {MAX_TERMS} words.",
    CountryFilter: "ISO 3166-1 code of a country in the register; finds what lies within it too. Repeat for several.",
    WithinFilter: "Code of a region; finds what lies within it too. Repeat for any of several.",
    CodeFilter: "Code of a record that it points to. Repeat for any of several.",
    OwnCountryFilter: "ISO 3166-1 code, such as AZ. Repeat for any of several.",
    LanguageFilter: "ISO 639 code, such as az. Repeat for any of several.",
    CurrencyFilter: "ISO 4217 code, such as USD. Repeat for any of several.",
    AboutFilter: "Code of a record of any kind, such as PRJ-0001. Repeat for any of several.",
    YearFilter: "Four digits; records whose dates may fall into the year.",
    MomentFilter: "A day or a moment in ISO 8601; without an offset it is UTC.",
    BoxFilter: "west,south,east,north in degrees (WGS 84), by the published points of places only.",
    ChosenFilter: "Repeat for any of several.",
}


def format_of(names: list[str]) -> OpenApiParameter:
    """In which format to answer; instead of an Accept header."""
    return query("format", {"type": "string", "enum": names, "default": names[0]}, "The format of the answer.")


def query(name: str, schema: dict[str, Any], said: str) -> OpenApiParameter:
    """A parameter of the query string."""
    return OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=said)


def of_record(model: type[Entry], fields: list[str]) -> list[OpenApiParameter]:
    """Its code in the address, and the fields wanted."""
    code = {"type": "string", "pattern": _CODE.format(prefix=model.prefix)}
    said = f"Such as {model.prefix}-0001."
    return [OpenApiParameter("code", code, OpenApiParameter.PATH, description=said), _fields(fields)]


def of_list(model: type[Entry], fields: list[str]) -> list[OpenApiParameter]:
    """The questions of the noun's list, then its order, its pages and what is wanted of each record."""
    filterset = FILTERS[model](queryset=model.objects.none())
    orders = [sign + name for name in filterset.ordering_columns() for sign in ("", "-")]
    size = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE}
    return [
        *(_question(name, question) for name, question in filterset.filters.items()),
        query(
            "ordering",
            {"type": "string", "enum": orders, "default": "-updated_at"},
            "A leading minus sorts downwards. What is not stated comes last either way.",
        ),
        query("page_size", size, "Records on a page."),
        query("cursor", {"type": "string"}, "Opaque: where a page starts. Follow the links; it fits no other list."),
        _fields(fields),
        _facets(filterset),
    ]


def _question(name: str, question: Filter) -> OpenApiParameter:
    said = next(text for kind, text in _SAID.items() if isinstance(question, kind))
    schema = _schema(question)
    if getattr(question.field_class.widget, "allow_multiple_selected", False):
        schema = {"type": "array", "items": schema}
    return query(name, schema, f"{question.label}. {said}")


def _schema(question: Filter) -> dict[str, Any]:
    match question:
        case SearchFilter():
            return {"type": "string", "maxLength": MAX_QUERY}
        case ChosenFilter():
            return {"type": "string", "enum": [str(code) for code, _label in question.extra["choices"]]}
        case CountryFilter() | OwnCountryFilter():
            return _COUNTRY
        case WithinFilter():
            return {"type": "string", "pattern": _CODE.format(prefix="REG")}
        case CodeFilter():
            return {"type": "string", "pattern": _CODE.format(prefix=question.extra["model"].prefix)}
        case AboutFilter():
            return {"type": "string", "pattern": _CODE.format(prefix="[A-Z]{3}")}
        case YearFilter():
            return {"type": "string", "pattern": "^[1-9][0-9]{3}$"}
        case _:
            return {"type": "string"}


def _fields(names: list[str]) -> OpenApiParameter:
    return _list_of("fields", names, "Only these fields of each record, separated by commas; the code is always there.")


def _facets(filterset: EntryFilter) -> OpenApiParameter | None:
    return _list_of("facets", list(filterset.facets), "Count the choices of these questions, separated by commas.")


def _list_of(name: str, names: list[str], said: str) -> OpenApiParameter:
    schema = {"type": "array", "items": {"type": "string", "enum": names}}
    return OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=said, style="form", explode=False)
