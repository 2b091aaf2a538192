"""A link is asked once and politely, and nothing that a server does holds the register up."""

import socket
import ssl
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from registry import links

CERTIFICATE = Path(__file__).with_name("register.example.pem")
NAME = "register.example"


class Server(ThreadingHTTPServer):
    """Answers as the path asks, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.heard, self.over = [], threading.Event()

    def handle_error(self, request, client_address) -> None:
        """That the other side hangs up is what most of these tests want."""


class Handler(BaseHTTPRequestHandler):
    """Paths such as /404, /302?/elsewhere and /endless."""

    def do_HEAD(self) -> None:
        self.server.heard.append((self.command, self.path, dict(self.headers)))
        way, _mark, more = self.path[1:].partition("?")
        if way == "endless-headers":
            self.send_response_only(200)
            self.repeat(b"X-More: " + b"x" * 1000 + b"\r\n", 0)
        elif way == "slow-headers":
            self.send_response_only(200)
            self.flush_headers()
            self.repeat(b"X", 0.02)
        elif way == "silent":
            self.server.over.wait(60)
        elif way == "nonsense":
            self.wfile.write(b"220 smtp.example ESMTP\r\n")
        elif way == "only-get" and self.command == "HEAD":
            self.answer(int(more))
        elif way in {"endless-body", "slow-body"} and self.command == "HEAD":
            self.answer(405)
        elif way in {"endless-body", "slow-body"}:
            self.answer(200)
            self.repeat(b"x" * 1000, 0 if way == "endless-body" else 0.02)
        else:
            self.answer(int(way) if way.isdigit() else 200, more)

    do_GET = do_HEAD

    def answer(self, status: int, location: str = "") -> None:
        self.send_response_only(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def repeat(self, piece: bytes, seconds: float) -> None:
        """Until the other side hangs up or the test is over."""
        self.flush_headers()
        while not self.server.over.wait(seconds):
            self.wfile.write(piece)


@pytest.fixture(params=["http", "https"])
def scheme(request) -> str:
    return request.param


@pytest.fixture
def server(scheme):
    running = Server()
    if scheme == "https":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        running.socket = context.wrap_socket(running.socket, server_side=True)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running
    running.over.set()
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def ask(server, scheme):
    """Ask the server by a name of the public web, as if the name and its port were its own."""

    def ask(path: str, *, name: str = NAME, **given) -> links.Answer:
        usual = {
            "resolve": lambda host, port: ["127.0.0.1"],
            "allowed": lambda address: True,
            "ports": {server.server_port},
            "trust": ssl.create_default_context(cafile=CERTIFICATE),
        }
        return links.check(f"{scheme}://{name}:{server.server_port}{path}", **usual | given)

    return ask


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *[(200, "ok"), (204, "ok"), (404, "gone"), (410, "gone"), (304, "failed"), (401, "failed"), (403, "failed")],
        *[(429, "failed"), (500, "failed"), (503, "failed"), (999, "failed")],
    ],
)
def test_a_status_says_how_a_link_is(ask, status, outcome):
    answer = ask(f"/{status}")
    assert (answer.outcome, answer.http_status, answer.moved_to) == (outcome, status, "") and answer.words


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("place", ["http://169.254.169.254/latest/", "http://127.0.0.1:{port}/200", "/200"])
def test_a_link_that_moved_is_reported_and_not_followed(ask, server, scheme, status, place):
    place = place.format(port=server.server_port)
    answer = ask(f"/{status}?{place}")
    assert (answer.outcome, answer.http_status) == ("moved", status)
    assert answer.moved_to == (f"{scheme}://{NAME}:{server.server_port}/200" if place == "/200" else place)
    assert [path for _method, path, _headers in server.heard] == [f"/{status}?{place}"]


@pytest.mark.parametrize("place", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "/" + "x" * 1000])
def test_a_link_that_moved_nowhere_tells_no_address(ask, place):
    assert (ask(f"/301?{place}").outcome, ask(f"/301?{place}").moved_to) == ("moved", "")


def test_a_redirect_without_an_address_is_a_failure(ask):
    assert ask("/301").outcome == "failed"


@pytest.mark.parametrize("status", [400, 403, 404, 405, 501])
def test_a_server_that_knows_no_head_is_asked_with_get(ask, server, status):
    assert ask(f"/only-get?{status}").outcome == "ok"
    assert [method for method, *_rest in server.heard] == ["HEAD", "GET"]


@pytest.mark.parametrize("way", ["endless-body", "slow-body"])
def test_a_body_is_not_waited_for(ask, way):
    assert ask(f"/{way}", seconds=5) == ask("/200")


@pytest.mark.parametrize("way", ["endless-headers", "slow-headers", "silent", "nonsense"])
def test_a_server_that_does_not_come_to_the_point_is_a_failure(ask, way):
    answer = ask(f"/{way}", seconds=1)
    assert (answer.outcome, answer.http_status) == ("failed", None) and answer.words


def test_the_name_is_asked_once_and_its_address_is_the_one_that_is_called(ask, server):
    asked = []
    assert ask("/only-get?405", resolve=lambda host, port: asked.append((host, port)) or ["127.0.0.1"]).outcome == "ok"
    assert asked == [(NAME, server.server_port)]


def test_the_next_address_is_called_when_the_first_does_not_answer(ask):
    assert ask("/200", resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"]).outcome == "ok"


def test_the_register_says_who_asks_and_brings_nothing_along(ask, server, settings):
    settings.PUBLIC_URL = "https://heritage.example"
    ask("/path/é?q=ə#part")
    [(method, path, headers)] = server.heard
    assert (method, path) == ("HEAD", "/path/%C3%A9?q=%C9%99")
    assert headers["Host"] == f"{NAME}:{server.server_port}"
    assert "CaspianHeritageRegister" in headers["User-Agent"] and "https://heritage.example" in headers["User-Agent"]
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


@pytest.mark.parametrize("name", [f"{NAME}.", "REGISTER.Example", "ｒegister.example"])
def test_a_name_is_read_in_every_usual_spelling(ask, server, name):
    assert ask("/200", name=name).outcome == "ok"
    assert server.heard[0][2]["Host"] == f"{NAME}:{server.server_port}"


def test_a_name_in_another_script_is_asked_in_ascii(ask, server):
    heard = []
    ask("/200", name="şəki.example", resolve=lambda host, port: heard.append(host) or ["127.0.0.1"])
    assert heard == ["xn--ki-eta41h.example"]


@pytest.mark.parametrize("scheme", ["https"], indirect=True)
def test_a_certificate_of_another_name_is_a_failure(ask, server):
    answer = ask("/200", name="other.example")
    assert answer.outcome == "failed" and "certificate" in answer.words
    assert server.heard == []


@pytest.mark.parametrize("scheme", ["https"], indirect=True)
def test_a_certificate_that_nobody_vouches_for_is_a_failure(ask, server):
    answer = ask("/200", trust=None)
    assert answer.outcome == "failed" and "certificate" in answer.words
    assert server.heard == []


def test_a_name_that_is_not_there_is_a_failure():
    def nobody(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert links.check("https://nobody.example/", resolve=nobody).outcome == "failed"


def test_a_resolver_that_never_answers_is_a_failure():
    over = threading.Event()
    answer = links.check("https://slow.example/", resolve=lambda host, port: over.wait(60) or [], seconds=0.1)
    over.set()
    assert answer.outcome == "failed" and "seconds" in answer.words


def test_a_closed_port_is_a_failure():
    with suppress(OSError), socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    answer = links.check(
        f"http://{NAME}:{port}/", resolve=lambda host, port: ["127.0.0.1"], allowed=lambda address: True, ports={port}
    )
    assert answer.outcome == "failed"
