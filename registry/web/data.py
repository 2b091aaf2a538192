"""Everything to take away: dumps of the whole register, lists in every format, and what each field means."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from registry import dictionary, downloads, dumps
from registry.dumps.contents import licence_text
from registry.files.serving import in_parts
from registry.models import ENTRIES
from registry.sheets import writing

from .caching import kept
from .nouns import NOUNS

_CHECKSUMS, _LICENCE = "sha256sums.txt", "LICENSE.txt"
_TEXT = "text/plain; charset=utf-8"
_NONE_YET = "There is no dump yet: one is made by itself after something is published. /data/ offers every list.\n"


@dataclass(frozen=True)
class Download:
    """One list in one format."""

    title: str
    url: str


class Data(TemplateView):
    """What there is to download, and under which terms."""

    template_name = "registry/data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The dumps, and every list in every format with its number of records."""
        newest, *older = offered() or [None]
        return super().get_context_data(**kwargs) | {
            "here": "data",
            "newest": newest and _described(newest),
            "older": [_described(dump) for dump in older],
            "checksums_url": reverse("registry:data-dump", args=[_CHECKSUMS]),
            "licence_url": reverse("registry:data-dump", args=[_LICENCE]),
            "lists": kept("data", _lists),
            "formats": list(downloads.FORMATS.values()),
            "licence": downloads.licence(),
            "citation": _citation(),
        }


class DataFields(TemplateView):
    """The data dictionary."""

    template_name = "registry/data_fields.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every noun with its fields, and every code list."""
        return super().get_context_data(**kwargs) | {
            "here": "data",
            "nouns": dictionary.nouns(),
            "code_lists": dictionary.code_lists(),
            "how_to_read": downloads.how_to_read(),
        }


class FieldsFile(View):
    """The data dictionary as a file, in the language of its address."""

    def get(self, request: HttpRequest, form: str) -> HttpResponseBase:
        """CSV or JSON; 404 for anything else."""
        if form == "csv":
            pieces = writing.as_csv(dictionary.as_rows())
            answer = StreamingHttpResponse(pieces, content_type=downloads.FORMATS["csv"].content_type)
        elif form == "json":
            answer = JsonResponse(dictionary.as_json(), json_dumps_params={"ensure_ascii": False})
        else:
            raise Http404
        answer["Content-Disposition"] = f'attachment; filename="caspian-heritage-register-fields.{form}"'
        answer["Access-Control-Allow-Origin"] = "*"
        return answer


class DumpFile(View):
    """A file of a dump, whole or in parts; the checksums of all; the licence."""

    def get(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """404 for what is not kept, or no longer."""
        if name == _LICENCE:
            answer = HttpResponse(licence_text(), content_type=_TEXT)
        elif name == _CHECKSUMS:
            sums = dumps.checksums(offered())
            answer = HttpResponse(sums or _NONE_YET, content_type=_TEXT, status=200 if sums else 404)
        elif found := dumps.find(offered(), name):
            path, about = found
            try:
                answer = in_parts(request, path.open("rb"), f'"{about.sha256}"')
            except FileNotFoundError as error:  # a newer dump has just taken its place
                raise Http404 from error
            if answer.status_code in {200, 206}:
                answer["Content-Type"] = about.media_type
                answer["Content-Disposition"] = f'attachment; filename="{about.name}"'
                answer["Access-Control-Expose-Headers"] = "Accept-Ranges, Content-Range, ETag"
        else:
            raise Http404(_("There is no such file. Newer dumps take the place of older ones; /data/ lists them."))
        answer["Access-Control-Allow-Origin"] = "*"
        return answer


def offered() -> list[dumps.Dump]:
    """The dumps, newest first, without those that hold what was taken back since: the worker removes them soon."""
    [taken_back_at] = kept("dumps-taken-back", lambda: [dumps.taken_back_at()])
    return [dump for dump in dumps.kept() if not dump.is_from_before(taken_back_at)]


def _described(dump: dumps.Dump) -> dict[str, Any]:
    """A dump as the page shows it."""
    files = [
        {
            "form": file.form.name,
            "name": file.name,
            "url": reverse("registry:data-dump", args=[file.name]),
            "size": file.size,
            "sha256": file.sha256,
        }
        for file in dump.files
    ]
    return {"made_at": dump.made_at, "revision": dump.revision, "records": dump.records, "files": files}


def _lists() -> list[dict[str, Any]]:
    found = []
    for model in ENTRIES:
        address = reverse(f"api:{model.slug}-list")
        formats = [Download(one.title, f"{address}?format={one.name}") for one in downloads.FORMATS.values()]
        found.append(
            {
                "name": model.slug,
                "label": str(NOUNS[model].label_plural),
                "url": reverse(f"registry:{model.noun}-list"),
                "count": model.objects.public().order_by().count(),
                "downloads": [*formats, Download("JSON", address)],
            }
        )
    return found


def _citation() -> str:
    """How to cite what was taken from here on this day."""
    today = date_format(timezone.localdate(), "DATE_FORMAT")
    return _("Caspian Heritage Register, data of %(date)s.") % {"date": today}
