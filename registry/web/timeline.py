"""The time line: every dated record, by decade and year, with what its date leaves open."""

from typing import Any

from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from registry import chronology
from registry.chronology import DATED, Group

from . import paging, timeline_parts
from .across import EVERYTHING, Across
from .caching import kept
from .nouns import NOUNS
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
        total = paging.total_of(count, PER_PAGE)
        pages = paging.around(across.query, total, lambda page: across.address(**own, page=page))
        rows, along = timeline_parts.rows_of(across, summary, groups, pages.number, newest=not oldest)
        return super().get_context_data(**kwargs) | {
            "count": count,
            "period": timeline_parts.title_of(asked) if asked else "",
            "all_url": across.address(**({"order": "oldest"} if oldest else {})),
            "turned_url": across.address(**{**own, "order": None if oldest else "oldest"}),
            "oldest": oldest,
            "periods": timeline_parts.periods(across, summary["groups"], asked, oldest),
            "decades": timeline_parts.decades(rows),
            "scale": along,
            "pages": pages,
            **across.frame(summary["facets"], **own),
            **summary,
        }


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
