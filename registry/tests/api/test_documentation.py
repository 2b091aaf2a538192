"""The schema and its pages: complete, valid, and shown under the site's own Content-Security-Policy."""

import os
import shutil

import pytest
from django.core.management import call_command
from django.urls import get_resolver, reverse
from lxml import html
from playwright.sync_api import sync_playwright

from registry import documents
from registry.api import docs, schema
from registry.filters import FILTERS
from registry.models import ENTRIES
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db

WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", event => window.violations.push(event.violatedDirective));
"""


@pytest.fixture
def plain_static_files(settings):
    """Static files by their own names, as they lie in the folders."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def chromium(monkeypatch):
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


def test_the_schema_is_valid_without_a_warning(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))


def test_the_schema_is_openapi_3_1(client):
    assert client.get("/api/v1/schema/").json()["openapi"].startswith("3.1")


def test_every_address_is_in_the_schema():
    inner = next(p for p in get_resolver().url_patterns if str(p.pattern) == "api/").url_patterns
    routes = {f"/api/{p.pattern}".replace("<str:", "{").replace(">", "}") for p in inner}
    routes = {route for route in routes if not route.startswith("/api/docs/")}
    assert routes - {"/api/v1/schema/"} == set(schema.document()["paths"])


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.slug)
def test_every_parameter_and_every_field_is_in_the_schema(model):
    document = schema.document()
    listing = document["paths"][f"/api/v1/{model.slug}/"]["get"]
    described = {p["name"] for p in listing["parameters"]}
    own = {"ordering", "page_size", "cursor", "fields", "facets", "format"}
    assert described == {*FILTERS[model].base_filters, *own}
    assert all(p.get("description") for p in listing["parameters"])
    record = document["components"]["schemas"][model.__name__]
    assert documents.names(model) == list(record["properties"])
    assert set(listing["responses"]) == {"200", "304", "400", "401", "406", "412", "429"}
    assert "Retry-After" in listing["responses"]["429"]["headers"]
    assert listing["security"] == [{"partnerToken": []}, {}]  # a token may be given, and need not be
    assert "410" in document["paths"][f"/api/v1/{model.slug}/{{code}}/"]["get"]["responses"]


def test_the_pages_show_every_address_and_nothing_is_blocked(live_server, plain_static_files, chromium):
    page = chromium.new_page()
    page.add_init_script(WATCH)
    failures = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("request", lambda request: failures.append(request.url) if live_server.url not in request.url else None)
    page.goto(f"{live_server.url}/api/docs/reference/")
    page.locator(".opblock").first.wait_for()
    shown = schema.document()["paths"] | schema.document()["webhooks"]
    assert page.locator(".opblock").count() == sum(map(len, shown.values()))
    page.locator(".opblock-summary", has_text="/api/v1/projects/").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.locator(".live-responses-table .response-col_status", has_text="200").first.wait_for()
    assert page.evaluate("window.violations") == []
    assert [failure for failure in failures if not failure.startswith("data:")] == []


def test_every_link_of_the_documentation_leads_somewhere(client):
    pages = {reverse(page.route): read(client, reverse(page.route)) for page in docs.PAGES}
    found = {link for page in pages.values() for link in page.links if link.startswith("/")}
    assert pages.keys() < found and "/fa/" in found
    for link in found:
        address, _sharp, part = link.partition("#")
        assert client.get(address).status_code in {200, 302}, link
        assert not part or address not in pages or f'id="{part}"' in pages[address].html, link


@pytest.mark.parametrize("page", docs.PAGES, ids=lambda page: page.name)
def test_every_section_of_a_page_is_named_beside_it_and_inside_it_in_its_order(client, page):
    shown = html.fromstring(client.get(reverse(page.route)).content)
    sections = [(f"#{h2.get('id')}", h2.text_content()) for h2 in shown.iterfind(".//article//h2")]
    for place in ("docs-pages", "docs-inside"):
        links = shown.findall(f".//nav[@class='{place}']//ul[@class='docs-sections']//a")
        assert [(link.get("href"), link.text_content()) for link in links] == sections
    assert sections or page.name == "reference"


def test_without_scripts_the_pages_still_name_every_address(client, plain_static_files):
    html = client.get("/api/docs/reference/").content.decode()
    assert all(path in html for path in schema.document()["paths"])
