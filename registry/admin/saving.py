"""Saving in the admin: what a form and its rows hold goes to the ledger as one batch of one change."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from registry import ledger, review, scope
from registry.models import Entry, State
from registry.versions import Related


class LedgerSaving:
    """The admin's ways of writing, all of them led to the ledger."""

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        """Nothing yet: the record and its relations are written together."""

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[BaseFormSet], change: bool) -> None:
        entry = form.instance
        with self.batch_of(request, _reason(form)) as batch:
            store = batch.save
            if "_publish" in request.POST and not entry.is_public:
                self.check_publish_permission(request)
                store = batch.publish
            elif "_review" in request.POST and entry.state == State.DRAFT:
                entry.state = State.IN_REVIEW
            self.note_plan(request, entry)
            expected = form.cleaned_data.get("version") if change else None
            store(entry, expected=expected, related=related_of(form, formsets))
            if not scope.looks_after(request.user, type(entry).objects.get(pk=entry.pk)):
                raise ledger.Refused(_("Choose a place that you look after: the record would leave your regions."))
            review.follow(batch.changes, by=request.user)
        request.changes = batch.changes

    def batch_of(self, request: HttpRequest, reason: str) -> AbstractContextManager[ledger.Batch]:
        """The batch that is open for the whole request, such as that of a list edited in place, else a new one."""
        whole = getattr(request, "open_batch", None)
        return nullcontext(whole) if whole else ledger.batch(by=request.user, reason=reason)

    def check_publish_permission(self, request: HttpRequest) -> None:
        """Raise PermissionDenied for somebody who may not publish this noun."""
        if not self.has_publish_permission(request):
            raise PermissionDenied

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """What the ledger refuses comes back with everything that was typed, and with the reasons."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ledger.EditConflict as conflict:
            return self.conflict_page(request, conflict)
        except ledger.VersionMissing as refusal:
            return self.refusal_page(request, refusal)
        except (ledger.Refused, ValidationError) as refusal:
            request.refusals = {object_id or "": refusal}
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Entry | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.refusals = getattr(request, "refusals", {})
        return form

    def refusal_page(self, request: HttpRequest, refusal: Exception) -> HttpResponse:
        """A 400 in words; nothing was stored."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Not saved"),
            "refusal": refusal,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/refused.html", context, status=400)

    def response_add(self, request: HttpRequest, obj: Entry, post_url_continue: str | None = None) -> HttpResponse:
        self._say_who_reads_it(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Entry) -> HttpResponse:
        if not request.changes:
            messages.info(request, _("Nothing was changed."))
            return HttpResponseRedirect(request.get_full_path())
        self._say_who_reads_it(request, obj)
        return super().response_change(request, obj)

    def message_user(self, request: HttpRequest, message: str, *args: Any, **kwargs: Any) -> None:
        """Nothing more once it is said who reads the record: that it is saved is said with it."""
        if not getattr(request, "said_who_reads_it", False):
            super().message_user(request, message, *args, **kwargs)

    def _say_who_reads_it(self, request: HttpRequest, entry: Entry) -> None:
        words = {"code": entry.pk, "state": entry.get_state_display()}
        if entry.is_public:
            said = _("%(code)s is published: everybody can read it.") % words
            link = (entry.get_absolute_url(), _("View public page"))
        else:
            said = _("%(code)s is kept as “%(state)s”: the public cannot read it.") % words
            link = (reverse(f"admin:registry_{self.opts.model_name}_change", args=[entry.pk]), _("Open it again"))
        stays = "_continue" in request.POST and not entry.is_public
        messages.success(request, said if stays else format_html('{} <a href="{}">{}</a>', said, *link))
        request.said_who_reads_it = True

    def construct_change_message(self, request: HttpRequest, form: ModelForm, formsets: Any, add: bool = False) -> str:
        """None: the change says what changed."""
        return ""

    # The ledger's changes are the history of an entry; a second one would contradict it one day.
    def log_addition(self, request: HttpRequest, obj: Entry, message: Any) -> None:
        """Not kept."""

    def log_change(self, request: HttpRequest, obj: Entry, message: Any) -> None:
        """Not kept."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:
        """Not kept."""


def _reason(form: ModelForm) -> str:
    return form.cleaned_data.get("reason", "").strip() or _("No reason given")


def related_of(form: ModelForm, formsets: list[BaseFormSet]) -> Related:
    """Each many-to-many field of the form and each list of rows, whole."""
    many = [field.name for field in form._meta.model._meta.many_to_many if field.name in form.cleaned_data]
    related = {name: list(form.cleaned_data[name]) for name in many}
    if any(len(formset.forms) < formset.initial_form_count() for formset in formsets):
        raise ledger.Refused(_("The form came back without some of its rows. Open the record again."))
    return related | {formset.accessor: formset.rows() for formset in formsets}
