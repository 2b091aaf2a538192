"""A kept file is answered whole or in part, and nothing in it can act."""

import pytest
from django.http import HttpRequest, HttpResponseBase
from django.test import Client
from django.urls import path

from registry import files
from registry.tests import make_files as make

pytestmark = pytest.mark.django_db  # the end of a request looks after the connection that other tests opened

CONTENT = bytes(range(10)) * 10
SERVED = {"media_type": "audio/mpeg", "filename": "song.mp3"}


def serve(request: HttpRequest, sha256: str) -> HttpResponseBase:
    return files.answer(request, sha256, **SERVED)


urlpatterns = [path("<str:sha256>/", serve)]


@pytest.fixture
def address(settings, tmp_path, monkeypatch) -> str:
    """Where a hundred bytes are served through everything that stands before a view."""
    settings.MEDIA_ROOT, settings.ROOT_URLCONF = tmp_path, __name__
    monkeypatch.setitem(SERVED, "media_type", "audio/mpeg")
    sha256 = "ab" * 32
    (tmp_path / "ab").mkdir()
    for extension in files.EXTENSIONS.values():
        (tmp_path / "ab" / f"{sha256}.{extension}").write_bytes(CONTENT)
    return f"/{sha256}/"


def body(response) -> bytes:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return content


def policy(response) -> set[str]:
    return set(response["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize("media_type", files.EXTENSIONS)
def test_nothing_in_a_file_can_act(client: Client, address, media_type):
    SERVED["media_type"] = media_type
    response = client.get(address)
    assert body(response) == CONTENT
    assert response["Content-Type"].split(";")[0] == media_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert policy(response) == {"default-src 'none'", "sandbox"}
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    shown = media_type.startswith(("image/", "audio/", "video/"))
    assert response["Content-Disposition"].startswith("inline; " if shown else "attachment; ")


@pytest.mark.parametrize(
    ("name", "media_type", "expected"),
    [
        ("Plan of Şəki.pdf", "application/pdf", "Plan of Şəki.pdf"),
        ("photo.JPEG", "image/jpeg", "photo.jpg"),
        ("page.html", "text/plain", "page.html.txt"),
        ("C:\\secret\\..\\run.exe", "application/pdf", "run.exe.pdf"),
        ('a"\r\nSet-Cookie: b=c', "application/pdf", "a_Set-Cookie_ b_c.pdf"),
        ("gpj.\u202eexe", "image/png", "gpj.exe.png"),
        ("../../", "image/png", "file.png"),
        ("x" * 500 + ".png", "image/png", "x" * 116 + ".png"),
    ],
)
def test_a_name_leads_nowhere_and_ends_as_its_kind_does(name, media_type, expected):
    assert files.safe_name(name, media_type) == expected


def test_a_name_is_given_in_ascii_and_as_it_is(client, address, monkeypatch):
    monkeypatch.setitem(SERVED, "filename", "Şəki “1”.mp3")
    response = client.get(address)
    response.close()
    assert response["Content-Disposition"] == (
        "inline; filename=\"Seki _1.mp3\"; filename*=UTF-8''%C5%9E%C9%99ki%20_1.mp3"
    )


@pytest.mark.parametrize(
    ("asked", "told", "part"),
    [
        ("bytes=0-0", "bytes 0-0/100", CONTENT[:1]),
        ("bytes=10-19", "bytes 10-19/100", CONTENT[10:20]),
        ("bytes=90-", "bytes 90-99/100", CONTENT[90:]),
        ("bytes=90-1000", "bytes 90-99/100", CONTENT[90:]),
        ("bytes=-5", "bytes 95-99/100", CONTENT[95:]),
        ("bytes=-1000", "bytes 0-99/100", CONTENT),
    ],
)
def test_a_player_gets_the_part_it_asks_for(client, address, asked, told, part):
    response = client.get(address, headers={"range": asked})
    assert (response.status_code, response["Content-Range"]) == (206, told)
    assert response["Content-Length"] == str(len(part))
    assert body(response) == part


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_part_that_is_not_there_is_a_416(client, address, asked):
    response = client.get(address, headers={"range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */100")
    assert policy(response) == {"default-src 'none'", "sandbox"}


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "bytes=" + "9" * 400]
)
def test_what_is_no_single_range_gets_everything(client, address, asked):
    response = client.get(address, headers={"range": asked})
    assert response.status_code == 200 and body(response) == CONTENT


@pytest.mark.parametrize(
    ("condition", "status"), [('"{sha256}"', 206), ('"other"', 200), ("Sat, 21 Nov 2026 05:00:00 GMT", 200)]
)
def test_a_part_of_another_version_is_never_mixed_in(client, address, condition, status):
    condition = condition.format(sha256="ab" * 32)
    response = client.get(address, headers={"range": "bytes=1-2", "if-range": condition})
    response.close()
    assert response.status_code == status


def test_what_a_reader_has_is_not_sent_again(client, address):
    first = client.get(address)
    first.close()
    assert first["ETag"] == f'"{"ab" * 32}"'
    again = client.get(address, headers={"if-none-match": first["ETag"], "range": "bytes=0-1"})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_head_tells_the_size_and_sends_nothing(client, address):
    response = client.head(address, headers={"range": "bytes=0-1"})
    assert (response.status_code, response["Content-Length"]) == (200, "100")
    assert body(response) == b""


def test_files_are_only_read(client, address):
    assert client.post(address).status_code == 405


def test_a_file_that_is_not_there_is_a_404(rf, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for sha256 in ("cd" * 32, "..", ""):
        with pytest.raises(files.serving.Http404):
            files.answer(rf.get("/"), sha256, "audio/mpeg", "song.mp3")


def test_what_was_examined_and_kept_is_what_is_served(client, address):
    checked = files.examine(make.make_upload(make.make_mp3()))
    files.keep(checked)
    assert body(client.get(f"/{checked.sha256}/")) == make.make_mp3()
