"""Proposing as a visitor does: `correct(client, project, "status", status="completed")`."""

import time

from django.http import HttpResponse
from django.test import Client

from registry.models import Entry, Proposal
from registry.tests.web.page import Page, read
from registry.web import spam

CANARY = "Quxoprane"
BROWSER = {"REMOTE_ADDR": "198.51.100.7"}


def typed(**given: object) -> dict[str, object]:
    """What somebody sends who took half a minute."""
    words = {"where": "A sign at the gate", "consent": "on", "started": spam.started(time.time() - 30)}
    return words | given


def correct(client: Client, entry: Entry, field: str, **given: object) -> HttpResponse:
    """The answer to a correction that was typed into the form as it stands."""
    address = f"{entry.get_absolute_url()}correct/?field={field}"
    return client.post(address, dict(read(client, address).hidden) | typed(**given), **BROWSER)


def propose(client: Client, noun: str = "project", **given: object) -> HttpResponse:
    """The answer to a new record that was typed."""
    return client.post(f"/propose/{noun}/", typed(**given), **BROWSER)


def one() -> Proposal:
    """The only proposal there is."""
    return Proposal.objects.get()


def said(response: HttpResponse) -> str:
    """The page as its reader hears it, in one line."""
    return " ".join(Page(response).text.split())
