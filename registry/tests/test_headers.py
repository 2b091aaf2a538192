"""Every answer says who may keep it and what it may do, errors and files included."""

import pytest

from registry.tests.make import make_project, make_user

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/projects/", "/projects", "/nowhere/", "/?q=%00", "/api/v1/projects/", "/api/v1/nowhere/", "/api/docs/"]
PRIVATE = ["/admin/", "/admin/jsi18n/", "/admin/nowhere/"]
PRIVATE += ["/accounts/login/", "/accounts/second-step/", "/accounts/nowhere/"]


@pytest.mark.parametrize("address", [*PUBLIC, *PRIVATE])
def test_every_answer_carries_the_policies(client, address):
    client.force_login(make_user())
    assert_policies(client.get(address).headers)


def test_a_static_file_carries_them_too(client, settings, tmp_path):
    (tmp_path / "look.css").write_text("p { margin: 0 }")
    settings.STATIC_ROOT = tmp_path
    answer = client.get("/static/look.css")
    assert b"".join(answer.streaming_content).startswith(b"p {")
    answer.close()
    assert_policies(answer.headers)


def assert_policies(headers):
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] in {"same-origin", "cross-origin"}
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", PUBLIC)
def test_no_public_answer_is_kept_without_asking_again(client, address):
    assert {"no-cache", "no-store"} & set(client.get(address)["Cache-Control"].split(", "))


@pytest.mark.parametrize("address", PRIVATE)
def test_no_page_of_the_admin_is_kept_at_all(client, address):
    client.force_login(make_user())
    assert "no-store" in client.get(address)["Cache-Control"]


def test_a_withdrawn_record_is_not_kept_as_gone(client):
    project = make_project(state="withdrawn")
    answer = client.get(project.get_absolute_url())
    assert answer.status_code == 410 and answer["Cache-Control"] == "no-cache"


def test_a_page_travels_compressed_and_is_not_sent_again_while_it_is_the_same(client, db):
    first = client.get("/projects/", headers={"accept-encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    again = {"accept-encoding": "gzip", "if-none-match": first["ETag"]}
    assert client.get("/projects/", headers=again).status_code == 304
    make_project()
    assert client.get("/projects/", headers=again).status_code == 200


def test_an_answer_to_a_program_keeps_its_strong_tag(client, db):
    answer = client.get("/api/v1/projects/", headers={"accept-encoding": "gzip"})
    assert not answer["ETag"].startswith("W/")


@pytest.mark.parametrize(("address", "language"), [("/", "en-gb"), ("/fa/", "fa"), ("/api/v1/", "en-gb")])
def test_the_address_alone_says_the_language_whatever_the_browser_prefers(client, db, address, language):
    answer = client.get(address, HTTP_ACCEPT_LANGUAGE="ru")
    assert answer["Content-Language"] == language and "Accept-Language" not in answer.get("Vary", "")
