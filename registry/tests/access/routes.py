"""Every address of the register, read from its URL configuration, with something in the place of each parameter."""

import re
from collections import defaultdict
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from registry.models import ENTRIES, Entry

# In a path these parts name a noun; what all nouns have shares its rows of the matrix.
NOUNS = {part: model for model in ENTRIES for part in (model._meta.model_name, model.slug, model.noun)}
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# What Django and allauth write as regular expressions.
_EXPRESSIONS = {
    r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "accounts/password/reset/key/<key>/",
    r"admin/(?P<url>.*)$": "admin/<anything>",
}
_APPLICATION = re.compile(r"admin/\^\(\?P<app_label>.*\)/\$")


def routes() -> set[str]:
    """Every route as the matrix writes it: “admin/registry/<noun>/<object_id>/change/”."""
    nouns = defaultdict(set)
    for route in _all(get_resolver()):
        nouns[_plain(route, "<noun>")].add(_plain(route))
    return {name for shared, own in nouns.items() for name in ([shared] if len(own) == len(ENTRIES) else own)}


def models(route: str) -> list[type[Entry]]:
    """The nouns whose records the route leads to; none where it leads to something else."""
    named = [NOUNS[part] for part in route.split("/") if part in NOUNS]
    return list(ENTRIES) if "<noun>" in route else named


def _all(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for found in resolver.url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLPattern):
            yield route
        else:
            yield from _all(found, route)


def _plain(route: str, noun: str = "") -> str:
    """Without converters and regular expressions; `noun` stands for the name of any noun, where it is given."""
    if _APPLICATION.fullmatch(route):
        return "admin/<application>/"
    parts = _EXPRESSIONS.get(route, route).split("/")
    return _PARAMETER.sub(r"<\1>", "/".join(noun if noun and part in NOUNS else part for part in parts))


def address(route: str, values: dict[str, str]) -> str:
    """The route with a value for each of its parameters; KeyError names one that has none."""
    return "/" + re.sub(r"<(\w+)>", lambda match: str(values[match[1]]), route)
