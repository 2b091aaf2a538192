"""Making one record of two: find the other one, choose field by field, see what will point to it, and merge."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry import duplicates, ledger, scope, versions
from registry.admin.forms import version_from
from registry.admin.naming import Wording, fields_in_order, label
from registry.ledger import handing_over, merging
from registry.models import Entry

_FOUND = 20


@dataclass(frozen=True)
class Choice:
    """A field in which the two differ: what each says; of one that is not united, whose value is ticked."""

    name: str
    label: str
    kept: list[str]
    lost: list[str]
    united: bool
    takes_lost: bool


class Merging:
    """For the admin of a noun."""

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Whether this person may make one record of two."""
        return request.user.has_perm(f"{self.opts.app_label}.merge_{self.opts.model_name}")

    def get_urls(self) -> list:
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("merge/", self.admin_site.admin_view(self.merge_view), name=name), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, tuple]:
        actions = super().get_actions(request)
        if self.has_merge_permission(request):
            actions["merge"] = (_merge_two, "merge", _merge_two.short_description)
        return actions

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        """A record that became part of another one changes by an undo alone."""
        return not (obj and obj.merged_into) and super().has_change_permission(request, obj)

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Without a record to keep, the records to choose it from; with one, the two side by side."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        lost, kept = (self._asked(request, asked.get(name, "")) for name in ("lost", "kept"))
        if lost is None:
            return HttpResponseRedirect(self._url("changelist"))
        if kept is None:
            return self._choosing(request, lost)
        try:
            merging.refuse_unfit(lost, kept)
            if request.method == "POST":
                return self._merge(request, lost, kept)
        except ledger.Refused as refusal:
            return self._side_by_side(request, lost, kept, str(refusal))
        return self._side_by_side(request, lost, kept)

    def _asked(self, request: HttpRequest, code: str) -> Entry | None:
        """The record with the code, if this person looks after it."""
        entry = self.get_object(request, code) if code.isascii() and code.isprintable() else None
        if entry and not scope.looks_after(request.user, entry):
            raise PermissionDenied
        return entry

    def _choosing(self, request: HttpRequest, lost: Entry) -> HttpResponse:
        term = request.GET.get("q", "")
        seen = self.get_queryset(request)
        found, _twice = self.get_search_results(request, seen, term) if term.strip() else (seen.none(), False)
        alike = duplicates.likely(
            self.model, lost.title, regions=getattr(lost, "places", ()), besides=lost.pk, within=seen, most=10
        )
        context = {
            **self._frame(request, _("Merge %(title)s into another record") % {"title": lost.title}),
            "lost": lost,
            "term": term,
            "alike": [likely.entry for likely in alike],
            "found": list(found.exclude(pk=lost.pk).order_by("title_folded", "pk")[:_FOUND]),
        }
        return TemplateResponse(request, "admin/publishing/merge_choose.html", context)

    def _side_by_side(self, request: HttpRequest, lost: Entry, kept: Entry, problem: str = "") -> HttpResponse:
        fit = lost.pk != kept.pk
        groups = ledger.pointing(lost) if fit else ()
        named = [(capfirst(group.model._meta.verbose_name_plural), group.number) for group in groups]
        context = {
            **self._frame(request, _("Make one record of two")),
            "lost": lost,
            "kept": kept,
            "choices": _choices(lost, kept) if fit else [],
            "pointing": named,
            "beside": list(handing_over.counted(lost).items()),
            "led": sum(number for _name, number in named),
            "problem": problem,
            "reason": request.POST.get("reason", ""),
        }
        return TemplateResponse(request, "admin/publishing/merge.html", context, status=409 if problem else 200)

    def _merge(self, request: HttpRequest, lost: Entry, kept: Entry) -> HttpResponse:
        taken = [name for name in merging.choosable(self.model) if request.POST.get(f"take-{name}") == "lost"]
        seen = (version_from(request.POST.get("lost_version")), version_from(request.POST.get("kept_version")))
        reason = request.POST.get("reason", "").strip() or _("Two records were the same")
        done = ledger.merge(lost, into=kept, by=request.user, reason=reason, expected=seen, taken=taken)
        count = ngettext("%(n)d record points to it now.", "%(n)d records point to it now.", len(done.led))
        words = _("%(lost)s is now part of %(kept)s.") % {"lost": lost.pk, "kept": kept.pk}
        undo = format_html('<a href="{}">{}</a>', reverse("admin:batch-undo", args=[done.batch]), _("Undo the merge…"))
        messages.success(request, format_html("{} {} {}", words, count % {"n": len(done.led)}, undo))
        return HttpResponseRedirect(self._url("change", kept.pk))

    def _frame(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}


@admin.action(description=gettext_lazy("Merge two records"))
def _merge_two(model_admin: Merging, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    """The older code is kept at first; the page can turn that round."""
    codes = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
    if len(codes) != 2:
        messages.error(request, _("Choose the two records that are the same."))
        return None
    return HttpResponseRedirect(f"{model_admin._url('merge')}?kept={codes[0]}&lost={codes[1]}")


def _choices(lost: Entry, kept: Entry) -> list[Choice]:
    """The fields in which the two differ, in the order of the form; empty ones of the kept record are filled."""
    model = type(kept)
    mine, theirs = versions.snapshot(kept), versions.snapshot(lost)
    wording = Wording(model, mine, theirs)
    of_one, filled = set(merging.choosable(model)), merging.fillable(lost, kept)
    united = {"other_names", "translations", *model.children, *(field.name for field in model._meta.many_to_many)}
    found = []
    for name in fields_in_order(model):
        sides = [wording.lines(name, side.get(name)) for side in (mine, theirs)]
        if name in of_one | united and sides[0] != sides[1]:
            found.append(Choice(name, str(label(model, name)), *sides, name in united, name in filled))
    return found
