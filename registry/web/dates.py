"""EDTF dates in words: "20 November 2020 (uncertain)", "2018 to 2021", "about 2019"."""

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_SEASONS = {
    "21": gettext_lazy("spring"),
    "22": gettext_lazy("summer"),
    "23": gettext_lazy("autumn"),
    "24": gettext_lazy("winter"),
}


def words(edtf: str) -> str:
    """An EDTF level 1 date for people, in the language of the page; "" stays ""."""
    if "/" not in edtf:
        return _one(edtf)
    start, end = edtf.split("/")
    if end == "..":
        return _("since %(start)s") % {"start": _one(start)}
    if start == "..":
        return _("until %(end)s") % {"end": _one(end)}
    unknown = _("an unknown date")
    return _("%(start)s to %(end)s") % {"start": _one(start) or unknown, "end": _one(end) or unknown}


def _one(edtf: str) -> str:
    text, mark = (edtf[:-1], edtf[-1]) if edtf[-1:] in {"?", "~", "%"} else (edtf, "")
    said = _plain(text)
    if mark == "~":
        return _("about %(date)s") % {"date": said}
    if mark == "?":
        return _("%(date)s (uncertain)") % {"date": said}
    return _("about %(date)s (uncertain)") % {"date": said} if mark else said


def _plain(text: str) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    if season := re.fullmatch(r"(\d{4})-(2[1-4])", text):
        return f"{_SEASONS[season[2]]} {season[1]}"
    if re.fullmatch(r"\d{4}-\d\d", text):
        return date_format(date.fromisoformat(f"{text}-01"), "YEAR_MONTH_FORMAT")
    if text.endswith("XX") and len(text) == 4:
        return _("between %(first)s and %(last)s") % {"first": text[:2] + "00", "last": text[:2] + "99"}
    if text.endswith("X") and len(text) == 4:
        return _("the %(decade)ss") % {"decade": text[:3] + "0"}
    return _plain(text.removesuffix("-XX")) if text.endswith("-XX") else text
