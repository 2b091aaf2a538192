"""Bytes that cannot be text are refused in the register's own words, and nothing of them stays behind."""

import pytest
from django.core.cache import cache

from heritage.wsgi import application
from registry.models import Change, Project
from registry.tests.admin.forms import sign_in
from registry.tests.make import make_project, make_user

pytestmark = pytest.mark.django_db

BROKEN = {
    "NUL": b"\x00",
    "invalid UTF-8": b"\xff\xfe",
    "cut short": b"\xd0",
    "overlong": b"\xc0\xaf",
    "lone surrogate": b"\xed\xa0\x80",
}
broken = pytest.mark.parametrize("noise", BROKEN.values(), ids=BROKEN)
PAGES = ["/", "/search/", "/projects/", "/accounts/login/", "/nothing/"]


def quoted(noise):
    return "".join(f"%{byte:02X}" for byte in noise)


def refused(response, statuses=(400,)):
    """An answer in own words: a page of ours, and no trace of how it is made."""
    assert response.status_code in statuses, response.status_code
    text = response.content.decode()
    assert "<h1>" in text and "Traceback" not in text and "Exception" not in text
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.fixture
def everything_still_answers(client):
    """After the broken requests: pages, API and admin."""
    project, admin = make_project(), sign_in()
    revision = Change.objects.revision()
    yield
    cache.clear()
    for address in ("/", "/projects/", project.get_absolute_url(), "/api/v1/projects/", "/admin/registry/project/"):
        assert admin.get(address).status_code == 200
    assert Change.objects.revision() == revision


@broken
def test_a_broken_query_is_refused(client, everything_still_answers, noise):
    for page in PAGES:
        for query in (f"q=a{quoted(noise)}b", f"{quoted(noise)}=1", "q=" + noise.decode("latin-1")):
            response = client.get(page, QUERY_STRING=query)
            refused(response, (404,) if page == "/nothing/" else (400,))


@broken
def test_a_broken_path_is_nobodys_address(client, everything_still_answers, noise):
    for path in ("/projects/{}/", "/projects/PRJ-0001{}/", "/{}/", "/nothing/{}"):
        refused(client.get(path.format(quoted(noise)), follow=True), (400, 404))
    for path in ("project/{}/change/", "project/{}/delete/", "user/{}/change/", "{}/"):
        response = sign_in().get(f"/admin/registry/{path}".format(quoted(noise)))
        assert response.status_code in {302, 400, 404}


@broken
def test_a_broken_header_or_cookie_never_breaks_a_page(client, everything_still_answers, noise):
    raw = noise.decode("latin-1")
    statuses = {400} if 0 in noise else {200, 400}
    headers = ("HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_COOKIE", "HTTP_X_ANYTHING")
    for page in ("/", "/projects/", "/accounts/login/"):
        for header in headers:
            response = client.get(page, **{header: f"sessionid=a{raw}b"})
            assert response.status_code in statuses, (page, header, response.status_code)
        for cookie in ("sessionid", "csrftoken", "messages"):
            response = client.get(page, HTTP_COOKIE=f'{cookie}="{raw}"; {raw}=1')
            assert response.status_code in statuses, (page, cookie, response.status_code)


@broken
def test_a_broken_form_is_refused_and_stores_nothing(everything_still_answers, noise):
    make_user(username="keeper")
    admin = sign_in()
    add = "/admin/registry/project/add/"
    body = b"title=Broken" + quoted(noise).encode() + b"&summary=x"
    refused(admin.post(add, body, content_type="application/x-www-form-urlencoded"))
    login = f"login=keeper{quoted(noise)}&password=a+good+pass+phrase".encode()
    refused(admin.post("/accounts/login/", login, content_type="application/x-www-form-urlencoded"))
    boundary = b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nBroken' + noise + b"\r\n--x--\r\n"
    refused(admin.post(add, boundary, content_type="multipart/form-data; boundary=x"))
    assert not Project.objects.filter(title__startswith="Broken").exists()


@broken
def test_a_broken_question_to_the_admin_is_refused(everything_still_answers, noise):
    admin = sign_in()
    for page in ("registry/project/", "registry/change/", "registry/user/", "autocomplete/", ""):
        for name in ("q", "o", "state__exact", "region", quoted(noise)):
            refused(admin.get(f"/admin/{page}", QUERY_STRING=f"{name}={quoted(noise)}"))


def test_a_form_that_is_no_form_or_too_much_of_one_is_refused(everything_still_answers):
    admin, form = sign_in(), "application/x-www-form-urlencoded"
    for body, kind in (
        (b"x", "multipart/form-data"),
        (b"&".join(b"a=1" for _ in range(6000)), form),
        (b"a=" + b"x" * (3 * 1024 * 1024), form),
    ):
        refused(admin.generic("POST", "/admin/registry/project/add/", body, content_type=kind))
    for body, kind in ((b"--x\r\nbroken", "multipart/form-data; boundary=x"), (b"a=%zz", f"{form}; charset=nonsense")):
        shown_again = admin.generic("POST", "/admin/registry/project/add/", body, content_type=kind)
        assert shown_again.status_code == 200 and shown_again.context["errors"]


@pytest.mark.parametrize("text", ["Şəki", "Шеки", "شکی", "🙂", "%", "a\u200cb"])
def test_every_script_is_text(client, text):
    make_project(title="Fortress")
    response = client.get("/projects/", {"q": text})
    assert response.status_code == 200 and response.context_data["notices"] == []


@pytest.mark.parametrize("charset", ["undefined", "base64", "idna", "utf-16", "*=utf-8''undefined"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_charset_that_the_head_of_a_body_names_is_let_be(client, method, charset):
    """Through the entry point of the server: it is there that Django first reads the query."""
    kind = f"text/plain; charset{charset if charset[0] == '*' else f'={charset}'}"
    environ = client._base_environ(REQUEST_METHOD=method, PATH_INFO="/api/v1/", QUERY_STRING="fields=%41%E2%82%AC")
    told = []
    answer = application(environ | {"CONTENT_TYPE": kind}, lambda status, _headers: told.append(status))
    said = b"".join(answer)
    answer.close()
    assert told == (["400 Bad Request"] if method == "GET" else ["405 Method Not Allowed"]), said
