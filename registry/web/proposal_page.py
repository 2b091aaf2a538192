"""The private page of a proposal: how it stands, what was decided and why, and a way to answer or to take it back."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from registry import ledger, public, review

from . import spam
from .facts import Link
from .nouns import NOUNS
from .proposal_forms import is_readable
from .proposal_values import in_words

LONGEST = 4000
_SALT = "registry.web.proposal_page"
VERDICTS = {
    "accept": gettext_lazy("Accepted"),
    "edit": gettext_lazy("Accepted in other words"),
    "decline": gettext_lazy("Declined"),
    "leave": gettext_lazy("Left as it is"),
}


@dataclass(frozen=True)
class Point:
    """One field of the proposal in words."""

    label: str
    before: list[str | Link]
    proposed: list[str | Link]
    verdict: str
    decided: list[str | Link]
    reason: str


@method_decorator(never_cache, name="dispatch")
@method_decorator(csrf_exempt, name="dispatch")
class ProposalPage(View):
    """Whoever holds the reference reads it; no cookie and no account says who they are, so none can be misused.

    The address is the secret: it is sent on to nobody, and a browser without a Referer sends no Origin that Django's
    check of forms could use. What is sent must carry a mark that only this very page gives out.
    """

    def dispatch(self, request: HttpRequest, reference: str) -> HttpResponse:
        """A reference that there is not is a plain 404."""
        self.followed = review.state_of(reference)
        if self.followed is None:
            raise Http404
        response = super().dispatch(request, reference)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    dispatch.says_what_is_broken = True

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """How it stands."""
        return self._page()

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        """An answer, or the wish to take it back."""
        text = request.POST.get("text", "")
        if not self._was_given_out(request.POST.get("mark", "")):
            return self._page([_("This page had been open for too long. Send it once more.")], text, 400)
        if not is_readable(request.POST):
            return self._page([_("A character of this could not be read. Type it again.")], text, 400)
        if wait := spam.seconds_to_wait(request):
            slow = self._page([spam.told_to_wait(wait)], text, 429)
            slow["Retry-After"] = str(wait)
            return slow
        try:
            if request.POST.get("do") == "take_back":
                review.take_back(reference)
            elif len(text.replace("\r\n", "\n")) > LONGEST:
                return self._page([_("At most %(most)d characters, please.") % {"most": LONGEST}], text, 400)
            else:
                review.answer(reference, text)
        except ValidationError as problem:
            return self._page(problem.messages, text, 400)
        except ledger.Refused as refusal:
            self.followed = review.state_of(reference)
            return self._page([str(refusal)], text, 409)
        return HttpResponseRedirect(request.path)

    def _was_given_out(self, mark: str) -> bool:
        try:
            return signing.loads(mark, salt=_SALT, max_age=spam.TOO_OLD) == self.followed.reference
        except signing.BadSignature:
            return False

    def _here(self) -> str:
        """Without an address of its own the register serves this machine alone, on whatever port."""
        return self.request.build_absolute_uri(self.request.path)

    def _page(self, problems: list[str] | None = None, typed: str = "", status: int = 200) -> HttpResponse:
        followed = self.followed
        model = followed.model
        context: dict[str, Any] = {
            "followed": followed,
            "noun": NOUNS[model],
            "points": [
                Point(
                    public.label(model, each.name),
                    in_words(model, each.name, each.before),
                    in_words(model, each.name, each.proposed),
                    str(VERDICTS.get(each.verdict, "")),
                    in_words(model, each.name, each.decided),
                    each.reason,
                )
                for each in followed.fields
            ],
            "entry": model.objects.public().filter(pk=followed.code).first() if followed.code else None,
            "problems": problems or [],
            "typed": typed.replace("\x00", ""),
            "mark": signing.dumps(followed.reference, salt=_SALT),
            "link": review.address_of(followed.reference) if settings.PUBLIC_URL else self._here(),
        }
        return render(self.request, "registry/proposal.html", context, status=status)
