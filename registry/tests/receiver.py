"""The system of a partner: listens as `https://register.example`, and checks every message with a library."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from standardwebhooks import Webhook as Verifier

from registry import ledger, links, webhooks
from registry.models import Webhook
from registry.tests.make import make_project, make_user

CERTIFICATE = Path(__file__).with_name("register.example.pem")
NAME = "register.example"


class Receiver(ThreadingHTTPServer):
    """Answers with the statuses in `answers`, one after the other, and then with 200."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.over, self.silent = threading.Event(), set()

    @property
    def url(self) -> str:
        return f"https://{NAME}:{self.server_port}/hook"

    @property
    def post(self):
        """`links.post`, to which this server is the public web."""
        guard = links.Guard(
            resolve=lambda host, port: ["127.0.0.1"],
            allowed=lambda address: True,
            ports={self.server_port},
            trust=ssl.create_default_context(cafile=CERTIFICATE),
        )
        return partial(links.post, guard=guard)

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for _path, headers, _body in self.heard]

    @property
    def codes(self) -> list[str]:
        return [json.loads(body)["data"]["code"] for _path, _headers, body in self.heard]

    def checked(self, secret: str) -> list[dict[str, Any]]:
        """Every message, after the library has found it genuine."""
        return [Verifier(secret).verify(body, headers) for _path, headers, body in self.heard]

    def handle_error(self, request, client_address) -> None:
        """That the other side hangs up is what some tests want."""


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, {name.lower(): text for name, text in self.headers.items()}, body))
        if self.path in self.server.silent:
            self.server.over.wait(60)
        status, headers = self.server.answers.pop(0) if self.server.answers else (200, {})
        self.send_response_only(status)
        for name, text in headers.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(b"What the partner says is nobody's business: Vyxaneth")

    do_GET = do_HEAD = do_POST


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver that runs."""
    running = Receiver()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    running.socket = context.wrap_socket(running.socket, server_side=True)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield running
    finally:
        running.over.set()
        running.shutdown()
        running.server_close()
        thread.join()


def subscribed(url: str, *, from_start: bool = False, **given: Any) -> tuple[Webhook, str]:
    """A webhook for projects, and its secret."""
    webhook = Webhook(**{"name": "Catalogue", "partner": "A museum", "url": url, "nouns": ["projects"]} | given)
    secret = webhooks.begin(webhook, by=make_user(email="maker@example.org"), from_start=from_start)
    return webhook, secret


@pytest.fixture(scope="module")
def running():
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def receiver(running, settings):
    settings.PUBLIC_URL = "http://testserver"
    running.heard.clear()
    running.answers.clear()
    return running


def told(receiver, webhook) -> int:
    """Deliver as the worker does; how many messages were taken."""
    return webhooks.deliver(webhook.pk, post=receiver.post)


def due_now(webhook) -> Webhook:
    """As if the time of the next attempt had come."""
    webhook.refresh_from_db()
    webhook.next_attempt = timezone.now()
    ledger.put(webhook, only=["next_attempt"])
    return webhook


def changed(entry, **values):
    for name, value in values.items():
        setattr(entry, name, value)
    with ledger.batch(by=None, reason="Read again") as batch:
        batch.save(entry, expected=entry.version)
    return entry


def make_project_told():
    """A project that partners know."""
    entry = make_project()
    ledger.catch_up()
    return entry


def withdrawn(entry):
    with ledger.batch(by=None, reason="A slip") as batch:
        batch.withdraw(entry, expected=entry.version, why="It was a slip.")
    return entry
