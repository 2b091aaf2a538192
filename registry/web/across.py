"""One question to several nouns at once, or every question of one of them, as an address."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from registry import facets
from registry.facets import Facet
from registry.filters import FILTERS
from registry.models import Entry, Project

from .nouns import NOUNS
from .queries import Chip, ListQuery
from .records import list_url

EVERYTHING = "everything"
# What means the same to every noun that can be asked it; a noun that cannot has no answer.
SHARED = ("q", "region", "country", "bbox", "source", "year", "updated_since")
_OF_LISTS = ("page", "ordering")
_ASKED_OF_ANY = {"q", "region", "country"}  # what stays when the reader chooses another noun


@dataclass(frozen=True)
class Choice:
    """A noun that a page can show, or all of them; its code, its name, how many records there are."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass
class Across:
    """What a page was asked, of which nouns. `chosen` is the name of one, or EVERYTHING."""

    chosen: str
    models: Sequence[type[Entry]]
    query: ListQuery

    @classmethod
    def read(cls, raw: QueryDict, models: Sequence[type[Entry]], usual: str, own: Collection[str] = ()) -> "Across":
        """From the query string; `own` are the parameters that the page reads itself."""
        asked = raw.copy()
        for name in own:
            asked.pop(name, None)
        chosen = asked.pop("noun", [""])[-1] or usual
        by_name = {model.noun: model for model in models}
        notices = []
        if chosen != EVERYTHING and chosen not in by_name:
            notices.append(
                _("“%(name)s” is not a kind of record that can be shown here; these are the usual ones.")
                % {"name": chosen[:40]}
            )
            chosen = usual
        if chosen == EVERYTHING:
            for name in [name for name in asked if name not in {*SHARED, *_OF_LISTS}]:
                del asked[name]
                notices.append(
                    _("“%(name)s” is not something all records can be asked; it was left out.") % {"name": name[:40]}
                )
        model = by_name.get(chosen, Project)  # a project can be asked whatever all can be
        query = ListQuery.read(asked, FILTERS[model], model)
        query.notices[:0] = notices
        return cls(chosen, models if chosen == EVERYTHING else [model], query)

    @property
    def key(self) -> str:
        """What answers are kept under."""
        return f"{self.chosen}:{self.query.data.urlencode()}"

    @property
    def model(self) -> type[Entry] | None:
        """The one noun that was asked, if it is one."""
        return self.models[0] if self.chosen != EVERYTHING else None

    def found(self, model: type[Entry], data: QueryDict | None = None) -> QuerySet:
        """The public records of a noun that answer; none where it cannot be asked so."""
        data = self.query.data if data is None else data
        if set(data) - set(FILTERS[model].base_filters):
            return model.objects.public().none()
        return FILTERS[model](data, queryset=model.objects.public()).qs

    def counts(self) -> dict[type[Entry], int]:
        """How many records of each noun answer."""
        return {model: self.found(model).order_by().count() for model in self.models}

    def choices(self, models: Sequence[type[Entry]], every: Sequence[type[Entry]]) -> Iterator[Choice]:
        """Each noun, and `every` together, with how many records answer what all can be asked of the question."""
        shared = self.query.data.copy()
        for name in [name for name in shared if name not in SHARED]:
            del shared[name]
        counts = {model: self.found(model, shared).order_by().count() for model in models}
        everything = sum(counts[model] for model in every)
        yield Choice(EVERYTHING, _("Everything"), everything, self.chosen == EVERYTHING)
        for model in models:
            yield Choice(model.noun, str(NOUNS[model].label_plural), counts[model], self.chosen == model.noun)

    def facets(self) -> list[Facet]:
        """The facets of the one noun; of several, their countries."""
        if self.model:
            names = list(FILTERS[self.model].facets)
            return facets.count(FILTERS[self.model], self.query.data, self.model.objects.public(), names)
        counted: dict[str, facets.Option] = {}
        label = ""
        for model in self.models:
            if set(self.query.data) | {"country"} <= set(FILTERS[model].base_filters):
                [facet] = facets.count(FILTERS[model], self.query.data, model.objects.public(), ["country"])
                label = facet.label
                for option in facet.options:
                    before = counted[option.value].count if option.value in counted else 0
                    counted[option.value] = replace(option, count=option.count + before)
        options = sorted(counted.values(), key=lambda option: option.label)
        return [Facet("country", label, options)] if options else []

    def address(self, path: str = "", **changes: str | None) -> str:
        """The page with these parameters put in place, or taken out where None."""
        query = self.query.data.copy()
        query["noun"] = self.chosen
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"{path}?{query.urlencode()}"

    def chips(self, **own: str) -> list[Chip]:
        """What was asked, each with the page without it; `own` are further parameters that the page keeps."""
        keep = urlencode({"noun": self.chosen, **own})
        return [replace(chip, url=f"?{keep}&{chip.url[1:]}") for chip in self.query.chips()]

    def frame(self, shown: Collection[Facet], **own: str) -> dict[str, Any]:
        """What the head and the form of a page show, `shown` being the facets in the form; `own` as in `chips`."""
        carried = self.query.given(without={"q", *(facet.name for facet in shown)})
        return {
            "query": self.query.data.get("q", ""),
            "chips": self.chips(**own),
            "clear_url": f"?noun={self.chosen}",
            "hidden": [("noun", self.chosen), *own.items(), *carried],
            "shared": [*own.items(), *(pair for pair in self.query.given() if pair[0] in _ASKED_OF_ANY)],
            "notices": self.query.notices,
        }

    def list_of(self, model: type[Entry], **changes: str) -> str:
        """The list of a noun asked the same."""
        query = self.query.data.copy()
        for name, value in changes.items():
            query[name] = value
        return f"{list_url(model)}?{query.urlencode()}" if query else list_url(model)
