"""Questions to the list of sources."""

from django.utils.translation import gettext_lazy as _

from registry.models import Source, SourceKind

from .base import EntryFilter
from .fields import ChosenFilter, LanguageFilter, YearFilter


class SourceFilter(EntryFilter):
    """By kind, language and date."""

    facets = ("kind",)
    orders = {"dates": "dates_earliest"}

    kind = ChosenFilter(choices=SourceKind.choices, label=_("Kind"))
    language = LanguageFilter(field_name="language", label=_("Language"))
    year = YearFilter(label=_("Year"))

    class Meta:
        model = Source
        fields: list[str] = []
