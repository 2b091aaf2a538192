"""Public pages of statements: words that belong to their speakers."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Statement

from .lists import EntryList
from .records import EntryDetail, Related, group, list_url


class StatementList(EntryList):
    """The list of statements."""

    model = Statement
    sorts = {"-dates": gettext_lazy("Latest first")}


class StatementDetail(EntryDetail):
    """The page of a statement."""

    model = Statement

    def related(self) -> list[Related]:
        """What else was said at the same event."""
        if not self.entry.event:
            return []
        event = self.entry.event
        others = Statement.objects.filter(event=event).exclude(pk=self.entry.pk)
        return [group(_("Also said there"), others, list_url(Statement, event=event.pk))]
