"""A digital resource as a reader meets it: its picture, what it is, who may use it, and where it is."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse

from registry import iso_names
from registry.models import Entry, Resource, ResourceKind, ResourceState
from registry.rights import deed

from .records import list_url

PIECES_SHOWN = 9

_SIGNS = {
    ResourceKind.DOCUMENTARY: "film",
    ResourceKind.VIDEO: "film",
    ResourceKind.ANIMATION_2D: "frames",
    ResourceKind.ANIMATION_3D: "frames",
    ResourceKind.MODEL_3D: "cube",
    ResourceKind.IMAGE: "image",
    ResourceKind.AUDIO: "sound",
    ResourceKind.DOCUMENT: "page",
    ResourceKind.DATASET: "grid",
    ResourceKind.EXHIBITION: "wall",
    ResourceKind.BROADCAST: "waves",
    ResourceKind.SHOP: "bag",
    ResourceKind.CAMPAIGN: "hash",
}
# By availability: the shape that carries it, and the colour that helps.
_MARKS = {
    ResourceState.SCHEDULED: ("empty", "planned"),
    ResourceState.LIVE: ("tick", "finished"),
    ResourceState.ARCHIVED: ("bar", "unknown"),
    ResourceState.DEAD_LINK: ("cross", "stalled"),
}


@dataclass(frozen=True)
class Piece:
    """One digital resource, for its card and its page."""

    entry: Resource

    @property
    def sign(self) -> str:
        """The drawing that stands beside the word for its kind."""
        return _SIGNS[ResourceKind(self.entry.kind)]

    @property
    def shape(self) -> str:
        """The mark of its availability; dashed where that is not stated."""
        return _MARKS.get(self.entry.status, ("dashed", "unknown"))[0]

    @property
    def group(self) -> str:
        """The colour of its availability."""
        return _MARKS.get(self.entry.status, ("dashed", "unknown"))[1]

    @property
    def languages(self) -> list[str]:
        """What its languages are called."""
        return [iso_names.language(code) for code in self.entry.languages]

    @property
    def deed(self) -> str:
        """Where its licence or statement of rights is explained."""
        return deed(self.entry.rights)

    @property
    def file_url(self) -> str:
        """The address of the file that the register holds, or nothing."""
        return reverse("registry:resource-file", args=[self.entry.pk]) if self.entry.file_sha256 else ""

    @property
    def preview_url(self) -> str:
        """The address of its image in small, or nothing."""
        return reverse("registry:resource-preview", args=[self.entry.pk]) if self.entry.is_image else ""

    @property
    def shown_as(self) -> str:
        """How a page shows the file: image, audio, video, or as a download; nothing where there is no file."""
        kind = self.entry.file_type.partition("/")[0]
        return kind if kind in {"image", "audio", "video"} else "download" if self.entry.file_sha256 else ""

    @property
    def host(self) -> str:
        """Whose site the link leads to."""
        return (urlsplit(self.entry.url).hostname or "").removeprefix("www.")

    @property
    def is_dead(self) -> bool:
        """Whether its link no longer works."""
        return self.entry.status == ResourceState.DEAD_LINK


@dataclass(frozen=True)
class Gallery:
    """The first few digital resources of a record, and the way to the others."""

    pieces: list[Piece]
    more_url: str


def resources_of(entry: Entry) -> Gallery:
    """The published digital resources that belong to an initiative, a project or a site, in one query."""
    belonging = Resource.objects.public().filter(**{entry.noun: entry}).order_by("title_folded", "code")
    found = [Piece(resource) for resource in belonging[: PIECES_SHOWN + 1]]
    more = list_url(Resource, **{entry.noun: entry.pk}) if len(found) > PIECES_SHOWN else ""
    return Gallery(found[:PIECES_SHOWN], more)
