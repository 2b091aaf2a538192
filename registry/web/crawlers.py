"""What crawlers and researchers of security ask for first: robots.txt, the sitemap, security.txt."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from registry.models import ENTRIES, Entry

from .languages import in_each_language

PER_PART = 5000  # of a record with its languages; a sitemap may hold 50,000 addresses (sitemaps.org)
VALID = timedelta(days=180)  # RFC 9116 advises less than a year
PAGES = (
    "home",
    "map",
    "timeline",
    "changes",
    "calendar",
    "council",
    "about",
    "names",
    "privacy",
    "accessibility",
    "data",
    "data-fields",
    "propose",
)
MOST_PARTS = 50_000  # of a sitemap (sitemaps.org)
_NOUNS = {model.noun: model for model in ENTRIES}


class Robots(View):
    """All may be read; what only repeats other pages need not be."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lists narrowed by a question are many addresses of the same records."""
        lines = [
            "User-agent: *",
            "Disallow: /admin/",
            "Disallow: /accounts/",
            "Disallow: /proposals/",
            "Disallow: /*?",
            "Allow: /*?page=",
            "",
            f"Sitemap: {request.build_absolute_uri(reverse('for_machines:sitemap'))}",
            "",
        ]
        return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


class SitemapIndex(View):
    """The parts of the sitemap: one for the pages, and for each noun as many as its records need."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every part, with the last change in it."""
        parts: list[dict[str, Any]] = [{"url": _part_url(request, "pages", 1)}]
        for model in ENTRIES:
            count = model.objects.public().order_by().count()
            parts += [{"url": _part_url(request, model.noun, number + 1)} for number in range(-(-count // PER_PART))]
        return render(request, "sitemap_index.xml", {"parts": parts}, content_type="application/xml")


class SitemapPart(View):
    """Some addresses, each in every language."""

    def get(self, request: HttpRequest, noun: str, part: int) -> HttpResponse:
        """404 for a part that is not there."""
        found = _pages() if noun == "pages" and part == 1 else _records(_NOUNS.get(noun), part)
        if not found:
            raise Http404
        host = request.build_absolute_uri("/")[:-1]
        addresses = [{"switches": in_each_language(path), "changed": changed, "host": host} for path, changed in found]
        return render(request, "sitemap.xml", {"addresses": addresses}, content_type="application/xml")


class SecurityContact(View):
    """Whom to tell of a weakness (RFC 9116)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The contact that the settings name, else the page that says how to reach who runs this."""
        contact = settings.CONTACT or request.build_absolute_uri(reverse("registry:about") + "#contact")
        expires = (timezone.now() + VALID).strftime("%Y-%m-%dT00:00:00Z")
        here = request.build_absolute_uri(request.path)
        lines = [f"Contact: {contact}", f"Expires: {expires}", "Preferred-Languages: en", f"Canonical: {here}", ""]
        return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _part_url(request: HttpRequest, noun: str, part: int) -> str:
    return request.build_absolute_uri(reverse("for_machines:sitemap-part", args=[noun, part]))


def _pages() -> list[tuple[str, Any]]:
    lists = [reverse(f"registry:{model.noun}-list") for model in ENTRIES]
    return [(path, None) for path in [*(reverse(f"registry:{name}") for name in PAGES), *lists]]


def _records(model: type[Entry] | None, part: int) -> list[tuple[str, Any]]:
    if model is None or not 1 <= part <= MOST_PARTS:
        return []
    start = (part - 1) * PER_PART
    rows = model.objects.public().order_by("code").values_list("code", "updated_at")[start : start + PER_PART]
    return [(reverse(f"registry:{model.noun}-detail", args=[code]), changed) for code, changed in rows]
