"""What crawlers and researchers of security find."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from registry.tests.make import make_initiative, make_project
from registry.web import crawlers

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def addresses(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    return [found.text.strip() for found in ElementTree.fromstring(answer.content).iter(f"{MAP}loc")]  # noqa: S314 - our own


def test_the_sitemap_leads_to_every_published_record_in_every_language_and_to_no_draft(client):
    project, draft = make_project(), make_project(title="Not yet", state="draft")
    parts = addresses(client, "/sitemap.xml")
    found = [page for part in parts for page in addresses(client, part.removeprefix("http://testserver"))]
    for prefix in ("", "/az", "/ru", "/fa"):
        assert f"http://testserver{prefix}{project.get_absolute_url()}" in found
    assert not [page for page in found if draft.pk in page]
    in_turn = [found[first + first // 4 % 4] for first in range(0, len(found), 4)]  # each page in one language
    answers = {page: client.get(page).status_code for page in in_turn}
    assert {page for page, status in answers.items() if status != 200} == set()


def test_each_address_of_the_sitemap_names_the_page_in_the_other_languages(client):
    make_project()
    page = ElementTree.fromstring(client.get("/sitemap-project-1.xml").content)[0]  # noqa: S314 - our own
    assert [link.get("hreflang") for link in page.iter(LINK)] == ["en", "az", "ru", "fa"]


def test_a_part_of_the_sitemap_that_is_not_there_is_not_found(client):
    make_initiative()
    for part in ("project-1", "nothing-1", "pages-2", "initiative-0", f"initiative-{10**22}"):
        assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_a_long_register_has_a_sitemap_in_parts(client, monkeypatch):
    monkeypatch.setattr(crawlers, "PER_PART", 2)
    for _number in range(3):
        make_project()
    parts = [part for part in addresses(client, "/sitemap.xml") if "project" in part]
    assert [len(addresses(client, part.removeprefix("http://testserver"))) for part in parts] == [8, 4]


def test_robots_are_kept_from_what_is_private_and_shown_the_sitemap(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text and "Disallow: /proposals/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_security_txt_names_a_contact_and_a_day_on_which_it_ends(client, settings):
    settings.CONTACT = "mailto:security@register.example"
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert lines["Contact"] == "mailto:security@register.example"
    ends = datetime.fromisoformat(lines["Expires"])
    assert timedelta(0) < ends - timezone.now() < timedelta(days=365)
    settings.CONTACT = ""
    assert "Contact: http://testserver/about/#contact" in client.get("/.well-known/security.txt").content.decode()


def test_the_page_about_the_register_names_who_runs_it(client, settings):
    assert "has not given their name" in client.get("/about/").content.decode()
    settings.OPERATOR, settings.CONTACT = "The Council of <Heritage>", "mailto:office@register.example"
    html = client.get("/about/").content.decode()
    assert "The Council of &lt;Heritage&gt;" in html and 'href="mailto:office@register.example"' in html
