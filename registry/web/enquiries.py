"""Writing to the people behind a record, and asking to join a programme: forms that need no account and no script.

What is written reaches the editors alone, and whoever wrote it follows it by a private link. The pages are the same
whether or not anybody stands behind the record.
"""

from typing import ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

from registry import ledger, review
from registry.models import Entry, Programme, ProposalKind
from registry.models.wording import validate_plain

from . import errors, spam
from .nouns import NOUNS
from .records import Crumb, crumbs

LONGEST = 4000


class EnquiryForm(spam.FormForAll):
    """Who writes, what, and that they know what happens to it."""

    error_css_class = "field-error"

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=200, validators=[validate_plain])
    email = forms.EmailField(label=gettext_lazy("Your e-mail address"), max_length=254)
    text = forms.CharField(
        label=gettext_lazy("What you want to say"),
        max_length=LONGEST,
        widget=forms.Textarea,
        validators=[validate_plain],
    )
    consent = forms.BooleanField(
        label=gettext_lazy("I agree that the editors keep this and pass it on to the people behind the record."),
        error_messages={"required": gettext_lazy("Without your consent nothing can be kept or passed on.")},
    )


@method_decorator(never_cache, name="dispatch")
class Write(View):
    """The form, and what becomes of it."""

    model: type[Entry] = Entry
    kind: ClassVar[ProposalKind] = ProposalKind.MESSAGE

    def dispatch(self, request: HttpRequest, code: str) -> HttpResponse:
        """Only for a published record; 410 with the reason once it is withdrawn."""
        self.entry = self.model.objects.public().filter(pk=code).first()
        if self.entry is None:
            return errors.not_public(request, self.model, code)
        return super().dispatch(request, code)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """An empty form."""
        return self._page(EnquiryForm())

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Keep what was written, or say what is wrong with everything that was typed still there."""
        form = EnquiryForm(request.POST)
        if self.closed:
            return self._page(form, status=409)
        if not form.is_valid():
            return self._page(form, status=400)
        if wait := spam.seconds_to_wait(request):
            form.add_error(None, spam.told_to_wait(wait))
            slow = self._page(form, status=429)
            slow["Retry-After"] = str(wait)
            return slow
        given = {name: form.cleaned_data[name] for name in ("name", "email", "text")}
        received = review.receive(
            self.kind, self.model, code=self.entry.pk, **given, held=form.looks_like_spam(given["name"], given["text"])
        )
        return HttpResponseRedirect(reverse("registry:proposal", args=[received.reference]))

    @property
    def closed(self) -> bool:
        """Whether nobody is to write any more."""
        return False

    def _page(self, form: EnquiryForm, status: int = 200) -> HttpResponse:
        context = {
            "noun": NOUNS[self.model],
            "entry": self.entry,
            "crumbs": _crumbs(self.entry),
            "form": form,
            "started": spam.started(),
            "joins": self.kind == ProposalKind.JOIN,
            "closed": self.closed,
            "months": ledger.MONTHS_AFTER_CLOSING,
            "unanswered": ledger.MONTHS_WITHOUT_ANSWER,
            "write_url": reverse(f"registry:{self.model.noun}-write", args=[self.entry.pk]),
        }
        return render(self.request, "registry/enquiry_form.html", context, status=status)


class Join(Write):
    """Asking to join a programme, while it takes requests."""

    model = Programme
    kind = ProposalKind.JOIN

    @property
    def closed(self) -> bool:
        """Once the programme is closed or cancelled."""
        return not self.entry.takes_requests


def _crumbs(entry: Entry) -> list[Crumb]:
    """The way to the record."""
    return [*crumbs(type(entry)), Crumb(entry.shown_title, entry.get_absolute_url())]
