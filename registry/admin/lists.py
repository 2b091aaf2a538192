"""The list of a noun: found by folded words, edited in place, never more queries for more rows."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import F, Prefetch, QuerySet
from django.forms import Form, Media, Textarea
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry import ledger, search
from registry.models import Citation, Entry

from .differences import differences
from .forms import VersionedForm
from .lookups import NarrowPaginator, StrictLookups, TitledList
from .saved_filters import SavedFilters
from .sheets import Exports


class EntryChangeList(TitledList):
    """Fetches what its rows show."""

    def apply_select_related(self, queryset: QuerySet) -> QuerySet:
        return self.model_admin.for_list(queryset)


class EntryLists(SavedFilters, Exports, StrictLookups):
    """What the lists of all nouns have in common."""

    paginator = NarrowPaginator
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("title",)  # says that there is a search; what it does is in get_search_results
    search_help_text = _("Words of the title, other names, summary or code, on any keyboard.")
    list_display_links = ("code",)
    list_with: tuple[str, ...] = ()

    @property
    def media(self) -> Media:
        """With the script of the filter by place."""
        return super().media + AutocompleteSelect(None, self.admin_site).media

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return EntryChangeList

    def for_list(self, queryset: QuerySet) -> QuerySet:
        """Everything a row shows, drafts of related records included."""
        cited = Prefetch("citations", Citation.objects.public(), to_attr="shown_citations")
        return queryset.prefetch_related(*self.list_with, cited).defer("search", "search_text")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        if not term.strip():
            return queryset, False
        try:
            return search.find(queryset, term), False
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return queryset.none(), False

    @admin.display(description=_("state"), ordering="state")
    def shown_state(self, entry: Entry) -> str:
        return format_html('<span class="state state--{}">{}</span>', entry.state, entry.get_state_display())

    @admin.display(description=_("sources"))
    def sources(self, entry: Entry) -> str:
        count = len({citation.source_id for citation in entry.shown_citations})
        return str(count) if count else format_html('<span class="missing">{}</span>', _("None"))

    @admin.display(description=_("updated"), ordering=F("updated_at"))
    def updated(self, entry: Entry) -> str:
        return format_html(
            '<time datetime="{}">{}</time>', entry.updated_at.isoformat(), f"{entry.updated_at:%Y-%m-%d}"
        )

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[Form]:
        form = super().get_changelist_form(request, **{"form": RowForm, "widgets": {"title": WrappingText}, **kwargs})
        form.refusals = getattr(request, "refusals", {})
        form.locked = lambda form: not self.has_change_permission(request, form.instance)
        return form

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> type[BaseFormSet]:
        """A list is never longer than it can be shown."""
        most = self.list_max_show_all
        return super().get_changelist_formset(request, **kwargs | {"max_num": most, "absolute_max": most})

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """A row that the ledger refuses is shown again with what was typed; the others wait with it."""
        try:
            return self._saved_together(request, extra_context)
        except ledger.EditConflict as conflict:
            request.refusals = {conflict.entry.pk: self._explained(conflict)}
            self._start_again_from(request, conflict)
        except RowRefused as refusal:
            request.refusals = {refusal.code: refusal.because}
        return super().changelist_view(request, extra_context)

    def _saved_together(self, request: HttpRequest, extra_context: dict | None) -> HttpResponse:
        """All rows in one batch: its changes are numbered after the last row is locked, and one undo takes it back."""
        if request.method != "POST" or "_save" not in request.POST:
            return super().changelist_view(request, extra_context)
        try:
            with ledger.batch(by=request.user, reason=_("No reason given")) as request.open_batch:
                return super().changelist_view(request, extra_context)
        finally:
            request.open_batch = None

    def save_related(self, request: HttpRequest, form: Form, formsets: list, change: bool) -> None:
        try:
            super().save_related(request, form, formsets, change)
        except ledger.EditConflict:
            raise
        except (ledger.Refused, ValidationError) as refusal:
            if isinstance(form, RowForm):
                raise RowRefused(form.instance.pk, refusal) from refusal
            raise

    def _explained(self, conflict: ledger.EditConflict) -> ledger.Refused:
        changed = differences(self.model, conflict.before, conflict.theirs)
        words = "; ".join(f"{d.label}: {', '.join(d.after) or _('not stated')}" for d in changed if d.before != d.after)
        return ledger.Refused(
            _("%(code)s was changed by somebody else meanwhile. It now holds: %(words)s. Save again to keep yours.")
            % {"code": conflict.entry.pk, "words": words}
        )

    def _start_again_from(self, request: HttpRequest, conflict: ledger.EditConflict) -> None:
        """The next save of the row starts from the version the editor has now been told about."""
        data = request.POST.copy()
        for key, value in request.POST.items():
            if value == conflict.entry.pk and key.endswith("-code"):
                data[key.removesuffix("code") + "version"] = str(conflict.current)
        request.POST = data


class WrappingText(Textarea):
    """A text of one line that wraps where its column ends; what is pasted with more lines becomes one."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"cols": 20, "rows": 2, "class": "wrapping"} | (attrs or {}))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        typed = super().value_from_datadict(data, files, name)
        return typed and " ".join(typed.splitlines())


class RowForm(VersionedForm):
    """One row of a list that is edited in place."""

    locked: Callable[["RowForm"], bool]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locked = self.locked()
        for name in set(self.fields) & set(self._meta.fields or ()):
            self.fields[name].disabled = locked
            # What the row held when the page was made: only what the editor touched counts as an edit.
            self.fields[name].show_hidden_initial = not locked
            self.fields[name].widget.attrs["aria-label"] = f"{self.fields[name].label}: {self.instance}"


class RowRefused(Exception):
    """The ledger refused one row of the list."""

    def __init__(self, code: str, because: Exception) -> None:
        self.code, self.because = code, because
