"""Public pages of projects."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry import public
from registry.models import CountryBudget, Project, RegionKind, StatusGroup
from registry.models.translations import Text, sentence

from .asked_and_found import asked_and_found_of
from .gallery import resources_of
from .gap_table import GapTable, newest_tables
from .lists import EntryList
from .records import EntryDetail, Related, group, list_url

SENTENCES = 3


@dataclass(frozen=True)
class Step:
    """A stage of the work: done, now, still to do, or unknown; with the footnotes that support it."""

    label: str
    detail: str
    state: str
    notes: list[int] = field(default_factory=list)


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
        gaps, money = newest_tables(around), asked_and_found_of("project", self.entry.pk)
        context = super().get_context_data(**kwargs)
        told = {fact.name: fact.notes for fact in context["facts"]}
        notes = told.get("status_as_reported") or told.get("status", [])
        return context | {
            "steps": steps(self.entry, notes),
            "gaps": gaps,
            "for_scale": for_scale(gaps),
            "gallery": resources_of(self.entry),
            "money": money,
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


def for_scale(gaps: list[GapTable]) -> list[str]:
    """The budgets of the country in a sentence each, as they were reported."""
    with_gap = _("For scale: the annual heritage budget of %(place)s was shown as %(amount)s with a gap of %(gap)s.")
    without = _("For scale: the annual heritage budget of %(place)s was shown as %(amount)s; no gap is stated.")
    rows = [row for table in gaps for row in table.rows][:SENTENCES]
    return [
        sentence(with_gap if row.gap_percent else without, place=row.label, amount=row.amount_text, gap=row.gap_percent)
        for row in rows
    ]


def steps(project: Project, notes: list[int]) -> list[Step]:
    """Planned, under way, finished: what the reported status tells of each, and no date that no source gives."""
    stages = [StatusGroup.PLANNED, StatusGroup.ACTIVE, StatusGroup.FINISHED]
    reported = Text(project.status_as_reported) or project.get_status_display()
    if project.status_group not in stages:
        return [Step(str(stage.label), _("Not stated"), "unknown") for stage in stages]
    reached = stages.index(StatusGroup(project.status_group))
    found = []
    for number, stage in enumerate(stages):
        state = "done" if number < reached or reached == len(stages) - 1 else "now" if number == reached else "todo"
        told = sentence(_("Reported as “%(status)s”"), status=reported)
        detail = told if number == reached else "" if project.dates else _("Dates not stated")
        found.append(
            Step(str(stage.label), "" if state == "todo" else detail, state, notes if number == reached else [])
        )
    return found
