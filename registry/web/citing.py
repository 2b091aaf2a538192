"""How to cite a version of a record: in words, as BibTeX and as RIS. Its author is the register."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import View

from registry import public
from registry.json_ld import REGISTER
from registry.models import Entry
from registry.models.translations import sentence

from . import errors
from .languages import in_each_language

# What TeX reads as a command; the backslash comes first.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


@dataclass(frozen=True)
class Cite:
    """How to cite a record: the words, the lasting address and the page of its version, and files to take along."""

    plain: str
    permanent_url: str
    version_url: str
    bibtex_url: str = ""
    ris_url: str = ""


def cite(request: HttpRequest, entry: Entry) -> Cite:
    """For the record as it is now."""
    files = (reverse(f"registry:{entry.noun}-cite", args=[entry.pk, style]) for style in ("bibtex", "ris"))
    return Cite(citation_of(entry), permanent_url(request, entry), version_url(entry, entry.version), *files)


def cite_version(request: HttpRequest, stood: Entry) -> Cite:
    """For the record as it stood at a version."""
    return Cite(citation_of(stood), permanent_url(request, stood), version_url(stood, stood.version))


def citation_of(entry: Entry) -> str:
    """A plain citation, with the version so that a reader finds what was cited."""
    return sentence(
        _("“%(title)s.” Caspian Heritage Register, record %(code)s, version %(version)d of %(date)s."),
        title=entry.shown_title,
        code=entry.pk,
        version=entry.version,
        date=date_format(timezone.localtime(entry.updated_at), "DATE_FORMAT"),
    )


def lasting(request: HttpRequest, name: str, *args: object) -> str:
    """The whole address of a page, the same from whichever language it is asked."""
    address = reverse(f"registry:{name}", args=args)
    return in_each_language(address, request.build_absolute_uri("/")[:-1])[0].absolute_url


def canonical(request: HttpRequest, entry: Entry) -> str:
    """The whole address of the record's page in the language of this page."""
    return request.build_absolute_uri(entry.get_absolute_url())


def version_url(entry: Entry, number: int) -> str:
    """The page of one version."""
    return reverse(f"registry:{entry.noun}-version", args=[entry.pk, number])


def permanent_url(request: HttpRequest, entry: Entry) -> str:
    """Where this version of the record can always be read."""
    return lasting(request, f"{entry.noun}-version", entry.pk, entry.version)


def bibtex(entry: Entry, url: str) -> str:
    """A BibTeX entry, UTF-8, lines ending in LF; the day of reading is the reader's to add as `urldate`."""
    day = timezone.localdate(entry.updated_at)
    fields = {
        "author": f"{{{REGISTER}}}",
        "title": f"{{{tex(entry.title)}}}",
        "year": str(day.year),
        "month": str(day.month),
        "note": tex(f"Record {entry.pk}, version {entry.version} of {day.isoformat()}"),
        "url": url,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{entry.pk}-v{entry.version},", *lines, "}", ""])


def tex(text: str) -> str:
    """Text that TeX prints as it stands; line ends become spaces."""
    return "".join(_TEX.get(letter, letter) for letter in " ".join(text.split()))


def ris(entry: Entry, url: str) -> str:
    """A RIS entry, UTF-8, lines ending in CR LF; the day of reading is the reader's to add as `Y2`."""
    day = timezone.localdate(entry.updated_at)
    tags = [
        ("TY", "ELEC"),
        ("AU", REGISTER),
        ("TI", " ".join(entry.title.split())),
        ("T2", REGISTER),
        ("PY", str(day.year)),
        ("DA", f"{day:%Y/%m/%d}"),
        ("ET", f"Version {entry.version}"),
        ("AN", entry.pk),
        ("UR", url),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in tags)


# By style: the writer, its media type and the ending of its files.
STYLES = {
    "bibtex": (bibtex, "application/x-bibtex", "bib"),
    "ris": (ris, "application/x-research-info-systems", "ris"),
}


class CiteFile(View):
    """The citation of a record as a file for a reference manager."""

    model: type[Entry] = Entry

    def get(self, request: HttpRequest, code: str, style: str, **kwargs: Any) -> HttpResponse:
        """Of the newest version; 404 for a style that is not known, and as the page of the record else."""
        entry = public.records(self.model).filter(pk=code).first()
        if entry is None or style not in STYLES:
            return errors.not_public(request, self.model, code)
        write, media_type, ending = STYLES[style]
        text = write(entry, permanent_url(request, entry))
        response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{entry.pk}-v{entry.version}.{ending}"'
        return response
