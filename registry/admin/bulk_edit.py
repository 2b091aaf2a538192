"""One field of many records at once: what would change is shown record by record, then it is one batch."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import flatten_fieldsets
from django.core import signing
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.db.models import Model, QuerySet
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry import ledger, scope, versions
from registry.ledger import Item, Saved
from registry.models import Change, Entry

from .naming import Wording, label

_SALT = "registry.admin.bulk_edit"
_MAX_AGE = 24 * 60 * 60
_MOST = 1000
# Of each record alone, or of several fields that only fit together.
_NOT_TOGETHER = {"title", "other_names", "translations", "file"}

SET, WHERE_EMPTY, ADD, REMOVE = "set", "where_empty", "add", "remove"
OPERATIONS = {
    SET: gettext_lazy("Put this in place of what is there"),
    WHERE_EMPTY: gettext_lazy("Put this only where nothing is stated"),
    ADD: gettext_lazy("Add this to what is there"),
    REMOVE: gettext_lazy("Take this away from what is there"),
}


@dataclass(frozen=True)
class Prospect:
    """What a bulk edit would do to one record: the field before and after in words, or why it will not."""

    entry: Entry
    before: list[str]
    after: list[str]
    problem: str = ""

    @property
    def changes(self) -> bool:
        """Whether anything would be another than it is."""
        return not self.problem and self.before != self.after


class _OnlyLooking(Exception):
    """Ends a batch that was made to see what it would do."""


class BulkEdit:
    """For a list of entries: the action “Change a field”."""

    def get_actions(self, request: HttpRequest) -> dict[str, tuple]:
        more = {"set_field": (_set_field, "set_field", _set_field.short_description)}
        return super().get_actions(request) | (more if self.has_change_permission(request) else {})

    def fields_for_many(self, request: HttpRequest) -> dict[str, BoundField]:
        """By name, the inputs of the form that mean the same for many records."""
        form = self.get_form(request)(request.POST if "operation" in request.POST else None)
        stored = {f.name for f in (*versions.recorded_fields(self.model), *self.model._meta.many_to_many)}
        names = [n for n in flatten_fieldsets(self.get_fieldsets(request)) if n in stored - _NOT_TOGETHER]
        bound = {name: group for group in self.model.inseparable for name in group}
        return {name: form[name] for name in names if name in form.fields and name not in bound}

    def set_field(self, request: HttpRequest, entries: list[Entry]) -> HttpResponse | None:
        """Ask which field, then what to put there, then show what would change; None once it is done."""
        offered = self.fields_for_many(request)
        if "carried" in request.POST:
            return self._carry_out(request, entries)
        name = request.POST.get("field", "")
        if name not in offered:
            return self._page(request, entries, offered)
        if "_preview" not in request.POST:
            return self._page(request, entries, offered, name)
        try:
            value = self._given(offered[name])
        except ValidationError as error:
            return self._page(request, entries, offered, name, " ".join(error.messages))
        operation = request.POST.get("operation", "")
        if operation not in self._operations(name):
            raise SuspiciousOperation("There is no such way of changing the field.")
        asked = {"user": request.user.pk, "noun": self.opts.model_name, "field": name, "value": value}
        asked |= {"operation": operation, "versions": {entry.pk: entry.version for entry in entries}}
        try:
            prospects, _changes = self._run(request, entries, asked, _("Preview"), only_looking=True)
        except ledger.Refused as refusal:
            return self._page(request, entries, offered, name, str(refusal))
        return self._preview(request, entries, asked, prospects)

    def _operations(self, name: str) -> dict[str, Any]:
        many = isinstance(versions.snapshot(self.model())[name], list)
        return {key: OPERATIONS[key] for key in ((ADD, REMOVE, SET, WHERE_EMPTY) if many else (SET, WHERE_EMPTY))}

    def _given(self, field: BoundField) -> Any:
        """What was typed, as versions hold it."""
        cleaned = field.field.clean(field.data)
        column = self.model._meta.get_field(field.name)
        if column.many_to_many:
            return sorted(other.pk for other in cleaned)
        if isinstance(cleaned, Model):
            return cleaned.pk
        blank = self.model()
        setattr(blank, column.attname, cleaned)
        return versions.plain(column, blank)

    def _run(
        self, request: HttpRequest, entries: list[Entry], asked: dict, reason: str, *, only_looking: bool
    ) -> tuple[list[Prospect], list[Change]]:
        """Really save the records, as one batch; when only looking, none of it stays."""
        made = None
        try:
            with ledger.batch(by=request.user, reason=reason) as made:
                prospects = self._save(request, made, entries, asked)
                if only_looking:
                    raise _OnlyLooking
        except _OnlyLooking:
            pass
        return prospects, made.changes

    def _save(self, request: HttpRequest, batch: ledger.Batch, entries: list[Entry], asked: dict) -> list[Prospect]:
        name, sides, items, problems = asked["field"], {}, [], {}
        for entry in entries:
            before = versions.snapshot(entry)[name]
            after = changed(before, asked["operation"], asked["value"])
            sides[entry.pk] = (before, after)
            if not self.may_change_now(request, entry):
                problems[entry.pk] = _("You may not change this record.")
            elif why_not := before != after and self.against_putting(request, entry, name, after):
                problems[entry.pk] = why_not
            elif before != after:
                related = versions.apply(entry, {name: after})
                items.append(Item(entry, expected=asked["versions"].get(entry.pk), related=related))
        for item, answer in zip(items, batch.save_many(items), strict=True):
            if not isinstance(answer, Saved):
                problems[item.entry.pk] = ledger.words_of(answer)
            elif not scope.looks_after(request.user, self.model.objects.get(pk=item.entry.pk)):
                raise ledger.Refused(_("%(code)s would leave the regions you look after.") % {"code": item.entry.pk})
        wording = Wording(self.model, *({name: side} for pair in sides.values() for side in pair))
        lines = {code: [wording.lines(name, side) for side in pair] for code, pair in sides.items()}
        return [Prospect(entry, *lines[entry.pk], problems.get(entry.pk, "")) for entry in entries]

    def may_change_now(self, request: HttpRequest, entry: Entry) -> bool:
        """Whether this person's change of the record needs nobody else."""
        return self.has_change_permission(request, entry) and (
            not entry.is_public or self.has_publish_permission(request)
        )

    def against_putting(self, request: HttpRequest, entry: Entry, name: str, value: Any) -> str:
        """Why this person may not put the value there, in words; "" when they may."""
        return ""

    def _carry_out(self, request: HttpRequest, entries: list[Entry]) -> HttpResponse | None:
        try:
            asked = signing.loads(request.POST["carried"], salt=_SALT, max_age=_MAX_AGE)
        except signing.BadSignature as error:
            raise SuspiciousOperation("The page does not carry what this register signed.") from error
        if (asked["user"], asked["noun"]) != (request.user.pk, self.opts.model_name):
            raise SuspiciousOperation("The page belongs to another editor or another noun.")
        entries = [entry for entry in entries if entry.pk in asked["versions"]]
        reason = request.POST.get("reason", "").strip() or _("Changed together")
        try:
            prospects, changes = self._run(request, entries, asked, reason, only_looking=False)
        except ledger.Refused as refusal:
            messages.error(request, str(refusal))
            return None
        for prospect in prospects:
            if prospect.problem:
                messages.error(request, f"{prospect.entry.title}: {prospect.problem}")
        count = ngettext("%(n)d record was changed.", "%(n)d records were changed.", len(changes))
        messages.success(request, count % {"n": len(changes)})
        return None

    def _preview(
        self, request: HttpRequest, entries: list[Entry], asked: dict, prospects: list[Prospect]
    ) -> HttpResponse:
        more = {
            "prospects": prospects,
            "counts": {
                "changed": sum(prospect.changes for prospect in prospects),
                "refused": sum(bool(prospect.problem) for prospect in prospects),
                "of": len(prospects),
            },
            "carried": signing.dumps(asked, salt=_SALT, compress=True),
            "reason": request.POST.get("reason", ""),
        }
        return self._answer(request, entries, label(self.model, asked["field"]), more)

    def _page(
        self,
        request: HttpRequest,
        entries: list[Entry],
        offered: dict[str, BoundField],
        name: str = "",
        problem: str = "",
    ) -> HttpResponse:
        more = {
            "offered": [(key, field.label) for key, field in offered.items()],
            "chosen": name,
            "field": offered.get(name),
            "operations": self._operations(name) if name else {},
            "operation": request.POST.get("operation", ""),
            "problem": problem,
            "media": self.media + (offered[name].form.media if name else self.media),
        }
        return self._answer(request, entries, label(self.model, name) if name else "", more)

    def _answer(self, request: HttpRequest, entries: list[Entry], field_label: str, more: dict) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change “%(field)s”") % {"field": field_label} if field_label else _("Change a field"),
            "opts": self.opts,
            "entries": entries,
            "field_label": field_label,
            "selected": ACTION_CHECKBOX_NAME,
            **more,
        }
        return TemplateResponse(request, "admin/bulk_edit.html", context)


def changed(before: Any, operation: str, value: Any) -> Any:
    """A plain value after an operation; lists are sets, and a value that says nothing counts as none."""
    if operation == WHERE_EMPTY:
        return before if before not in (None, "", [], "unknown") else value
    if operation == ADD:
        return [*before, *(member for member in value if member not in before)]
    if operation == REMOVE:
        return [member for member in before if member not in value]
    return value


@admin.action(description=gettext_lazy("Change a field"))
def _set_field(model_admin: BulkEdit, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    codes: Iterable[str] = list(queryset.order_by().values_list("pk", flat=True)[: _MOST + 1])
    if len(codes) > _MOST:
        many = _("Choose at most %(n)d records at once; for more, export the list and bring it in again as a sheet.")
        messages.error(request, many % {"n": _MOST})
        return None
    entries = list(model_admin.get_queryset(request).filter(pk__in=codes).order_by("title_folded", "pk"))
    return model_admin.set_field(request, entries)
