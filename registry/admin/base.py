"""What the admin of every noun has in common."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from registry import public, scope
from registry.models import Entry, State

from .bulk import Bulk
from .bulk_edit import BulkEdit
from .conflicts import Conflicts
from .differences import stated
from .drafts import Scratches
from .forms import EntryForm
from .history import Histories
from .inputs import Inputs
from .lists import EntryLists
from .naming import label
from .numbers import PlainDecimalField, PlainIntegerField
from .private import roster
from .proposing import Proposing
from .publishing import Publishing
from .rows import CitationInline
from .saving import LedgerSaving

# The first fieldset of every noun.
NAMES = (None, {"fields": ("title", "other_names", "summary")})
TRANSLATIONS = (_("Translations"), {"fields": ("translations",), "classes": ("collapse",)})
DATES = (_("Dates"), {"fields": (("dates", "dates_as_reported"),)})
DATES_AND_EVENT = (_("When it was, and where it was presented"), {"fields": (("dates", "dates_as_reported"), "event")})


class EntryAdmin(
    Proposing,
    Publishing,
    Scratches,
    EntryLists,
    Conflicts,
    Histories,
    BulkEdit,
    Bulk,
    LedgerSaving,
    Inputs,
    admin.ModelAdmin,
):
    """Forms and lists in which nothing is stored around the ledger."""

    formfield_overrides = {
        models.DecimalField: {"form_class": PlainDecimalField},
        models.PositiveSmallIntegerField: {"form_class": PlainIntegerField},
    }

    form = EntryForm
    inlines = (CitationInline,)
    view_on_site = False
    change_form_template = "admin/entry_form.html"
    change_list_template = "admin/entry_list.html"

    def get_fieldsets(self, request: HttpRequest, obj: Entry | None = None) -> tuple:
        """After its own fields, the title and the summary in the other languages of the site."""
        return (*super().get_fieldsets(request, obj), TRANSLATIONS)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """What is published, and of the rest what this person looks after."""
        return scope.visible(request.user, super().get_queryset(request))

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether this person may decide what the public reads."""
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        """What the public reads or has read changes only through those who may publish, and only in their regions.

        Others may use the form of what is published: what they save there becomes a proposal.
        """
        if not super().has_change_permission(request, obj):
            return False
        if obj is None:
            return True
        unseen = obj.state in {State.DRAFT, State.IN_REVIEW}
        may = unseen or self.has_publish_permission(request) or self.is_proposing(request, obj)
        return may and scope.looks_after(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or scope.looks_after(request.user, obj))

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        entry = kwargs.get("obj")
        context |= {
            "may_publish": self.has_publish_permission(request),
            "may_review": entry is None or entry.state == State.DRAFT,
            "show_save_and_add_another": entry is None,
        }
        if entry:
            context |= roster.behind(request, entry.pk)
            measured = public.completeness(entry)
            context["completeness"] = measured
            context["missing"] = [(self._anchor(name), label(self.model, name)) for name in measured.missing]
            if not self.has_change_permission(request, entry):
                context["stated"] = stated(entry)
        return super().render_change_form(request, context, **kwargs)

    def _anchor(self, name: str) -> str:
        return f"{name}-group" if name in self.model.children else f"id_{name}"
