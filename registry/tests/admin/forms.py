"""What a browser does with a form: `fields(response)` are the values that would be sent back."""

from html.parser import HTMLParser
from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client

from registry.models import Entry
from registry.tests.make import make_user


def sign_in(group: str | None = None, **given) -> Client:
    """A client of somebody in the group; without one, of an administrator."""
    user = make_user(**{"is_superuser": group is None} | given)
    if group:
        user.groups.add(groups().get(name=group))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def groups() -> QuerySet[Group]:
    """The groups of the migrations; a test in a browser that ran before may have emptied every table."""
    if not Group.objects.exists():
        import_module("registry.migrations.0003_groups").make_groups(apps, None)
        import_module("registry.migrations.0005_codes_and_groups_of_the_articles").widen_groups(apps, None)
        import_module("registry.migrations.0007_roles").make_roles(apps, None)
        import_module("registry.migrations.0008_enquiries_become_proposals").take_rights(apps, None)
        import_module("registry.migrations.0011_webhooks").give_rights(apps, None)
    return Group.objects.all()


def url(entry: Entry, page: str = "change") -> str:
    """The address of a page of the entry."""
    return f"{list_url(type(entry))}{entry.pk}/{page}/"


def list_url(model: type[Entry]) -> str:
    """The address of the noun's list."""
    return f"/admin/registry/{model._meta.model_name}/"


def fields(response: HttpResponse, form: str = "") -> dict[str, list[str]]:
    """Every field of the form with this id (or of the first that changes something) as a browser would send it."""
    reader = _Reader(form)
    reader.feed(response.content.decode())
    return reader.values


def edited(response: HttpResponse, **changes: object) -> dict[str, object]:
    """The fields of the change form with some of them typed anew."""
    sent = fields(response, response.context["opts"].model_name + "_form")
    return sent | changes


def row(values: dict, prefix: str, **cells: object) -> dict[str, object]:
    """The fields of one more inline row."""
    number = int(values[f"{prefix}-TOTAL_FORMS"][0])
    return {f"{prefix}-TOTAL_FORMS": str(number + 1)} | {f"{prefix}-{number}-{name}": v for name, v in cells.items()}


class _Reader(HTMLParser):
    def __init__(self, form: str) -> None:
        super().__init__()
        self.wanted, self.inside = form, False
        self.values: dict[str, list[str]] = {}
        self.select = self.area = None
        self.single = True

    def handle_starttag(self, tag: str, pairs: list) -> None:
        attrs = dict(pairs)
        if tag == "form":
            posts = attrs.get("method") == "post" and attrs.get("id") != "logout-form"
            self.inside = attrs.get("id") == self.wanted if self.wanted else posts and not self.values
        name = attrs.get("name")
        if tag == "option" and self.select is not None:
            chosen = self.values[self.select]
            if "selected" in attrs or (self.single and not chosen):
                chosen[:] = [] if self.single else chosen
                chosen.append(attrs.get("value", ""))
        if not self.inside or not name or "disabled" in attrs or "__prefix__" in name:
            return
        if tag == "select":
            self.select, self.single = name, "multiple" not in attrs
            self.values.setdefault(name, [])
        elif tag == "textarea":
            self.area = name
            self.values.setdefault(name, []).append("")
        elif tag == "input" and attrs.get("type") not in {"submit", "button"}:
            if attrs.get("type") in {"checkbox", "radio"} and "checked" not in attrs:
                return
            unsaid = "on" if attrs.get("type") in {"checkbox", "radio"} else ""
            self.values.setdefault(name, []).append(attrs.get("value", unsaid))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.values[self.area][-1] += data.removeprefix("\n") if not self.values[self.area][-1] else data
