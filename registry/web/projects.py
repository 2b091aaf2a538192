"""Public pages of projects."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry import public
from registry.models import CountryBudget, Project, RegionKind, StatusGroup

from .asked_and_found import asked_and_found_of
from .gallery import resources_of
from .gap_table import newest_tables
from .lists import EntryList
from .records import EntryDetail, Related, group, list_url


@dataclass(frozen=True)
class Step:
    """A stage of the work: done, now, still to do, or unknown."""

    label: str
    detail: str
    state: str


class ProjectList(EntryList):
    """The list of projects."""

    model = Project
    sorts = {"-dates": gettext_lazy("Latest start")}


class ProjectDetail(EntryDetail):
    """The page of a project."""

    model = Project

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With its stages, digital resources and funding, and the budgets of its country for scale."""
        around = public.records(CountryBudget).filter(region__in=self.entry.places, region__kind=RegionKind.COUNTRY)
        return super().get_context_data(**kwargs) | {
            "steps": steps(self.entry),
            "gaps": newest_tables(around),
            "gallery": resources_of(self.entry),
            "money": asked_and_found_of("project", self.entry.pk),
        }

    def related(self) -> list[Related]:
        """Other projects in the same places, and other projects presented at the same event."""
        places = [place.pk for place in self.entry.regions.all()]
        here = Project.objects.pointing_to("regions", places).exclude(pk=self.entry.pk)
        found = [group(_("In the same place"), here)]
        if self.entry.event:
            event = self.entry.event
            others = Project.objects.filter(event=event).exclude(pk=self.entry.pk)
            found.append(group(_("Presented at the same event"), others, list_url(Project, event=event.pk)))
        return found


def steps(project: Project) -> list[Step]:
    """Planned, under way, finished: what the reported status tells of each, and no date that no source gives."""
    stages = [StatusGroup.PLANNED, StatusGroup.ACTIVE, StatusGroup.FINISHED]
    reported = project.status_as_reported or project.get_status_display()
    if project.status_group not in stages:
        return [Step(str(stage.label), _("Not stated"), "unknown") for stage in stages]
    reached = stages.index(StatusGroup(project.status_group))
    found = []
    for number, stage in enumerate(stages):
        state = "done" if number < reached or reached == len(stages) - 1 else "now" if number == reached else "todo"
        detail = _("Reported as “%(status)s”") % {"status": reported} if number == reached else _("Dates not stated")
        found.append(Step(str(stage.label), "" if state == "todo" else detail, state))
    return found
