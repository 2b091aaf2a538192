"""The same page in each language of the site."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.urls import get_script_prefix
from django.utils.translation import get_language
from django.utils.translation.trans_real import get_language_from_path

_LOCALES = {"en": "en_GB", "az": "az_AZ", "ru": "ru_RU", "fa": "fa_IR"}


class LanguageOfTheAddress(LocaleMiddleware):
    """Every page is in the language that its address names, so that caches keep one answer for all browsers."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Say the language; nothing is asked of the browser, and nothing varies with it."""
        response.headers.setdefault("Content-Language", get_language())
        return response


@dataclass(frozen=True)
class Switch:
    """A language, named in itself, and the address of the page in it."""

    code: str
    name: str
    url: str
    absolute_url: str
    is_current: bool

    @property
    def locale(self) -> str:
        """As Open Graph writes it; a language stands with the territory that its list knows it by."""
        return _LOCALES[self.hreflang]

    @property
    def hreflang(self) -> str:
        """The language alone; English is not that of one country."""
        return self.code.partition("-")[0]


def switches(request: HttpRequest) -> list[Switch]:
    """One for each language, in the order of the settings; each keeps the page and what it was asked.

    Pages about the API are in English alone: from there another language leads to the first page.
    """
    host = request.build_absolute_uri("/")[:-1]
    found = in_each_language(request.get_full_path(), host)
    if request.resolver_match and "api" in request.resolver_match.app_names:
        first = in_each_language("/", host)
        found = [own if own.is_current else other for own, other in zip(found, first, strict=True)]
    return found


def in_each_language(address: str, host: str = "") -> list[Switch]:
    """An address of a page, with or without its language, in every language."""
    root = get_script_prefix()
    path = "/" + address.removeprefix(root)
    here = get_language_from_path(path.partition("?")[0])
    bare = path.removeprefix(f"/{here}").removeprefix("/") if here else path.removeprefix("/")
    found = []
    for code, name in settings.LANGUAGES:
        url = f"{root}{bare}" if code == settings.LANGUAGE_CODE else f"{root}{code}/{bare}"
        found.append(Switch(code, name, url, host + url, code == get_language()))
    return found
