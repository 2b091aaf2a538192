"""The time line: every dated record, by decade and year, with what its date leaves open."""

from typing import Any

from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from registry import chronology
from registry.chronology import DATED, Group

from . import timeline_parts
from .across import EVERYTHING, Across
from .caching import kept
from .nouns import NOUNS
from .paging import Pages
from .timeline_parts import PER_PAGE


class Timeline(TemplateView):
    """The page."""

    template_name = "registry/timeline.html"
    extra_context = {"here": "timeline"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of records in the order of time, the overview of all, and how many state no date."""
        given = self.request.GET
        across = Across.read(given, DATED, EVERYTHING, own=("period", "order"))
        oldest = given.get("order") == "oldest"
        asked = chronology.period(given.get("period", ""))
        if given.get("period") and asked is None:
            across.query.notices.append(
                _("“%(text)s” is not a period such as 2020, 202X or 20XX; it was left out.")
                % {"text": given["period"][:20]}
            )
        own = ({"order": "oldest"} if oldest else {}) | ({"period": asked.edtf} if asked else {})
        summary = kept(f"timeline:{across.key}", lambda: _summary(across))
        groups = sorted(chronology.within(summary["groups"], asked), reverse=not oldest)
        count = sum(summary["groups"][group] for group in groups)
        pages = _pages(across, count, own)
        rows, along = timeline_parts.rows_of(across, summary, groups, pages.number, newest=not oldest)
        facets = summary["facets"]
        shown = {"q", *(facet.name for facet in facets)}
        hidden = [(name, value) for name in across.query.data for value in across.query.data.getlist(name)]
        noun = ("noun", across.chosen)
        return (
            super().get_context_data(**kwargs)
            | summary
            | {
                "query": across.query.data.get("q", ""),
                "chips": across.chips(**own),
                "clear_url": f"?noun={across.chosen}",
                "hidden": [noun, *own.items(), *(pair for pair in hidden if pair[0] not in shown)],
                "shared": [*own.items(), *(pair for pair in hidden if pair[0] in {"q", "region", "country"})],
                "notices": across.query.notices,
                "count": count,
                "period": timeline_parts.title_of(asked) if asked else "",
                "all_url": across.address(**({"order": "oldest"} if oldest else {})),
                "turned_url": across.address(**{**own, "order": None if oldest else "oldest"}),
                "oldest": oldest,
                "periods": timeline_parts.periods(across, summary["groups"], asked, oldest),
                "decades": timeline_parts.decades(rows),
                "scale": along,
                "pages": pages,
            }
        )


def _summary(across: Across) -> dict[str, Any]:
    """Counts of all that was asked, whatever period is shown."""
    of_models = {model: chronology.counts(across.found(model)) for model in across.models}
    groups: dict[Group, int] = {}
    for counted in of_models.values():
        for group, n in counted.items():
            groups[group] = groups.get(group, 0) + n
    undated = {model: chronology.undated(across.found(model)).order_by().count() for model in across.models}
    return {
        "choices": list(across.choices(DATED, DATED)),
        "facets": across.facets(),
        "groups": groups,
        "of_models": of_models,
        "dated": sum(groups.values()),
        "undated": sum(undated.values()),
        "undated_lists": [(NOUNS[m], n, across.list_of(m, missing="dates")) for m, n in undated.items() if n],
    }


def _pages(across: Across, count: int, own: dict[str, str]) -> Pages:
    total = max(1, -(-count // PER_PAGE))
    number = min(across.query.page, total)
    if across.query.page > total:
        across.query.notices.append(_("The list has %(total)d pages; this is the last.") % {"total": total})

    def address(page: int) -> str | None:
        return across.address(**own, page=str(page) if page > 1 else None) if 1 <= page <= total else None

    return Pages(number, total, address(1), address(number - 1), address(number + 1), address(total))
