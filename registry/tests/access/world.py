"""A small register with one of everything, in every state, and somebody in every role."""

from functools import cache
from http.cookies import SimpleCookie
from typing import Any

from django.core.cache import cache as django_cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from registry import ledger
from registry.models import (
    AccessToken,
    Change,
    Entry,
    Import,
    Look,
    PrivateChange,
    Project,
    SavedFilter,
    State,
    Webhook,
)
from registry.sheets.reading import Reading
from registry.tests.admin.forms import groups, sign_in
from registry.tests.make import MAKERS, make_contact, make_region, make_user, received_proposal

# In the order of the columns; "elsewhere" looks after another region than that of the records.
ROLES = (
    "anonymous",
    "partner",
    "contributor",
    "contributor elsewhere",
    "editor",
    "editor elsewhere",
    "publisher",
    "publisher elsewhere",
    "steward",
    "auditor",
    "administrator",
)
_GROUPS = {"partner": "Partners", "contributor": "Contributors", "editor": "Editors", "publisher": "Publishers"}
_GROUPS |= {"steward": "Stewards", "auditor": "Auditors", "administrator": "Administrators"}
STATES = ("draft", "in_review", "published", "withdrawn", "merged")


class World:
    """The records, and a signed-in client for each role."""

    def __init__(self) -> None:
        self.here, self.there = make_region(title="Here"), make_region(title="There")
        self.writer = make_user(username="writer")
        published = self.record(Project, "published")
        self.contact = make_contact(published.pk)
        self.proposal = received_proposal("message", published)
        self.account = make_user(username="somebody", is_superuser=False)
        partner = make_user(username="system", is_superuser=False, is_staff=False)
        self.token = AccessToken(user=partner, digest="0" * 128, token_key="0" * 15, name="Harvester")
        self.view = SavedFilter(by=self.writer, entry_type="project", name="Mine", query="")
        self.sheet = Import(by=self.writer, entry_type="project", file_name="a.csv", content=b"title", sha256="0" * 64)
        self.sheet.reading = Reading("csv", encoding="utf-8", separator=",").as_json()
        self.webhook = Webhook(name="Catalogue", partner="A museum", url="https://museum.example/", secret="0")
        for row in (self.token, self.view, self.sheet, self.webhook):
            ledger.put(row)
        ledger.note_look(self.writer, "contact", str(self.contact.pk))
        self.look = Look.objects.get()
        self.clients = {role: self._client(role) for role in ROLES}
        self.cookies = {role: {name: c.value for name, c in self.clients[role].cookies.items()} for role in ROLES}

    @cache  # noqa: B019 - one for a test
    def record(self, model: type[Entry], state: str) -> Entry:
        """A record of the noun in the state, in the region of those who look after it."""
        unseen = {"state": State.DRAFT} if state in {"draft", "in_review"} else {}
        made = MAKERS[model](title=f"Once {state}", **unseen, **self._placed(model))
        if state == "in_review":
            made.state = State.IN_REVIEW
            with ledger.batch(by=self.writer, reason="Sent for review") as batch:
                batch.save(made, expected=made.version)
        elif state == "withdrawn":
            with ledger.batch(by=self.writer, reason="Withdrawn") as batch:
                batch.withdraw(made, expected=made.version, why="It was a mistake.")
        elif state == "merged":
            kept = MAKERS[model](title="The one that stays", **self._placed(model))
            ledger.merge(made, into=kept, by=self.writer, reason="One", expected=(made.version, kept.version))
        return made

    def _placed(self, model: type[Entry]) -> dict[str, Any]:
        own = {path for path in getattr(model, "place_paths", ()) if "__" not in path}
        return {"regions": [self.here]} if "regions" in own else {"region": self.here} if "region" in own else {}

    def _client(self, role: str) -> Client:
        if role == "anonymous":
            return Client(raise_request_exception=False)
        name, _space, elsewhere = role.partition(" ")
        client = sign_in(_GROUPS[name], is_staff=name != "partner")
        client.raise_request_exception = False
        if elsewhere:
            client.user.regions.add(self.there)
        return client

    def meet(self, role: str, method: str, where: str) -> HttpResponse:
        """What the role is answered; nothing of it stays, not even a sign-out."""
        client = self.clients[role]
        django_cache.clear()
        client.cookies = SimpleCookie(self.cookies[role])
        with transaction.atomic():
            answer = client.get(where) if method == "GET" else client.post(where)
            transaction.set_rollback(True)
        return answer

    def values(self, route: str, model: type[Entry], state: str) -> dict[str, Any]:
        """What stands in the place of each parameter of the route; the start of a route says what it means by one."""
        record = self.record(model, state)
        change = Change.objects.of(record.pk).first()
        meant = {
            "admin/registry/change/<object_id>": {"object_id": change.pk},
            "admin/registry/contact/": {"object_id": self.contact.pk},
            "admin/registry/user/": {"object_id": self.account.pk, "id": self.account.pk, "pk": self.account.pk},
            "admin/registry/accesstoken/": {"object_id": self.token.pk},
            "admin/registry/webhook/": {"object_id": self.webhook.pk, "pk": self.webhook.pk},
            "admin/registry/look/": {"object_id": self.look.pk},
            "admin/registry/privatechange/": {"object_id": PrivateChange.objects.first().pk},
            "admin/auth/group/": {"object_id": groups().get(name="Editors").pk},
            "admin/imports/": {"number": self.sheet.pk},
            "admin/review/": {"number": self.proposal.pk},
            "api/v1/vocabularies/": {"name": "project_status"},
            "data/dumps/": {"name": "LICENSE.txt"},
            "sitemap-": {"noun": "pages", "part": 1},
        }
        own = next((values for start, values in meant.items() if route.startswith(start)), {})
        return {
            "object_id": record.pk,
            "code": record.pk,
            "noun": model._meta.model_name if route.startswith("admin") else model.slug,
            "batch": change.batch,
            "reference": self.proposal.reference,
            "form": "csv",
            "number": self.view.pk,
            "version": 1,
            "style": "bibtex",
            "pk": 1,
            "key": "x-y",
            "anything": "nothing-here",
            "application": "registry",
            "content_type_id": 1,
            "provider_id": "oidc",
        } | own
