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
from registry.models import ENTRIES, Entry
from registry.search import MAX_QUERY, MAX_TERMS

from .parameters import MAX_PAGE_SIZE, MOST_EXACT, PAGE_SIZE

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
_SIZE = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE}
_CODE = "{prefix}-[0-9]{{4,12}}"
_LONGITUDE = r"-?(180(\.0{1,12})?|(1[0-7][0-9]|[0-9]{1,2})(\.[0-9]{1,12})?)"
_LATITUDE = r"-?(90(\.0{1,12})?|[0-8]?[0-9](\.[0-9]{1,12})?)"
_BOX = ",".join([_LONGITUDE, _LATITUDE] * 2)
_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?"
_MOMENT = f"[0-9]{{4}}-{_MONTH}-{_DAY}([T ]{_TIME})?"

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
    BoxFilter: "west,south,east,north in degrees (WGS 84), west of east and south of north; by the published points of "
    "places only.",
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
    code = {"type": "string", "pattern": f"^{_CODE.format(prefix=model.prefix)}$"}
    said = f"Such as {model.prefix}-0001."
    return [OpenApiParameter("code", code, OpenApiParameter.PATH, description=said), _fields(fields)]


def of_list(model: type[Entry], fields: list[str]) -> list[OpenApiParameter]:
    """The questions of the noun's list, then its order, its pages and what is wanted of each record."""
    filterset = FILTERS[model](queryset=model.objects.none())
    orders = [sign + name for name in filterset.ordering_columns() for sign in ("", "-")]
    return [
        *(_question(name, question) for name, question in filterset.filters.items()),
        query(
            "ordering",
            {"type": "string", "enum": orders, "default": "-updated_at"},
            "A leading minus sorts downwards. What is not stated comes last either way.",
        ),
        query("page_size", _SIZE, "Records on a page."),
        query("cursor", {"type": "string"}, "Opaque: where a page starts. Follow the links; it fits no other list."),
        _fields(fields),
        _facets(filterset),
    ]


def of_changes() -> list[OpenApiParameter]:
    """Where in the feed to go on, how far, and with which collections."""
    number = {"type": "integer", "minimum": 0, "maximum": MOST_EXACT, "default": 0}
    nouns = {"type": "array", "items": {"type": "string", "enum": [model.slug for model in ENTRIES]}}
    return [
        query("after", number, "The number of the last entry that you have; 0 for all of them."),
        query("page_size", _SIZE, "Entries on a page."),
        query("noun", nouns, "Only these collections; their links then do not follow one another. Repeat for several."),
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
            return _or_nothing("[A-Z]{2}")
        case WithinFilter():
            return _or_nothing(_CODE.format(prefix="REG"))
        case CodeFilter():
            return _or_nothing(_CODE.format(prefix=question.extra["model"].prefix))
        case AboutFilter():
            return _or_nothing(_CODE.format(prefix="[A-Z]{3}"))
        case LanguageFilter():
            return _or_nothing("[a-z]{2,3}")
        case CurrencyFilter():
            return _or_nothing("[A-Z]{3}")
        case YearFilter():
            return _or_nothing("[1-9][0-9]{3}")
        case BoxFilter():
            return _or_nothing(_BOX)
        case MomentFilter():
            return _or_nothing(_MOMENT)
        case _:
            raise NotImplementedError(question)


def _or_nothing(pattern: str) -> dict[str, str]:
    """A text of this shape; an empty one asks nothing, as a form on a page sends what was left empty."""
    return {"type": "string", "pattern": f"^({pattern})?$"}


def _fields(names: list[str]) -> OpenApiParameter:
    return _list_of("fields", names, "Only these fields of each record, separated by commas; the code is always there.")


def _facets(filterset: EntryFilter) -> OpenApiParameter | None:
    return _list_of("facets", list(filterset.facets), "Count the choices of these questions, separated by commas.")


def _list_of(name: str, names: list[str], said: str) -> OpenApiParameter:
    schema = {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1}
    return OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=said, style="form", explode=False)
