"""The form of a review: a verdict for each field, with the input of the record's own form for an edit."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry import versions
from registry.admin.fields import EntryChoiceField
from registry.models import Citation, Entry, Proposal, ProposalKind, Source
from registry.review import Citing, Kind, Side, Verdict
from registry.review.subjects import model_of

from .words import VERDICTS

_NEWEST = 20


class SourceSelect(AutocompleteSelect):
    """Found while typing; without a script, the sources of the record and the newest ones."""

    def __init__(self, site: AdminSite, record: Entry | None) -> None:
        super().__init__(Citation._meta.get_field("source"), site)
        self.record = record

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().build_attrs(*args, **kwargs) | {"data-placeholder": _("Type a few letters of its title")}

    def optgroups(self, name: str, value: list[str], attrs: dict | None = None) -> list[tuple]:
        groups = super().optgroups(name, value, attrs)
        chosen = [str(code) for code in value]
        near = Source.objects.public().exclude(pk__in=[code for code in chosen if code]).order_by("-updated_at")
        if self.record is not None:
            mine = list(near.filter(cited_in__in=self.record.citations.all()).distinct()[:_NEWEST])
            near = [*mine, *(source for source in near[:_NEWEST] if source not in mine)]
        options = [
            self.create_option(name, source.pk, f"{source.title} · {source.pk}", False, number)
            for number, source in enumerate(near[:_NEWEST], start=1)
        ]
        return [*groups, (None, options, 0)]


class ReviewForm(forms.Form):
    """All that a reviewer may say at once; which of it counts depends on the button."""

    source = EntryChoiceField(label=_("Source"), queryset=Source.objects.none(), required=False)
    locator = forms.CharField(label=_("Where in the source"), required=False, max_length=200)
    cited_already = forms.BooleanField(
        label=_("The sources of the record say so already"), required=False, help_text=_("Then nothing is cited anew.")
    )
    publish = forms.BooleanField(label=_("Publish it at once"), required=False)
    message = forms.CharField(
        label=_("Message to whoever asked for it"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("With “Ask” it is the question, with “Decline all” the reason."),
    )
    note = forms.CharField(
        label=_("Note among editors"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        request: HttpRequest,
        site: AdminSite,
        proposal: Proposal,
        record: Entry | None,
        sides: list[Side],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposal, self.model = proposal, model_of(proposal)
        self.sides = [side for side in sides if side.decided is None]
        self.fields["source"].queryset = Source.objects.public()
        self.fields["source"].widget = SourceSelect(site, record)
        self.fields["source"].widget.choices = self.fields["source"].choices
        admin = site.get_model_admin(self.model)
        for side in self.sides:
            self._add(side, admin, request)

    def _add(self, side: Side, admin: Any, request: HttpRequest) -> None:
        field = None if side.is_row else self._input(side, admin, request)
        kinds = [Kind.EDIT, Kind.DECLINE] if side.needed else list(Kind)
        if self.proposal.kind == ProposalKind.NEW and not side.needed:
            kinds.remove(Kind.LEAVE)
        if field is None:
            kinds = [kind for kind in kinds if kind != Kind.EDIT]
        else:
            self.fields[f"value-{side.name}"] = field
        first = Kind.LEAVE if Kind.LEAVE in kinds else kinds[0]
        self.fields[f"verdict-{side.name}"] = forms.ChoiceField(
            choices=[(kind.value, VERDICTS[kind]) for kind in kinds],
            initial=first.value,
            required=False,
            label=_("Verdict"),
            widget=forms.RadioSelect,
        )
        self.fields[f"reason-{side.name}"] = forms.CharField(
            label=_("Reason, or what you ask"), required=False, max_length=1000
        )

    def _input(self, side: Side, admin: Any, request: HttpRequest) -> forms.Field | None:
        """The field of the record's own form, filled with what is proposed; None where it has none."""
        db_field = self.model._meta.get_field(side.name)
        if not getattr(db_field, "editable", False):
            return None
        field = admin.formfield_for_dbfield(db_field, request)
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        field.required, field.initial = False, side.proposed
        return field

    def rows(self) -> Iterator[tuple[Side, dict[str, forms.BoundField | None]]]:
        """Each open field with its verdict, its input and its reason."""
        for side in self.sides:
            names = {part: f"{part}-{side.name}" for part in ("verdict", "value", "reason")}
            yield side, {part: self[name] if name in self.fields else None for part, name in names.items()}

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        for side in self.sides:
            if found.get(f"verdict-{side.name}") != Kind.EDIT:
                self.errors.pop(f"value-{side.name}", None)
        source, locator = found.get("source"), found.get("locator", "").strip()
        if source and not locator:
            self.add_error("locator", _("Say where in the source, so that anybody finds it."))
        if locator and not source and "source" not in self.errors:
            self.add_error("source", _("Choose the source as well."))
        return found

    def check_cited(self, *, published: bool) -> bool:
        """Whether what is accepted says where it stands; what the public reads always does."""
        found = self.cleaned_data
        accepted = [name for name, verdict in self.verdicts().items() if verdict.kind in {Kind.ACCEPT, Kind.EDIT}]
        cites_itself = "citations" in accepted
        silent = not accepted or not published or not self.model.needs_citation
        if silent or cites_itself or found.get("source") or found.get("cited_already"):
            return True
        self.add_error("source", _("Cite where it stands, or say that the sources of the record say so already."))
        return False

    def verdicts(self) -> dict[str, Verdict]:
        """What was chosen for each field; a field of which nothing came in is left for now."""
        found = {}
        for side in self.sides:
            kind = self.cleaned_data.get(f"verdict-{side.name}") or Kind.LEAVE
            reason = self.cleaned_data.get(f"reason-{side.name}", "").strip()
            value = self._plain(side.name) if kind == Kind.EDIT else None
            found[side.name] = Verdict(Kind(kind), value, reason)
        return found

    def citing(self) -> Citing | None:
        """Where the accepted fields stand."""
        source = self.cleaned_data.get("source")
        return Citing(source.pk, self.cleaned_data["locator"].strip()) if source else None

    def _plain(self, name: str) -> Any:
        """The edited value as a version holds it."""
        value, db_field = self.cleaned_data.get(f"value-{name}"), self.model._meta.get_field(name)
        if db_field.many_to_many:
            return sorted(other.pk for other in value)
        if db_field.is_relation:
            return value.pk if value else None
        holder = self.model()
        setattr(holder, db_field.attname, value)
        return versions.plain(db_field, holder)
