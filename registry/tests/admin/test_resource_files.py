"""Files of digital resources in the admin: examined, kept without what the camera wrote, and shown to who may see."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from registry import ledger
from registry.models import Change, Resource, State
from registry.tests.admin.forms import edited, fields, list_url, sign_in, url
from registry.tests.make import make_resource, make_user

pytestmark = pytest.mark.django_db

GPS = 0x8825


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def photograph(kind="JPEG", size=(60, 40), colour="#0A5C68"):
    """An image that tells where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(GPS).update({1: "N", 2: (40.0, 24.0, 33.0), 3: "E", 4: (49.0, 52.0, 1.0)})
    kept = io.BytesIO()
    Image.new("RGB", size, colour).save(kept, kind, exif=exif)
    return kept.getvalue()


def upload(client, resource, name, content, **typed):
    page = client.get(url(resource))
    return client.post(url(resource), edited(page, **typed) | {"upload": SimpleUploadedFile(name, content)})


def content(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def kept_files(media):
    return [path for path in media.rglob("*") if path.is_file()]


def test_an_image_is_served_without_the_place_where_it_was_taken(client):
    taken = photograph()
    assert Image.open(io.BytesIO(taken)).getexif().get_ifd(GPS)
    resource = make_resource(kind="image")
    response = upload(sign_in(), resource, "Şəki qalası.JPG", taken)
    assert response.status_code == 302, response.context and response.context["errors"]
    resource.refresh_from_db()
    assert (resource.file_name, resource.file_type) == ("Şəki qalası.jpg", "image/jpeg")
    assert (resource.image_width, resource.image_height) == (60, 40)
    served = client.get(f"/resources/{resource.pk}/file/")
    bytes_served = content(served)
    assert len(bytes_served) == resource.file_size
    assert not Image.open(io.BytesIO(bytes_served)).getexif() and b"Exif" not in bytes_served
    assert served["Content-Type"] == "image/jpeg" and served["Content-Disposition"].startswith("inline")
    change = Change.objects.of(resource.pk).first()
    assert change.after["file_sha256"] == resource.file_sha256 and change.before["file_name"] == ""


@pytest.mark.parametrize(
    ("name", "sent", "words"),
    [
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "SVG"),
        ("figure.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n", "PostScript"),
        ("page.html", b"<!doctype html><script>alert(1)</script>", "Web pages"),
        ("innocent.jpg", b"<html><script>alert(1)</script></html>", "Web pages"),
        ("long.txt", b"Words first.\n" * 2000 + b"<script>alert(1)</script>", "parts of a web page"),
        ("notes.txt", b"MZ" + bytes(200), "Programs are not kept"),
        ("tool.sh", b"#!/bin/sh\nrm -rf /\n", "Programs are not kept"),
        ("half.jpg", photograph(size=(300, 300))[:900], "damaged or incomplete"),
        ("bomb.png", None, "megapixels"),
        ("table.xlsx", b"PK\x03\x04" + bytes(200), "office documents are not kept"),
        ("nothing.jpg", b"", "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_file_that_cannot_be_kept_is_refused_in_words_and_nothing_is_stored(media, name, sent, words):
    if sent is None:
        huge = io.BytesIO()
        Image.new("1", (13_000, 13_000)).save(huge, "PNG")
        sent = huge.getvalue()
    resource = make_resource(summary="Before")
    response = upload(sign_in(), resource, name, sent, summary="Typed with care")
    assert response.status_code == 200
    [error] = response.context["adminform"].form.errors["upload"]
    assert words in error and error in response.context["adminform"].form["upload"].errors
    assert "Typed with care" in response.content.decode()
    stored = Resource.objects.get(pk=resource.pk)
    assert (stored.summary, stored.file_sha256, stored.version) == ("Before", "", 1)
    assert kept_files(media) == []


def test_a_text_with_tags_in_it_comes_as_a_download_that_cannot_act(client):
    resource, words = make_resource(kind="document"), "Şəki <img src=x onerror=alert(1)> and more.\n"
    upload(sign_in(), resource, "notes.html", words.encode())
    served = client.get(f"/resources/{resource.pk}/file/")
    assert content(served).decode() == words
    assert served["Content-Type"] == "text/plain; charset=utf-8"
    assert served["Content-Disposition"].startswith('attachment; filename="notes')
    assert served["X-Content-Type-Options"] == "nosniff"
    policy = served["Content-Security-Policy"]
    assert "sandbox" in policy and "default-src 'none'" in policy and "'self'" not in policy


def test_the_file_of_a_draft_is_there_for_who_may_see_the_draft_and_for_nobody_else(client):
    resource = make_resource(kind="image", state=State.DRAFT)
    contributor = sign_in("Contributors")
    assert upload(contributor, resource, "tower.png", photograph("PNG"), alternative_text="A tower").status_code == 302
    seen = contributor.get(url(resource, "file"))
    assert content(seen) and "no-store" in seen["Cache-Control"]
    assert "sandbox" in seen["Content-Security-Policy"]
    assert url(resource, "file") in contributor.get(url(resource)).content.decode()
    assert sign_in(is_superuser=False).get(url(resource, "file")).status_code == 404
    assert client.get(url(resource, "file")).status_code == 302
    for address in (f"/resources/{resource.pk}/file/", "/resources/RES-9999/file/"):
        assert client.get(address).status_code == 404
        assert contributor.get(address).status_code == 404


def test_who_may_only_read_a_record_sees_its_file():
    resource = make_resource(kind="image")
    upload(sign_in(), resource, "tower.png", photograph("PNG"))
    reader = sign_in("Auditors")
    page = reader.get(url(resource))
    assert 'class="stated"' in page.content.decode() and 'name="_save"' not in page.content.decode()
    assert url(resource, "file") in page.content.decode()
    assert content(reader.get(url(resource, "file")))


def test_a_new_file_replaces_the_old_one_and_an_undo_brings_it_back(client, media):
    resource, editor = make_resource(kind="image"), sign_in()
    first, second = photograph("PNG"), photograph("JPEG", (80, 20), "#96263B")
    upload(editor, resource, "first.png", first)
    before = Resource.objects.get(pk=resource.pk)
    upload(editor, resource, "second.jpg", second)
    after = Resource.objects.get(pk=resource.pk)
    assert (after.file_name, after.image_width) == ("second.jpg", 80) and len(kept_files(media)) == 2
    ledger.undo(Change.objects.of(resource.pk).first().batch, by=make_user(), reason="The wrong picture")
    again = Resource.objects.get(pk=resource.pk)
    assert (again.file_name, again.file_sha256) == ("first.png", before.file_sha256)
    assert Image.open(io.BytesIO(content(client.get(f"/resources/{resource.pk}/file/")))).size == (60, 40)


def test_a_new_record_comes_with_its_file_under_a_name_that_is_safe():
    editor = sign_in()
    add = list_url(Resource) + "add/"
    named = SimpleUploadedFile("a\u202egnp.\u200b<b>.png", photograph("PNG"))
    values = fields(editor.get(add), "resource_form") | {"title": "A tower", "kind": "image", "upload": named}
    response = editor.post(add, values)
    assert response.status_code == 302, response.context and response.context["errors"]
    resource = Resource.objects.get(title="A tower")
    assert (resource.state, resource.file_type, resource.version) == (State.DRAFT, "image/png", 1)
    assert resource.file_name.isprintable() and not set("<>/\\") & set(resource.file_name)
    assert content(editor.get(url(resource, "file")))


def test_a_file_is_taken_away_from_the_record(client):
    resource, editor = make_resource(kind="image"), sign_in()
    assert "remove_file" not in edited(editor.get(url(resource)))
    upload(editor, resource, "first.png", photograph("PNG"))
    editor.post(url(resource), edited(editor.get(url(resource)), remove_file="on"))
    resource.refresh_from_db()
    assert (resource.file_name, resource.file_size, resource.image_width) == ("", None, None)
    assert client.get(f"/resources/{resource.pk}/file/").status_code == 404


def test_a_save_without_a_file_leaves_the_file_and_changes_nothing():
    resource, editor = make_resource(kind="image"), sign_in()
    upload(editor, resource, "first.png", photograph("PNG"), alternative_text="A square")
    changes = Change.objects.count()
    page = editor.post(url(resource), edited(editor.get(url(resource))), follow=True).content.decode()
    assert "Nothing was changed." in page
    assert Resource.objects.get(pk=resource.pk).file_name == "first.png"
    assert Change.objects.count() == changes


def test_an_image_that_is_not_described_is_asked_about():
    resource, editor = make_resource(kind="image"), sign_in()
    upload(editor, resource, "first.png", photograph("PNG"))
    missing = f"{list_url(Resource)}?missing=description"
    assert url(resource) in editor.get(missing, follow=True).content.decode()
    page = editor.get("/admin/").content.decode()
    assert "Image not described" in page
    editor.post(url(resource), edited(editor.get(url(resource)), alternative_text="A square"))
    editor.get("/admin/")  # where the messages are read
    assert url(resource) not in editor.get(missing).content.decode()


def test_after_a_conflict_a_file_goes_with_all_that_is_known_of_it():
    resource, first, second = make_resource(kind="image"), sign_in(), sign_in()
    page = first.get(url(resource))
    upload(second, resource, "theirs.png", photograph("PNG"))
    mine = {"upload": SimpleUploadedFile("mine.jpg", photograph("JPEG", (80, 20)))}
    conflict = first.post(url(resource), edited(page) | mine)
    assert conflict.status_code == 409
    sent = {"carried": conflict.context["carried"], "reason": "x"}
    mixed = first.post(url(resource, "conflict"), sent | {"keep-file_sha256": "mine"})
    assert mixed.status_code == 409 and "belong together" in mixed.content.decode()
    assert Resource.objects.get(pk=resource.pk).file_name == "theirs.png"
    whole = {f"keep-{choice.name}": "mine" for choice in conflict.context["choices"]}
    assert first.post(url(resource, "conflict"), sent | whole).status_code == 302
    stored = Resource.objects.get(pk=resource.pk)
    assert (stored.file_name, stored.file_type, stored.image_width) == ("mine.jpg", "image/jpeg", 80)


def test_undoing_a_file_that_was_replaced_since_leaves_the_newer_one_whole(client):
    editor = sign_in()
    resource = make_resource(kind="image")
    for name, kind in (("a.png", "PNG"), ("b.jpg", "JPEG"), ("c.jpg", "JPEG")):
        upload(editor, resource, name, photograph(kind, colour="#123456" if name == "b.jpg" else "#0A5C68"))
    second = Change.objects.of(resource.pk)[1]
    done = ledger.undo(second.batch, by=None, reason="The wrong picture")
    resource.refresh_from_db()
    assert (resource.file_name, resource.file_type) == ("c.jpg", "image/jpeg") and done.kept
    assert content(client.get(f"/resources/{resource.pk}/file/"))
