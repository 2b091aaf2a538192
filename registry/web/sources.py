"""Public pages of sources: what each supports."""

from django.utils.translation import gettext_lazy

from registry.models import ENTRIES, Source

from .lists import EntryList
from .nouns import NOUNS
from .records import EntryDetail, Related, group, list_url


class SourceList(EntryList):
    """The list of sources."""

    model = Source
    sorts = {"-dates": gettext_lazy("Latest first")}


class SourceDetail(EntryDetail):
    """The page of a source."""

    model = Source

    def related(self) -> list[Related]:
        """Every record that cites it, by kind."""
        found = []
        for model in ENTRIES:
            records = model.objects.pointing_to("citations__source", [self.entry.pk]).exclude(pk=self.entry.pk)
            found.append(group(str(NOUNS[model].label_plural), records, list_url(model, source=self.entry.pk)))
        return found
