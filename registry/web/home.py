"""The first page: what is being done, what is missing, and where to start."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from registry import public
from registry.models import CountryBudget, Entry, Initiative, Project, StatusGroup
from registry.models.projects import STATUS_GROUPS

from . import batches
from .gap_table import newest_tables
from .pins import pins_of
from .records import PublicChange, list_url
from .ways import ways

SHOWN = 6


@dataclass(frozen=True)
class Tally:
    """A number, what it counts, and the list that has exactly as many records."""

    count: int
    label: str
    url: str


class Home(TemplateView):
    """The home page."""

    template_name = "registry/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The tally of projects, the map, the gaps, the newest work, every way in and the latest changes."""
        projects = Project.objects.public()
        return super().get_context_data(**kwargs) | {
            "tally": tally(),
            "pins": pins_of(projects, reverse("registry:project-list")),
            "gaps": newest_tables(public.records(CountryBudget)),
            "projects": newest(Project)[:SHOWN],
            "initiatives": newest(Initiative).shared()[:SHOWN],
            "ways": ways(),
            "changes": latest(),
        }


def newest(model: type[Entry]) -> QuerySet:
    """The published records of a noun, the last changed first."""
    return public.records(model).order_by("-updated_at", "code")


def tally() -> list[Tally]:
    """Projects by stage; the stages add up to the whole."""
    groups = dict.fromkeys(StatusGroup, 0)
    for status, count in Project.objects.public().order_by().values_list("status").annotate(n=Count("pk")):
        groups[STATUS_GROUPS[status]] += count
    whole = Tally(sum(groups.values()), _("projects"), list_url(Project))
    return [whole] + [
        Tally(count, str(group.label).lower(), list_url(Project, status_group=group.value))
        for group, count in groups.items()
        if count
    ]


def latest() -> list[PublicChange]:
    """The newest public changes, one a batch, each with the page of its record while that is public."""
    return [batch.told for batch in batches.read(public.changes(), 0, SHOWN)]
