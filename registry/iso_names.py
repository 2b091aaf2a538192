"""What ISO 3166-1 and ISO 639 call countries and languages, in the language of the page."""

import gettext

import pycountry
from django.utils.translation import get_language, to_locale

# What the catalogues of the standards lack, or say in another spelling than a reader knows; names of CLDR.
_OURS = {
    "az": {
        "AZ": "Azərbaycan",
        "IR": "İran İslam Respublikası",
        "GB": "Birləşmiş Krallıq",
        "US": "Amerika Birləşmiş Ştatları",
        "ar": "ərəbcə",
        "az": "azərbaycanca",
        "de": "almanca",
        "en": "ingiliscə",
        "fa": "farsca",
        "fr": "fransızca",
        "hy": "ermənicə",
        "it": "italyanca",
        "ka": "gürcücə",
        "kk": "qazaxca",
        "ku": "kürdcə",
        "lez": "ləzgicə",
        "ru": "rusca",
        "tk": "türkməncə",
        "tly": "talışca",
        "tr": "türkcə",
        "uk": "ukraynaca",
        "uz": "özbəkcə",
    },
    "ru": {"US": "Соединённые Штаты", "tly": "талышский"},
    "fa": {"GB": "بریتانیا", "RU": "فدراسیون روسیه", "TR": "ترکیه", "tly": "تالشی"},
}
# Letters of Arabic keyboards that Persian writes otherwise.
_PERSIAN = str.maketrans("يىك", "ییک")


def country(code: str) -> str:
    """The country of two letters, such as AZ; the letters themselves where ISO has none."""
    found = pycountry.countries.get(alpha_2=code)
    return _translated("iso3166-1", code, found.name) if found else code


def language(code: str) -> str:
    """The language of two or three letters, such as az or tly; the letters themselves where ISO has none."""
    found = pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code)
    return _translated("iso639-3", code, found.name) if found else code


def _translated(standard: str, code: str, name: str) -> str:
    """As the standard's own catalogue has it, or in English."""
    here = get_language()
    if ours := _OURS.get(here, {}).get(code):
        return ours
    said = gettext.translation(standard, pycountry.LOCALES_DIR, [to_locale(here)], fallback=True).gettext(name)
    return said.translate(_PERSIAN) if here == "fa" else said
