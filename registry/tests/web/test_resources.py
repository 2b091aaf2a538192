"""Digital resources as the public meets them: a gallery, a page with what can be seen, and the file itself."""

import io
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from registry import files, ledger
from registry.models import Rights
from registry.tests.make import (
    make_initiative,
    make_observation,
    make_project,
    make_resource,
    make_site,
)
from registry.tests.web.page import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page.html)

    def handle_starttag(self, tag, pairs):
        self.found.append((tag, dict(pairs)))

    def of(self, tag):
        return [given for name, given in self.found if name == tag]


def holding(name, content, **given):
    """A resource with a file that the register holds."""
    checked = files.examine(SimpleUploadedFile(name, content))
    files.keep(checked)
    return make_resource(
        file_name=name,
        file_type=checked.media_type,
        file_size=checked.size,
        file_sha256=checked.sha256,
        image_width=checked.width,
        image_height=checked.height,
        **given,
    )


def taken(answer):
    """The bytes of a file that was sent."""
    return b"".join(answer.streaming_content)


def picture(colour="#0A5C68", size=(60, 40)):
    kept = io.BytesIO()
    Image.new("RGB", size, colour).save(kept, "PNG")
    return kept.getvalue()


def sound():
    data = b"\x80" * 800
    form = b"WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x40\x1f\0\0\1\0\x08\0data" + len(data).to_bytes(4, "little") + data
    return b"RIFF" + len(form).to_bytes(4, "little") + form


def test_the_list_is_a_gallery_of_own_images_and_woven_covers(client):
    held = holding("a.png", picture(), kind="image", alternative_text="A green field", rights="CC-BY-4.0")
    make_resource(title="Elsewhere", kind="broadcast", languages=["fa"], url="https://example.org/picture.jpg")
    page = read(client, "/resources/")
    [image] = [given for given in Tags(page).of("img") if given["alt"]]
    assert image["src"] == f"/resources/{held.pk}/preview/" and image["alt"] == "A green field"
    assert (image["width"], image["height"], image["loading"]) == ("60", "40", "lazy")
    assert [given["class"] for given in Tags(page).of("svg") if "cover" in given.get("class", "")] == ["cover"]
    assert "example.org" not in page.html
    for words in ("2 of 2 records", "Broadcast · Persian", "CC BY 4.0", "Rights not stated", "Availability not stated"):
        assert words in page.text
    assert "/resources/?kind=image" in client.get("/resources/?kind=image").wsgi_request.get_full_path()
    assert "1 of 2 records" in read(client, "/resources/?kind=image").text


def test_lists_show_images_in_small_and_ask_once(client):
    held = holding("a.png", picture(size=(1600, 900)), kind="image")
    for _time in range(2):  # made, and then kept
        small = client.get(f"/resources/{held.pk}/preview/")
        assert Image.open(io.BytesIO(small.content)).size == (640, 360)
    assert small["Content-Type"] == "image/webp" and small["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in small["Content-Security-Policy"]
    again = client.get(f"/resources/{held.pk}/preview/", headers={"if-none-match": small["ETag"]})
    assert again.status_code == 304
    draft = holding("b.png", picture(), kind="image", state="draft")
    heard = holding("a.wav", sound(), kind="audio")
    for resource in (draft, heard, make_resource()):
        assert client.get(f"/resources/{resource.pk}/preview/").status_code == 404


def test_an_image_is_shown_with_its_description_or_is_said_not_to_be_described(client):
    described = holding("a.png", picture(), kind="image", alternative_text="A green field")
    page = read(client, described.get_absolute_url())
    assert {"A green field"} == {i["alt"] for i in Tags(page).of("img") if "/file/" in i["src"]}
    bare = holding("b.png", picture("#96263B"), kind="image", title="A red field")
    page = read(client, bare.get_absolute_url())
    assert "not described" in page.text
    assert [i["alt"] for i in Tags(page).of("img") if "/file/" in i["src"]] == [
        "A red field: an image that is not described"
    ]


def test_sound_is_played_from_the_register_and_other_files_are_downloads_with_their_checksum(client):
    heard = holding("a.wav", sound(), kind="audio")
    [player] = Tags(read(client, heard.get_absolute_url())).of("audio")
    assert player["src"] == f"/resources/{heard.pk}/file/" and player["preload"] == "metadata" and "controls" in player
    policy = client.get(heard.get_absolute_url())["Content-Security-Policy"]
    assert "media-src 'self'" in policy and "default-src 'none'" in policy
    table = holding("a.csv", b"site,year\nA,2001\nB,2002\n", kind="dataset")
    page = read(client, table.get_absolute_url())
    assert not Tags(page).of("audio") and not Tags(page).of("video")
    assert f"/resources/{table.pk}/file/" in " ".join(page.links)
    assert table.file_sha256 in page.text and "text/csv" in page.text and "24" in page.text


def test_a_part_of_a_film_or_sound_can_be_asked_for(client):
    heard = holding("a.wav", sound(), kind="audio")
    answer = client.get(f"/resources/{heard.pk}/file/", headers={"range": "bytes=0-3"})
    assert answer.status_code == 206 and taken(answer) == b"RIFF"
    whole = client.get(f"/resources/{heard.pk}/file/")
    assert taken(whole) == sound()
    again = client.get(f"/resources/{heard.pk}/file/", headers={"if-none-match": whole["ETag"]})
    assert again.status_code == 304 and whole["Cache-Control"] == "no-cache"


def test_a_link_leads_out_under_the_name_of_its_host_and_lends_it_no_weight(client):
    resource = make_resource(url="https://www.example.org/films/1", status="dead_link")
    page = read(client, resource.get_absolute_url())
    [link] = [given for given in Tags(page).of("a") if given.get("href") == resource.url]
    assert set(link["rel"].split()) == {"nofollow", "noopener"}
    assert page.links[resource.url] == "Open at example.org"
    assert "The link no longer works" in page.text


@pytest.mark.parametrize(
    ("rights", "deed"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-NC-SA-4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        ("CC-BY-SA-3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("InC-OW-EU", "https://rightsstatements.org/page/InC-OW-EU/1.0/"),
        ("UND", "https://rightsstatements.org/page/UND/1.0/"),
        ("ODbL-1.0", None),
        ("", None),
    ],
)
def test_rights_lead_to_the_deed_that_explains_them(client, rights, deed):
    resource = make_resource(rights=rights, rights_holder="Somebody's heirs")
    page = read(client, resource.get_absolute_url())
    outside = {link for link in page.links if "creativecommons" in link or "rightsstatements" in link}
    assert outside == ({deed} if deed else set())
    assert (str(Rights(rights).label) if rights else "Without a statement of rights") in page.text
    assert "Somebody's heirs" in page.text


def test_a_resource_stands_on_the_pages_of_what_it_belongs_to(client):
    project, idea, site = make_project(), make_initiative(), make_site()
    resource = make_resource(title="A film of it", project=project, initiative=idea, site=site)
    make_resource(title="Not yet", project=project, initiative=idea, state="draft")
    for owner in (project, idea):
        page = read(client, owner.get_absolute_url())
        assert page.links[resource.get_absolute_url()] == "A film of it"
        assert "Digital resources" in page.text and "Not yet" not in page.text
        assert owner.get_absolute_url() in " ".join(read(client, resource.get_absolute_url()).links)
    assert 'id="digital-resources"' not in read(client, make_project().get_absolute_url()).html
    for number in range(9):
        make_resource(title=f"Film {number}", project=project)
    assert f"/resources/?project={project.pk}" in read(client, project.get_absolute_url()).links


def test_a_resource_names_the_observations_it_is_evidence_for(client):
    resource = make_resource(kind="image")
    seen = make_observation(title="A crack in the wall", evidence=[resource])
    make_observation(title="Not yet", evidence=[resource], state="draft")
    page = read(client, resource.get_absolute_url())
    assert page.links[seen.get_absolute_url()] == "A crack in the wall" and "Not yet" not in page.text


def test_the_file_goes_with_its_record_when_it_is_withdrawn(client):
    resource = holding("a.png", picture(), kind="image")
    address = f"/resources/{resource.pk}/file/"
    assert taken(client.head(address)) == b"" and len(taken(client.get(address))) == resource.file_size
    with ledger.batch(by=None, reason="x") as batch:
        batch.withdraw(resource, expected=resource.version, why="The heirs asked for it")
    gone = client.get(address)
    assert gone.status_code == 410 and "The heirs asked for it" in gone.content.decode()
    assert client.get(f"/resources/{make_resource().pk}/file/").status_code == 404
    assert client.post(address).status_code == 405


def test_the_api_tells_the_file_as_one_object_and_the_link_beside_it(client):
    resource = holding("a.png", picture(), kind="image", url="https://example.org/films/1")
    record = client.get(f"/api/v1/resources/{resource.pk}/").json()
    assert record["source_url"] == "https://example.org/films/1"
    assert record["file"] == {
        "url": f"http://testserver/resources/{resource.pk}/file/",
        "name": "a.png",
        "media_type": "image/png",
        "size": resource.file_size,
        "sha256": resource.file_sha256,
        "width": 60,
        "height": 40,
    }
    assert client.get(f"/api/v1/resources/{make_resource().pk}/").json()["file"] is None
