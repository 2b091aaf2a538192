"""The form of a published record for those who may not publish: what they save becomes a proposal."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from registry import ledger, review, scope, versions
from registry.models import Entry, Origin, Proposal, ProposalKind, State
from registry.versions import Related, Snapshot

from .drafts import forget
from .saving import related_of


class Proposing:
    """For a ModelAdmin of an entry; stands before those that save."""

    def may_propose(self, request: HttpRequest, entry: Entry) -> bool:
        """Whoever changes drafts of the noun, but does not publish, in what is published in their regions."""
        may_change = request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")
        if not may_change or self.has_publish_permission(request):
            return False
        asks = request.user.has_perm("registry.add_proposal")
        return asks and entry.state == State.PUBLISHED and scope.looks_after(request.user, entry)

    def is_proposing(self, request: HttpRequest, entry: Entry | None) -> bool:
        """Whether the form at hand makes a proposal; on no other page does somebody who proposes have more rights."""
        return entry is not None and getattr(request, "proposing", "") == entry.pk

    def may_type(self, request: HttpRequest, entry: Entry | None) -> bool:
        """What is typed is kept for those who propose, too."""
        return super().may_type(request, entry) or (entry is not None and self.may_propose(request, entry))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kw: Any
    ) -> HttpResponse:
        if object_id and not self.has_publish_permission(request):
            entry = self.get_object(request, unquote(object_id))
            if entry and self.may_propose(request, entry):
                request.proposing = entry.pk
                if request.FILES or "remove_file" in request.POST:
                    refusal = ledger.Refused(_("A file cannot be proposed. Ask an editor to change the file."))
                    request.refusals = {entry.pk: refusal}
        return super().changeform_view(request, object_id, *args, **kw)

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        entry = kwargs.get("obj")
        if self.is_proposing(request, entry):
            context["proposes"] = True
            context["my_proposals"] = Proposal.objects.open().filter(by=request.user, code=entry.pk).count()
            context.pop("exact_place_url", None)
        return super().render_change_form(request, context, **kwargs)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[BaseFormSet], change: bool) -> None:
        entry = form.instance
        if change and self.is_proposing(request, entry):
            self._propose(request, form, related_of(form, formsets))
            return
        super().save_related(request, form, formsets, change)
        sent = any(change.after.get("state") == State.IN_REVIEW for change in request.changes)
        if sent and not self.has_publish_permission(request):
            request.received = review.send(entry, by=request.user)

    def _propose(self, request: HttpRequest, form: ModelForm, related: Related) -> None:
        """What the form changes of the version that it showed; the record stays as it is."""
        entry, version = form.instance, form.cleaned_data.get("version")
        stored = self.model.objects.get(pk=entry.pk)
        if version is None or not 0 < version <= stored.version:
            raise ledger.VersionMissing(
                _("The form does not say which version it started from. Open the record again.")
            )
        changed = _changed(form, related, versions.as_of(stored, version))
        request.changes, request.received = [], None
        if not changed:
            return
        asked = {"code": entry.pk, "base_version": version, "proposed": changed, "email": request.user.email}
        reason = form.cleaned_data.get("reason", "")
        try:
            request.received = review.receive(
                ProposalKind.CHANGE, self.model, **asked, text=reason, by=request.user, origin=Origin.CONTRIBUTOR
            )
        except ValidationError as problem:
            if getattr(problem, "code", "") != "same":
                raise

    def response_add(self, request: HttpRequest, obj: Entry, *args: Any, **kwargs: Any) -> HttpResponse:
        self._say_where_to_follow_it(request)
        return super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Entry) -> HttpResponse:
        self._say_where_to_follow_it(request)
        if not self.is_proposing(request, obj) or not request.received:
            return super().response_change(request, obj)
        forget(request.user, self.model, obj.pk)
        return HttpResponseRedirect(request.get_full_path())

    def _say_where_to_follow_it(self, request: HttpRequest) -> None:
        if getattr(request, "received", None):
            said = _("The editors have it now; the record stays as it is until they decide.")
            if not hasattr(request, "proposing"):
                said = _("The editors have it now, and decide whether it is published.")
            link = format_html('<a href="{}">{}</a>', reverse("admin:my_proposals"), _("Follow it in “My proposals”"))
            messages.success(request, format_html("{} {}.", said, link))


def _changed(form: ModelForm, related: Related, before: Snapshot) -> Snapshot:
    """The fields of the form and the rows, as plain values, that are not what the version says."""
    mine = versions.snapshot(form.instance, related)
    names = [name for name in mine if name in form.cleaned_data or name in related]
    return {name: mine[name] for name in names if mine[name] != before.get(name)}
