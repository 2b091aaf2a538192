"""The second factor: who needs one, who still lacks it, and that nobody takes away the last one that is needed."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import User

from . import guesses

# Recovery codes replace a factor that was lost; alone they are none.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_required() -> bool:
    """Whether this register insists on second factors."""
    return settings.SECOND_FACTOR == "required"


def factors_of(user: User) -> QuerySet[Authenticator]:
    """The authenticator app and the passkeys of the account."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS)


def everything_of(user: User) -> QuerySet[Authenticator]:
    """The factors with the recovery codes."""
    return Authenticator.objects.filter(user=user)


def is_lacking(user: User) -> bool:
    """Whether the role asks for a second factor that the account does not have."""
    return user.is_authenticated and user.needs_second_factor and not factors_of(user).exists()


class Factors(DefaultMFAAdapter):
    """Says the register's name, and keeps the last factor of whoever needs one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is wrong or too old. Take the one that is shown now."),
        "cannot_delete_authenticator": gettext_lazy(
            "Your role needs a second step: add another way first, then take this one away."
        ),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Another factor is left, or none is needed."""
        user = authenticator.user
        needed = is_required() and user.needs_second_factor and authenticator.type in FACTORS
        return not needed or factors_of(user).exclude(pk=authenticator.pk).exists()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys are made for the public host, under the name of the register."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}


class CodeForm(AuthenticateForm):
    """The code at sign-in; a wrong one counts like a wrong password."""

    def clean_code(self) -> str:
        """The code, when it is right and the account is not locked."""
        refusal = ValidationError(_("Too many wrong codes. Try again later."))
        guesses.refuse_if_locked(context.request, self.user, refusal)
        try:
            return super().clean_code()
        except ValidationError:
            guesses.note_failure(context.request, self.user)
            raise


class PasskeyForm(AddWebAuthnForm):
    """A new passkey; unless said otherwise it opens the door alone, as the device asks for a finger or a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name, such as that of the device")
        alone = self.fields["passwordless"]
        alone.initial, alone.label = True, _("Sign in with it alone, without a password")
        alone.help_text = _("The device then asks for your finger, your face or its code.")


class RemovePasskey(RemoveWebAuthnView):
    """Takes a passkey away, unless it is the last factor of somebody who needs one."""

    def form_valid(self, form: object) -> HttpResponse:
        """Refused with a word on what to do first."""
        adapter = Factors(self.request)
        if adapter.can_delete_authenticator(self.get_object()):
            return super().form_valid(form)
        messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")
