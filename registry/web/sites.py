"""Public pages of sites: what is protected, how exactly it is shown, and what was seen there."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import (
    Identifier,
    IdentifierScheme,
    InventoryItem,
    MatchState,
    Mission,
    Observation,
    Precision,
    Project,
    Site,
)
from registry.models.translations import Text

from . import facts
from .facts import Link
from .gallery import resources_of
from .lists import EntryList
from .monitoring import watch
from .records import EntryDetail, Related, group, list_url

LISTINGS_SHOWN = 20
_TOLD_APART = ("longitude", "designations", "identifiers")

# Registers with addresses that stay: the shape of an identifier, and where it leads.
_ELSEWHERE = {
    IdentifierScheme.WIKIDATA: (r"Q\d{1,12}", "https://www.wikidata.org/wiki/{}"),
    IdentifierScheme.WHC: (r"\d{1,6}", "https://whc.unesco.org/en/list/{}"),
    IdentifierScheme.GEONAMES: (r"\d{1,12}", "https://www.geonames.org/{}"),
    IdentifierScheme.OPENSTREETMAP: (r"(?:node|way|relation)/\d{1,14}", "https://www.openstreetmap.org/{}"),
    IdentifierScheme.PLEIADES: (r"\d{1,12}", "https://pleiades.stoa.org/places/{}"),
}

_MORE = gettext_lazy("Pages, files and the API show no more than this, to anybody.")
# The same words whether or not the register knows the place more exactly.
_PRECISION = {
    "": gettext_lazy("No point of this site is published."),
    Precision.EXACT: gettext_lazy("The point is published as exactly as its source gives it."),
    Precision.KM_1: gettext_lazy(
        "The point is the middle of a square about 1 km wide in which the site lies. It is shown so because a finer "
        "point could do harm."
    ),
    Precision.KM_10: gettext_lazy(
        "The point is the middle of a square about 10 km wide in which the site lies. Archaeological sites, and sites "
        "that looting or conflict threatens, are shown no more exactly than this; for others editors may choose it."
    ),
    Precision.REGION: gettext_lazy("Only the region is shown, no point: where a site is can put it at risk."),
    Precision.COUNTRY: gettext_lazy("Only the country is shown, no point: where a site is can put it at risk."),
    Precision.HIDDEN: gettext_lazy("No place is shown: where a site is can put it at risk."),
}


@dataclass(frozen=True)
class Elsewhere:
    """What the site is called in another register, and how sure the match is."""

    scheme: str
    value: str
    url: str
    match: str
    state: str
    confirmed: bool


class SiteList(EntryList):
    """The list of sites."""

    model = Site


class SiteDetail(EntryDetail):
    """The page of a site."""

    model = Site
    told_apart = _TOLD_APART

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With its protection, its names elsewhere, who listed it, and what observations tell of it."""
        context = super().get_context_data(**kwargs)
        told = {fact.name: fact for fact in facts.facts(self.entry, context["footnotes"])}
        return context | {
            "designations": told["designations"],
            "point": replace(told["longitude"], label=_("Published point")) if "longitude" in told else None,
            "exactness": [str(_PRECISION[self.entry.precision]), str(_MORE)],
            "elsewhere": [elsewhere(row) for row in self.entry.identifiers.all()],
            "elsewhere_notes": facts.notes_on("identifiers", context["footnotes"]),
            "gallery": resources_of(self.entry),
            "listings": self._listings(),
            "watch": watch(Observation.objects.public().filter(site=self.entry), self.request.GET, site=self.entry.pk),
        }

    def related(self) -> list[Related]:
        """The projects that work on it, the missions that listed it, and what else is in the same region."""
        code = self.entry.pk
        found = [
            group(_("Projects on this site"), Project.objects.filter(sites=code), list_url(Project, site=code)),
            group(_("Listed by missions"), Mission.objects.filter(inventory__site=code), list_url(Mission, site=code)),
        ]
        if self.entry.region:
            here = Site.objects.filter(region=self.entry.region).exclude(pk=code)
            found.append(group(_("Other sites in the same region"), here, list_url(Site, region=self.entry.region.pk)))
        return found

    def _listings(self) -> facts.Table | None:
        """The inventories of published missions in which it stands, with the criterion and the note of each."""
        rows = InventoryItem.objects.public().filter(site=self.entry, mission__in=Mission.objects.public())
        listed = [
            [Link(row.mission.shown_title, row.mission.get_absolute_url()), Text(row.criterion), Text(row.note)]
            for row in rows.select_related("mission")[:LISTINGS_SHOWN]
        ]
        return facts.Table([_("Mission"), _("Criterion"), _("Note")], listed) if listed else None


def elsewhere(row: Identifier) -> Elsewhere:
    """An identifier with its address, where the other register has lasting ones and the identifier has their shape."""
    shape, where = _ELSEWHERE.get(row.scheme, ("", ""))
    url = where.format(row.value) if where and re.fullmatch(shape, row.value, re.ASCII) else ""
    confirmed = row.match_state == MatchState.CONFIRMED
    return Elsewhere(
        row.get_scheme_display(), row.value, url, row.get_match_display(), row.get_match_state_display(), confirmed
    )
