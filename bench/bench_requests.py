"""The requests that are timed, on all three surfaces."""

from collections.abc import Callable

from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from generate import generate

from registry.models import Project, User

QUESTIONS = {
    "first page": "",
    "status filter": "?status=ongoing",
    "region filter (a country)": "?region=REG-10003",
    "search": "?q=fortress",
    "search for one record": "?q=caravanserai+977",
    "by title": "?ordering=title",
}
ADMIN_QUESTIONS = {
    "first page": "",
    "status filter": "?status__exact=ongoing",
    "search": "?q=fortress",
    "search for one record": "?q=caravanserai+977",
}


def fill(projects: int, already: int) -> None:
    """Bring the register up to this number of projects."""
    if not already:
        call_command("migrate", verbosity=0)
        call_command("seed")
        User.objects.create_superuser("editor", password="for measuring only")
    generate(projects, already)


def requests() -> dict[str, Callable[[], None]]:
    """Every request by name; each fails loudly unless it is answered with 200."""
    public, editor = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    editor.force_login(User.objects.get(username="editor"))
    found: dict[str, str] = {}
    for name, question in QUESTIONS.items():
        found[f"API, {name}"] = f"/api/v1/projects/{question}"
        found[f"pages, {name}"] = f"/projects/{question}"
    for name, question in ADMIN_QUESTIONS.items():
        found[f"admin, {name}"] = f"/admin/registry/project/{question}"
    pages = -(-Project.objects.public().count() // 25)
    shown = -(-Project.objects.count() // 50)
    found |= {
        "API, last page": _last_page(public),
        "pages, last page": f"/projects/?page={pages}",
        "admin, last page": f"/admin/registry/project/?p={shown}",
        "API, facets": "/api/v1/projects/?facets=status,heritage_type,country",
        "API, a record": "/api/v1/projects/PRJ-000977/",
        "pages, a record": "/projects/PRJ-000977/",
        "admin, a record": "/admin/registry/project/PRJ-000977/change/",
        "pages, home": "/",
        "pages, search over everything": "/search/?q=fortress",
        "pages, a country": "/regions/REG-10003/",
    }
    clients = {"admin": editor}
    return {name: _asking(clients.get(name.split(",")[0], public), address) for name, address in found.items()}


def _asking(client: Client, address: str) -> Callable[[], None]:
    def ask() -> None:
        cache.clear()
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    return ask


def _last_page(client: Client) -> str:
    links = client.get("/api/v1/projects/")["Link"]
    last = next(link for link in links.split(", ") if 'rel="last"' in link)
    return last[last.index("<") + 1 : last.index(">")]
