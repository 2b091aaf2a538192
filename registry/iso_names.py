"""What ISO 3166-1 and ISO 639 call countries and languages, in the language of the page."""

import gettext

import pycountry
from django.utils.translation import get_language, to_locale


def country(code: str) -> str:
    """The country of two letters, such as AZ; the letters themselves where ISO has none."""
    found = pycountry.countries.get(alpha_2=code)
    return _translated("iso3166-1", found.name) if found else code


def language(code: str) -> str:
    """The language of two or three letters, such as az or tly; the letters themselves where ISO has none."""
    found = pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code)
    return _translated("iso639-3", found.name) if found else code


def _translated(standard: str, name: str) -> str:
    """As the standard's own catalogue has it, or in English."""
    wanted = [to_locale(get_language())]
    return gettext.translation(standard, pycountry.LOCALES_DIR, wanted, fallback=True).gettext(name)
