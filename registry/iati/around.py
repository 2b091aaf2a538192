"""The public documents of what projects name: places, sites, organisations and lines of funding."""

from collections import defaultdict
from collections.abc import Iterable

from registry import documents, public
from registry.documents import Document
from registry.models import Entry, Funding, Organisation, Region, Site

_FUNDING = ("title", "translations", "flow", "amount", "currency", "dates", "project", "funder", "funder_as_reported")
_NEEDED: dict[type[Entry], tuple[str, ...]] = {
    Region: ("title", "translations", "kind", "parent", "iso_code", "longitude", "latitude", "precision"),
    Site: ("title", "translations", "region", "longitude", "latitude", "precision", "identifiers"),
    Organisation: ("title", "translations", "organisation_type"),
    Funding: (*_FUNDING, "updated_at"),
}


class Around:
    """What some hundred projects name, by code; a number of queries that does not grow with the projects."""

    def __init__(self, projects: list[Document], host: str) -> None:
        self.host = host
        self.funding: dict[str, list[Document]] = defaultdict(list)
        lines = public.records(Funding).filter(project__in=[project["code"] for project in projects])
        for line in self._documents(Funding, lines.order_by("pk")):
            if line["project"]:  # still public since it was looked up
                self.funding[line["project"]["code"]].append(line)
        self.sites = self._named(Site, (link for project in projects for link in project["sites"]))
        bodies = [row["organisation"] for project in projects for row in project["participations"]]
        bodies += [line["funder"] for lines in self.funding.values() for line in lines]
        self.organisations = self._named(Organisation, bodies)
        self.regions: dict[str, Document] = {}
        links = [link for project in projects for link in project["regions"]]
        links += [site["region"] for site in self.sites.values()]
        while found := self._named(Region, (link for link in links if link and link["code"] not in self.regions)):
            self.regions |= found
            links = [region["parent"] for region in found.values()]

    def within(self, code: str) -> list[Document]:
        """The place and the published ones around it, from the nearest outwards."""
        found: list[Document] = []
        place = self.regions.get(code)
        while place and place not in found:
            found.append(place)
            place = self.regions.get(place["parent"]["code"]) if place["parent"] else None
        return found

    def _named(self, model: type[Entry], links: Iterable[Document | None]) -> dict[str, Document]:
        codes = {link["code"] for link in links if link}
        if not codes:
            return {}
        return {found["code"]: found for found in self._documents(model, public.records(model).filter(pk__in=codes))}

    def _documents(self, model: type[Entry], records: Iterable[Entry]) -> list[Document]:
        return documents.documents(model, records, host=self.host, chosen=_NEEDED[model])
