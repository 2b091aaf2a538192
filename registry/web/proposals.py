"""Proposing a record or a correction: forms that need no account and no script."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from registry import ledger, public, review
from registry.models import Entry, ProposalKind

from . import errors, spam
from .nouns import NOUNS
from .proposal_forms import NewForm, ProposerForm, is_readable
from .proposal_inputs import Input, asked_with, current, input_of, read_input
from .proposal_values import in_words
from .records import Crumb, crumbs

# What a new record asks first, where the noun has it; the rest waits behind “More”.
ASKED_FIRST = (
    *("title", "kind", "organisation_type", "flow", "speaker", "summary", "region_as_reported", "place_as_reported"),
    *("country", "status", "dates_as_reported", "owhc_type", "links", "url", "website", "hashtags"),
)
# For the editors to judge, from what is said.
NOT_ASKED = {"verification", "verified_by", "reliability_note", "longitude", "latitude", "precision", "scope"}
NOT_ASKED |= {"translations"}  # of what stands in the register already
_ADDRESSES = {"url", "website", "links"}
# As a proposal keeps it, and as the form calls it: some nouns have evidence of their own.
_KEPT_AS = {"evidence": "where", "evidence_url": "where_url", "name": "name", "email": "email", "credit": "credit"}
_SALT = "registry.web.proposals"


class Choose(TemplateView):
    """What may be proposed."""

    template_name = "registry/proposal_choose.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every noun, in words."""
        return super().get_context_data(**kwargs) | {"nouns": list(NOUNS.values())}


class ProposalView(View):
    """A form with inputs of a record, and what becomes of it; every answer to what is sent looks the same."""

    template_name: ClassVar[str]
    form_class: ClassVar[type[ProposerForm]] = ProposerForm
    kind: ClassVar[ProposalKind]
    model: type[Entry] = Entry

    def names(self) -> list[str]:
        """The fields that are asked."""
        return []

    def inputs(self, typed: QueryDict | None = None) -> list[Input]:
        """Their inputs."""
        return [input_of(self.model, name, typed=typed) for name in self.names()]

    def context(self, inputs: list[Input]) -> dict[str, Any]:
        """What the page shows besides the common parts."""
        return {}

    def given(self, form: ProposerForm) -> dict[str, Any]:
        """What is received besides the values; raises ValidationError."""
        return {"text": form.cleaned_data["text"]}

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form."""
        return self.page(self.form_class(), self.inputs())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what was sent and lead to its private page, or say what is wrong, with all that was typed kept."""
        form, inputs = self.form_class(request.POST), self.inputs(request.POST)
        values, problems = self._read(inputs)
        if not is_readable(request.POST):
            problems.append(_("Something in the form could not be read. Look at every field, and send it again."))
        if not form.is_valid() or problems or any(asked.errors for asked in inputs):
            return self.page(form, inputs, problems, 400)
        if wait := spam.seconds_to_wait(request):
            slow = self.page(form, inputs, [spam.told_to_wait(wait)], 429)
            slow["Retry-After"] = str(wait)
            return slow
        person = {kept: form.cleaned_data[name] for kept, name in _KEPT_AS.items()}
        told = " ".join(str(value) for name, value in values.items() if name not in _ADDRESSES)
        try:
            received = review.receive(
                self.kind,
                self.model,
                proposed=values,
                held=form.looks_like_spam(told, *(form.cleaned_data[name] for name in ("text", "where", "name"))),
                **person,
                **self.given(form),
            )
        except ValidationError as problem:
            return self.page(form, inputs, _placed(problem, inputs, form), 400)
        return HttpResponseRedirect(reverse("registry:proposal", args=[received.reference]))

    def _read(self, inputs: list[Input]) -> tuple[dict[str, Any], list[str]]:
        """The values that were typed, and what is wrong that belongs to no input."""
        typed: dict[str, Any] = {}
        for asked in inputs:
            try:
                value = read_input(self.model, asked.name, self.request.POST)
            except ValidationError as problem:
                asked.errors += problem.messages
            else:
                if not self.leaves_out(value):
                    typed[asked.name] = value
        try:
            return review.read_values(self.model, typed), []
        except ValidationError as problem:
            return {}, _placed(problem, inputs)

    def leaves_out(self, value: Any) -> bool:
        """Whether it proposes nothing."""
        return False

    def page(
        self, form: ProposerForm, inputs: list[Input], problems: list[str] | None = None, status: int = 200
    ) -> HttpResponse:
        """The form, as it stands."""
        context = {
            "noun": NOUNS[self.model],
            "inputs": inputs,
            "form": form,
            "problems": [*(problems or []), *_of_the_form(form)],
            "refused": status != 200,
            "started": spam.started(),
            "months": ledger.MONTHS_AFTER_CLOSING,
            "unanswered": ledger.MONTHS_WITHOUT_ANSWER,
            **self.context(inputs),
        }
        response = render(self.request, self.template_name, context, status=status)
        add_never_cache_headers(response)
        return response


def _of_the_form(form: ProposerForm) -> Iterator[str]:
    if form.is_bound:
        yield from form.non_field_errors()
        yield from form.errors.get("started", [])


def _placed(problem: ValidationError, inputs: list[Input], form: ProposerForm | None = None) -> list[str]:
    """Put each message to its input; what belongs to none is told above the form."""
    if not hasattr(problem, "error_dict"):
        return problem.messages
    by_name, left = {asked.name: asked for asked in inputs}, []
    for name, messages in problem.message_dict.items():
        if form is not None and name in _KEPT_AS:
            form.add_error(_KEPT_AS[name], messages)
        elif name in by_name:
            by_name[name].errors += messages
        else:
            left += messages
    return left


class ProposeNew(ProposalView):
    """A new record."""

    template_name = "registry/proposal_new.html"
    form_class = NewForm
    kind = ProposalKind.NEW

    def dispatch(self, request: HttpRequest, noun: str) -> HttpResponse:
        """Of a noun that there is."""
        self.model = next((model for model in NOUNS if model.noun == noun), None)
        if self.model is None:
            raise Http404
        return super().dispatch(request)

    dispatch.says_what_is_broken = True

    def names(self) -> list[str]:
        """The first of them are asked at once; the rest when somebody wants to say more."""
        offered = [name for name in review.proposable(self.model) if name not in NOT_ASKED]
        return [name for name in ASKED_FIRST if name in offered] + [n for n in offered if n not in ASKED_FIRST]

    def leaves_out(self, value: Any) -> bool:
        """An empty field of a new record says nothing."""
        return not value or (isinstance(value, str) and value in public.NOT_STATED)

    def given(self, form: NewForm) -> dict[str, Any]:
        """What no field of the record holds is told to the editors."""
        return {"text": form.whole_text()}

    def context(self, inputs: list[Input]) -> dict[str, Any]:
        """What is asked first and what later; later stands open where something in it is wrong."""
        later = [asked for asked in inputs if asked.name not in ASKED_FIRST]
        inputs[0].required = True
        return {
            "first": [asked for asked in inputs if asked.name in ASKED_FIRST],
            "later": later,
            "later_open": any(asked.errors for asked in later),
            "crumbs": [*crumbs(self.model), Crumb(_("Propose a record"), reverse("registry:propose"))],
        }


class Correct(ProposalView):
    """A correction of one field of a record, or the fields to choose from."""

    template_name = "registry/proposal_correct.html"
    kind = ProposalKind.CHANGE

    def dispatch(self, request: HttpRequest, code: str) -> HttpResponse:
        """Only for a published record; 410 with the reason once it is withdrawn."""
        self.entry = public.records(self.model).filter(pk=code).first()
        if self.entry is None:
            return errors.not_public(request, self.model, code)
        self.offered = review.proposable(self.model)
        self.asked = asked_with(self.offered, request.GET.get("field", ""))
        return super().dispatch(request) if self.asked else self._choose(request)

    dispatch.says_what_is_broken = True

    def names(self) -> tuple[str, ...]:
        """The field that the address names, and what belongs to it."""
        return self.asked

    def inputs(self, typed: QueryDict | None = None) -> list[Input]:
        """With what the record says now."""
        return [input_of(self.model, name, self.entry, typed) for name in self.asked]

    def given(self, form: ProposerForm) -> dict[str, Any]:
        """The record, and the version of it that was read."""
        try:
            code, version = signing.loads(self.request.POST.get("read", ""), salt=_SALT)
        except (signing.BadSignature, ValueError):
            code, version = "", 0
        if code != self.entry.pk:
            raise ValidationError(_("Look once more at what the record says, and send it again."))
        return {"code": code, "base_version": version, "text": form.cleaned_data["text"]}

    def context(self, inputs: list[Input]) -> dict[str, Any]:
        """What stands now, and the version of it."""
        now = [
            (public.label(self.model, name), in_words(self.model, name, current(self.entry, name)))
            for name in self.asked
        ]
        return {
            "entry": self.entry,
            "now": now,
            "read": signing.dumps([self.entry.pk, self.entry.version], salt=_SALT),
            "crumbs": _crumbs(self.entry),
        }

    def _choose(self, request: HttpRequest) -> HttpResponse:
        seen = set()
        fields = []
        for name in self.offered:
            group = asked_with(self.offered, name)
            if not seen & {*group}:
                label = ", ".join(public.label(self.model, other) for other in group)
                fields.append(
                    (label, f"?field={group[0]}", in_words(self.model, group[0], current(self.entry, group[0])))
                )
            seen |= {*group}
        context = {"noun": NOUNS[self.model], "entry": self.entry, "crumbs": _crumbs(self.entry), "fields": fields}
        context["write_url"] = reverse(f"registry:{self.model.noun}-write", args=[self.entry.pk])
        return render(request, "registry/proposal_fields.html", context)


def _crumbs(entry: Entry) -> list[Crumb]:
    return [*crumbs(type(entry)), Crumb(entry.shown_title, entry.get_absolute_url())]
