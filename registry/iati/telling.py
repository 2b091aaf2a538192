"""Projects one after the other, each with its activity or with the reasons why there is none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from registry import documents
from registry.documents import Document
from registry.models import Project

from .activity import activity
from .around import Around
from .reasons import Reason, Reasons
from .reporter import Reporter

_NEEDED = (
    *("url", "html_url", "title", "translations", "summary", "status", "heritage_types", "scope"),
    *("regions", "sites", "dates", "participations", "updated_at"),
)


@dataclass(frozen=True)
class Told:
    """A project; `missing` says why there is no activity, `parts` what an activity goes without."""

    project: Document
    activity: Element | None
    missing: tuple[Reason, ...]
    parts: tuple[Reason, ...]


def told(codes: Iterable[str], *, host: str, reporter: Reporter | None) -> Iterator[Told]:
    """The published projects of these codes, some hundred looked up at a time."""
    for chunk in documents.chunks(Project, codes, host=host, chosen=_NEEDED):
        around = Around(chunk, host)
        for project in chunk:
            reasons = Reasons()
            made = activity(project, around, reporter, reasons)
            missing, parts = tuple(reasons.missing), tuple(reasons.parts)
            yield Told(project, None if missing else made, missing, parts)
