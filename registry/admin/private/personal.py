"""What is about people in the admin: each look is kept, the ledger saves, erasing is for good, nothing is deleted."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry import ledger, versions
from registry.admin.forms import VersionedForm
from registry.admin.inputs import Inputs
from registry.admin.lookups import StrictLookups
from registry.models import Contact
from registry.scope import looked_after, regions_of

from .personal_history import PersonalHistory


class PersonalForm(VersionedForm):
    """With the reason, which only those read who may see the person."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Kept in the private history, and erased with it."),
    )


class PersonalAdmin(PersonalHistory, StrictLookups, Inputs, admin.ModelAdmin):
    """A form and a list of what is about people."""

    form = PersonalForm
    change_form_template = "admin/personal_form.html"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    view_on_site = False
    actions = None

    code_path: ClassVar[str]  # where the codes of the records stand that a row is about

    def codes_of(self, row: Contact) -> set[str]:
        """The records that the row is about."""
        return set(self.model.objects.filter(pk=row.pk).values_list(self.code_path, flat=True)) - {None}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """What is about a record that the editor looks after, or about none."""
        rows = super().get_queryset(request)
        if not regions_of(request.user):
            return rows
        codes = set(self.model.objects.order_by().values_list(self.code_path, flat=True)) - {None}
        mine = looked_after(request.user, codes)
        about = {
            name: self.model.objects.filter(**{f"{self.code_path}__in": found}).order_by().values("pk")
            for name, found in (("mine", mine), ("others", codes - mine))
        }
        return rows.exclude(Q(pk__in=about["others"]) & ~Q(pk__in=about["mine"]))

    def looks_after_all(self, request: HttpRequest, codes: set[str]) -> bool:
        """Whether the editor looks after every one of the records."""
        return codes <= looked_after(request.user, codes)

    def has_change_permission(self, request: HttpRequest, obj: Contact | None = None) -> bool:
        """In the editor's regions alone; a stub of what was erased stays as it is."""
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or (not obj.erased_at and self.looks_after_all(request, self.codes_of(obj)))

    def has_delete_permission(self, request: HttpRequest, obj: Contact | None = None) -> bool:
        """Nobody: what is about a person is erased, and the stub says so."""
        return False

    def has_erase_permission(self, request: HttpRequest, obj: Contact | None = None) -> bool:
        """Who would delete, erases."""
        may = request.user.has_perm(f"registry.delete_{self.opts.model_name}")
        return may and (obj is None or (not obj.erased_at and self.looks_after_all(request, self.codes_of(obj))))

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        if row:
            ledger.note_look(request.user, self.opts.model_name, str(row.pk))
            context |= {"may_erase": self.has_erase_permission(request, row), "show_save_and_add_another": False}
        return super().render_change_form(request, context, **kwargs)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """What the ledger refuses comes back with everything that was typed, and with what is stored now."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ledger.ChangedMeanwhile as conflict:
            request.refusal = getattr(request, "conflict", conflict)
            request.POST = request.POST.copy()
            request.POST["version"] = str(conflict.current)
        except (ledger.Refused, ValidationError) as refusal:
            request.refusal = refusal
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Contact | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", None)
        form.refusals = {obj.pk if obj else "": refusal} if refusal else {}
        return form

    def save_model(self, request: HttpRequest, obj: Contact, form: forms.ModelForm, change: bool) -> None:
        """Nothing yet: the row and what belongs to it are written together."""

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: list, change: bool) -> None:
        row, related = form.instance, {formset.accessor: formset.rows() for formset in formsets}
        if not self.looks_after_all(request, {duty.code for rows in related.values() for duty in rows}):
            raise ledger.Refused(_("One of these records lies outside the regions that you look after."))
        reason = form.cleaned_data.get("reason", "").strip() or _("No reason given")
        expected = form.cleaned_data.get("version") if change else None
        mine = self._values(row) | {name: [_duty(duty) for duty in rows] for name, rows in related.items()}
        try:
            with ledger.batch(by=request.user, reason=reason) as batch:
                batch.keep(row, expected=expected, related=related)
        except ledger.ChangedMeanwhile as conflict:
            request.conflict = ledger.Refused(self._explained(mine, conflict.theirs))
            raise

    def _explained(self, mine: dict, theirs: dict) -> str:
        """What is stored now where it is not what was typed."""
        lines = [
            f"{self._label(name)}: {', '.join(self._lines(name, value)) or _('not stated')}"
            for name, value in theirs.items()
            if name in mine and self._lines(name, mine[name]) != self._lines(name, value)
        ]
        return _(
            "Somebody else changed this meanwhile. What you typed is still here. Stored now: %(lines)s. "
            "Save again to keep yours."
        ) % {"lines": "; ".join(lines) or _("the same as yours")}

    def _values(self, row: Contact) -> dict[str, Any]:
        return {field.name: versions.plain(field, row) for field in row._meta.concrete_fields if field.editable}

    def _label(self, name: str) -> str:
        field = self.model._meta.get_field(name)
        return str(capfirst(getattr(field, "verbose_name", "") or field.related_model._meta.verbose_name_plural))

    def _lines(self, name: str, value: Any) -> list[str]:
        if isinstance(value, list):
            return [" · ".join(str(part) for part in _duty(row).values() if part) for row in value]
        labels = dict(getattr(self.model._meta.get_field(name), "flatchoices", None) or ())
        return [str(labels.get(value, value))] if value not in (None, "") else []

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def message_user(self, request: HttpRequest, message: Any, level: int = messages.INFO, **kw: Any) -> None:
        """Without a name: messages travel in a cookie."""
        super().message_user(request, _("Saved.") if level == messages.SUCCESS else message, level, **kw)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> str:
        """None: the private history says what changed."""
        return ""

    def log_addition(self, request: HttpRequest, obj: Contact, message: Any) -> None:
        """Not kept: it would outlive the erasing."""

    def log_change(self, request: HttpRequest, obj: Contact, message: Any) -> None:
        """Not kept: it would outlive the erasing."""


def _duty(row: Any) -> dict[str, Any]:
    """A duty in the form, or one of the history."""
    return row if isinstance(row, dict) else {"code": row.code, "duty": row.duty, "position": row.position}
