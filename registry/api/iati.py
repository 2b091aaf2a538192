"""Projects for the International Aid Transparency Initiative: activities in XML, and what cannot be told there."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.urls import path, reverse
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from registry import documents, iati, public
from registry.models import Project

from . import conditional
from .negotiation import Json, OnlyForm
from .problems import not_public
from .views import PublicView

app_name = "iati"


class _File(BaseRenderer):
    """A file that is written as it is sent; a refusal is JSON all the same."""

    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: dict | None = None) -> bytes:
        """A problem."""
        return Json().render(data)


class _Xml(_File):
    media_type, format = "application/xml", "xml"


class _LeftOutJson(_File):
    media_type, format = "application/json", "json"


class _Csv(_File):
    media_type, format = "text/csv", "csv"


class IatiView(PublicView):
    """What it answers depends on who reports as well."""

    content_negotiation_class = OnlyForm
    schema = None

    def allowed_parameters(self) -> list[str]:
        """None: a file is always whole."""
        return []

    def current(self, request: Request) -> conditional.Validators:
        """Another organisation that reports is another answer."""
        return conditional.validators(request, f"{request.accepted_media_type} {iati.reporter()}")

    def told(self, codes: Iterator[str] | None = None) -> Iterator[iati.Told]:
        """The published projects of these codes, or all of them in the order of their codes."""
        if codes is None:
            codes = documents.codes_of(public.records(Project).order_by("pk"))
        return iati.told(codes, host=self.request.build_absolute_uri("/")[:-1], reporter=iati.reporter())

    def sent(self, pieces: Iterator[bytes]) -> StreamingHttpResponse:
        """The file, written as it is sent; none of it for whoever asks for the headers alone."""
        media_type = self.request.accepted_renderer.media_type
        body = () if self.request.method == "HEAD" else pieces
        return StreamingHttpResponse(body, content_type=f"{media_type}; charset=utf-8")

    def whole(self, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
        """A file of all projects, at the pace of files."""
        return make() if self.request.method == "HEAD" else self.sender.file(make)

    @property
    def left_out(self) -> str:
        """Where it is said what cannot be told, and why."""
        return reverse("iati:left-out-json")


class Landing(IatiView):
    """What there is for IATI, and where."""

    renderer_classes = [Json]

    def get(self, request: Request) -> HttpResponseBase:
        """At the pace of files: where the numbers are not known yet, every project is looked at."""
        return self.sender.file(self.told_in_short)

    def told_in_short(self) -> Response:
        """Who reports, where everything is, and how many projects are told and left out."""
        reporter = iati.reporter()
        # Without anybody who reports there is nothing to tell.
        exported, left_out = self.kept("iati", self.counted) if reporter else (0, public.records(Project).count())
        return Response(
            {
                "title": "Caspian Heritage Register: projects as activities of IATI",
                "version": iati.VERSION,
                "reporting_organisation": reporter and asdict(reporter),
                "activities": self.address("activities"),
                "left_out": {"json": self.address("left-out-json"), "csv": self.address("left-out-csv")},
                "projects": {"exported": exported, "left_out": left_out},
            }
        )

    def counted(self) -> tuple[int, int]:
        """How many published projects the standard takes, and how many it does not."""
        exported = [found.activity is not None for found in self.told()]
        return exported.count(True), exported.count(False)

    def address(self, name: str) -> str:
        """Where a file is, as the register was asked."""
        return self.request.build_absolute_uri(reverse(f"iati:{name}"))


class Activities(IatiView):
    """Every project that the standard takes."""

    renderer_classes = [_Xml]

    def get(self, request: Request) -> HttpResponseBase:
        """One file; the schema knows no file without an activity, so where there is none there is no file."""
        if iati.reporter() is None:
            raise Http404(f"This register has no IATI organisation identifier. {self.left_out} says what is missing.")
        return self.whole(self.all_of_them)

    def all_of_them(self) -> StreamingHttpResponse:
        """Each activity as soon as it is made; Http404 where there is none."""
        made = (found.activity for found in self.told() if found.activity is not None)
        first = next(made, None)
        if first is None:
            raise Http404(f"No project can be told in IATI 2.03 yet. {self.left_out} says why, for each of them.")

        def pieces() -> Iterator[bytes]:
            yield iati.opening(self.validators.newest) + iati.one(first)
            yield from map(iati.one, made)
            yield iati.closing()

        return self.sent(pieces())


class Activity(IatiView):
    """One project."""

    renderer_classes = [_Xml]

    def get(self, request: Request, code: str) -> StreamingHttpResponse:
        """A file with one activity; a published project that the standard does not take is a 404 that says why."""
        found = next(self.told(iter([code])), None)
        if found is None:
            raise not_public(Project, code, self.address_of)
        if found.activity is None:
            why = " ".join(reason.text for reason in found.missing)
            raise Http404(f"This project cannot be told in IATI 2.03. {why}")
        pieces = [iati.opening(self.validators.newest), iati.one(found.activity), iati.closing()]
        return self.sent(iter(pieces))

    def address_of(self, project: Project) -> str:
        """Where the activity of a project is."""
        return self.request.build_absolute_uri(reverse("iati:activity", args=[project.pk]))


class LeftOutJson(IatiView):
    """What cannot be told, for programs."""

    renderer_classes = [_LeftOutJson]

    def get(self, request: Request) -> HttpResponseBase:
        """Each project with every reason."""
        pieces = iati.left_out_json(self.told(), iati.reporter(), self.validators.newest)
        return self.whole(lambda: self.sent(pieces))


class LeftOutCsv(IatiView):
    """What cannot be told, for a spreadsheet."""

    renderer_classes = [_Csv]

    def get(self, request: Request) -> HttpResponseBase:
        """A row for each reason."""
        return self.whole(lambda: self.sent(iati.left_out_csv(self.told())))


urlpatterns = [
    path("", Landing.as_view(), name="landing"),
    path("activities.xml", Activities.as_view(), name="activities"),
    path("activities/<str:code>.xml", Activity.as_view(), name="activity"),
    path("left-out.json", LeftOutJson.as_view(), name="left-out-json"),
    path("left-out.csv", LeftOutCsv.as_view(), name="left-out-csv"),
]
