"""Passing on what a visitor wrote to the people behind the record, who alone decide whether to answer."""

import logging
from smtplib import SMTPException
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from registry import ledger
from registry.models import Contact, Enquiry, EnquiryState

from .forms import version_from
from .naming import titles

logger = logging.getLogger(__name__)


class NotSent(Exception):
    """The mail server took none of the messages."""


class PassingOn:
    """The page that shows who may be written to, and sends."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(csrf_protect(self.pass_on_view))
        return [path("<path:object_id>/pass-on/", view, name="registry_enquiry_pass_on"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        enquiry = kwargs.get("obj")
        if self.may_pass_on(request, enquiry):
            context["pass_on_url"] = reverse("admin:registry_enquiry_pass_on", args=[enquiry.pk])
        return super().render_change_form(request, context, **kwargs)

    def may_pass_on(self, request: HttpRequest, enquiry: Enquiry | None) -> bool:
        """Whoever changes enquiries and sees contacts."""
        sees = request.user.has_perm("registry.view_contact")
        return sees and enquiry is not None and self.has_change_permission(request, enquiry)

    def pass_on_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask to whom; then mark it and send it, or neither."""
        enquiry = self.get_object(request, object_id)
        if enquiry is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.may_pass_on(request, enquiry):
            raise PermissionDenied
        ledger.note_look(request.user, self.opts.model_name, str(enquiry.pk))
        behind = _people(enquiry, request)
        willing = [contact for contact in behind if contact.may_be_written_to]
        chosen = [contact for contact in willing if str(contact.pk) in request.POST.getlist("to")]
        problem, status = "", 200
        if request.method == "POST" and not chosen:
            problem = _("Choose somebody to pass it on to.")
        elif request.method == "POST":
            problem, status = self._pass_on(request, enquiry, chosen)
            if not problem:
                return HttpResponseRedirect(reverse("admin:registry_enquiry_change", args=[enquiry.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Pass on"),
            "opts": self.opts,
            "original": enquiry,
            "willing": willing,
            "unwilling": len(behind) - len(willing),
            "message": message_to(enquiry, ""),
            "problem": problem,
            "chosen": {contact.pk for contact in (chosen or willing)},
        }
        return TemplateResponse(request, "admin/pass_on.html", context, status=status)

    def _pass_on(self, request: HttpRequest, enquiry: Enquiry, chosen: list[Contact]) -> tuple[str, int]:
        """What went wrong, in words and as a status; "" when at least one message was taken."""
        failed: list[Contact] = []
        expected = version_from(request.POST.get("version"))
        enquiry.state = EnquiryState.PASSED_ON
        try:
            # First the mark, which nobody else can set meanwhile; it is taken back when no message leaves.
            with transaction.atomic(), ledger.batch(by=request.user, reason=_("Passed on")) as batch:
                batch.keep(enquiry, expected=expected)
                failed = [contact for contact in chosen if not sent(message_to(enquiry, contact.email))]
                if len(failed) == len(chosen):
                    raise NotSent
        except NotSent:
            return _("The mail server did not take it. Nothing was sent and nothing is lost: try again later."), 502
        except ledger.Refused as refusal:
            return str(refusal), 409
        count = len(chosen) - len(failed)
        messages.success(request, _("Passed on to %(n)d of %(of)d.") % {"n": count, "of": len(chosen)})
        if failed:
            keys = ", ".join(str(contact.pk) for contact in failed)
            messages.error(request, _("The mail server did not take it for contact %(keys)s.") % {"keys": keys})
        return "", 200


def _people(enquiry: Enquiry, request: HttpRequest) -> list[Contact]:
    """Everybody behind the record, each once."""
    duties = ledger.contacts_of(enquiry.code, by=request.user)
    return list({duty.contact_id: duty.contact for duty in duties if not duty.contact.erased_at}.values())


def message_to(enquiry: Enquiry, address: str) -> EmailMessage:
    """One message for one contact, so that no contact learns of another. The answer goes to the visitor."""
    title = titles([enquiry.code]).get(enquiry.code, "")
    words = {"title": title, "code": enquiry.code, "name": enquiry.name, "text": enquiry.text}
    subject = _("Somebody writes about %(title)s (%(code)s)") % words
    body = _(
        "%(name)s wrote this through the Caspian Heritage Register, about “%(title)s” (%(code)s):\n\n%(text)s\n\n"
        "They have not been told your name or your address. If you answer this message, they will see your address. "
        "Without an answer they learn nothing of you."
    )
    return EmailMessage(subject, body % words, to=[address] if address else [], reply_to=[enquiry.email])


def sent(message: EmailMessage) -> bool:
    """Whether the mail server took it; the log tells the kind of failure and nobody's address."""
    try:
        return bool(message.send())
    except (SMTPException, OSError, ValueError) as error:
        logger.warning("The mail server did not take a message: %s", type(error).__name__)
        return False
