"""The schema, and the pages that tell partners how to use what the register offers to programs."""

import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.views.generic import TemplateView
from rest_framework.request import Request
from rest_framework.response import Response

from registry.downloads import licence
from registry.dumps.watching import PAUSE
from registry.webhooks.delivering import DELAYS, SECONDS

from . import limits, parameters, proposals, schema
from .oai.verbs import AT_ONCE as HARVESTED
from .ogc.questions import MOST as MOST_FEATURES
from .reconcile import queries
from .views import PublicView

TEMPLATES = settings.BASE_DIR / "templates" / "registry" / "docs"
EXAMPLES = TEMPLATES / "examples"
HOST = "https://register.example"  # as the examples name it; a page names the host that it was asked at
_LANGUAGES = {".sh": "Shell", ".py": "Python", ".R": "R"}
_SECTION = re.compile(r'<h2 id="([\w-]+)">(.*?)</h2>')


class Schema(PublicView):
    """OpenAPI 3.1."""

    schema = None

    def get(self, request: Request) -> Response:
        """The whole of it."""
        return Response(schema.document())


@dataclass(frozen=True)
class Section:
    """A part of a page: the id of its heading, and the heading."""

    id: str
    title: str


@dataclass(frozen=True)
class Page:
    """A page of the documentation: the name of its route and of its template, and what it is called."""

    name: str
    title: str

    @property
    def route(self) -> str:
        """For `url`."""
        return "api:docs" if self.name == "start" else f"api:docs-{self.name}"

    @property
    def template(self) -> str:
        """The name of its file."""
        return f"{self.name}.html"

    @property
    def sections(self) -> list[Section]:
        """As its headings have them, which are words alone."""
        return _sections(self.template)


PAGES = [
    Page("start", "Where to begin"),
    Page("harvesting", "Keeping a copy"),
    Page("examples", "Examples"),
    Page("citing", "Citing and reusing"),
    Page("limits", "Limits and promises"),
    Page("reference", "Every operation"),
]


@dataclass(frozen=True)
class Example:
    """A program that works as it stands, and what it prints: “…” stands for what differs from time to time."""

    name: str
    language: str
    text: str
    output: str

    @property
    def prints_lines(self) -> bool:
        """Whether it prints for people, line by line, or JSON of any length."""
        return not self.output.startswith("{")

    def at(self, host: str) -> "Example":
        """The same for a register at this host."""
        return Example(self.name, self.language, self.text.replace(HOST, host), self.output.replace(HOST, host))


class Docs(TemplateView):
    """One of the pages; in English, as the API is."""

    page = PAGES[0]

    def get_template_names(self) -> list[str]:
        """By the name of the page."""
        return [f"registry/docs/{self.page.template}"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the pages name: examples, numbers, and the operations of the schema."""
        host = self.request.build_absolute_uri("/")[:-1]
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "pages": PAGES,
            "host": host,
            "examples": {name: example.at(host) for name, example in examples().items()},
            "limits": _limits(),
            "operations": _operations() if self.page.name == "reference" else [],
            "licence": licence(),
            "contact": settings.CONTACT,
            "contact_shown": settings.CONTACT.removeprefix("mailto:"),
        }


@cache
def examples() -> dict[str, Example]:
    """By name, every example there is."""
    programs = [path for path in sorted(EXAMPLES.iterdir()) if path.suffix in _LANGUAGES]
    return {path.stem: _read(path) for path in programs}


@cache
def _sections(template: str) -> list[Section]:
    found = _SECTION.findall((TEMPLATES / template).read_text(encoding="utf-8"))
    return [Section(each, unescape(title)) for each, title in found]


def _read(path: Path) -> Example:
    printed = path.with_suffix(".out")
    output = printed.read_text(encoding="utf-8").rstrip() if printed.exists() else ""
    return Example(path.stem, _LANGUAGES[path.suffix], path.read_text(encoding="utf-8").rstrip(), output)


def _limits() -> dict[str, int]:
    """The numbers that hold for this register."""
    reads = settings.READS_A_MINUTE
    return {
        "reads": reads,
        "reads_with_token": reads * limits.PARTNERS,
        "files": max(1, reads // limits.A_FILE),
        "files_with_token": max(1, reads * limits.PARTNERS // limits.A_FILE),
        "files_at_once": limits.AT_ONCE,
        "files_at_once_with_token": limits.PARTNERS_AT_ONCE,
        "page_size": parameters.PAGE_SIZE,
        "most_page_size": parameters.MAX_PAGE_SIZE,
        "features": MOST_FEATURES,
        "harvested": HARVESTED,
        "queries": queries.MOST_QUERIES,
        "records_extended": queries.MOST_IDS,
        "proposals": proposals.MOST,
        "proposals_minutes": proposals.WINDOW // 60,
        "body_megabytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20,
        "first_dump_minutes": PAUSE // 60,
        "webhook_seconds": SECONDS,
        "webhook_attempts": len(DELAYS) + 1,
    }


def _operations() -> list[dict[str, str]]:
    """What can be asked, and what is sent by webhooks."""
    document = schema.document()
    return [
        {"method": method.upper(), "path": path, "summary": operation["summary"]}
        for path, methods in (document["paths"] | document["webhooks"]).items()
        for method, operation in methods.items()
    ]
