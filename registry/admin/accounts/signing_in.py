"""How editors sign in: accounts are given, never taken; a provider of identities may vouch for one that there is."""

import logging
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import LoginForm
from allauth.account.utils import user_pk_to_url_str
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.models import User
from registry.visitors import address_of

log = logging.getLogger(__name__)
NOT_SENT = "A mail about an account could not be sent: %s"
_WRONG = _("The name or the password is wrong. In a password capital letters count.")


class Entrance(LoginForm):
    """Name or address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class Accounts(DefaultAccountAdapter):
    """Nobody signs up; nothing tells whether an account exists; links lead to the public address."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Administrators make accounts."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """As everywhere in the register."""
        return address_of(request)

    def is_safe_url(self, url: str) -> bool:
        """Only a path of the register itself; a host of ALLOWED_HOSTS may be another machine."""
        return bool(url) and url.startswith("/") and not url.startswith("//") and super().is_safe_url(url)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in need not say the password twice."""
        records = get_authentication_records(self.request, self.request.user)
        just_now = bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not just_now and super().is_reauthentication_required(app=app, **kwargs)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the host that the settings name, whatever host the request claims."""
        return public_address(self.request, reset_path(key))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away shows in the log, and not to whoever tries out addresses."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            log.error(NOT_SENT, type(error).__name__)


class Vouched(DefaultSocialAccountAdapter):
    """A provider vouches for the e-mail address of an account that there is; it makes none and changes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Administrators make accounts."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the one account with the verified address; a provider is never tied to an account otherwise."""
        if sociallogin.state.get("process", "login") != "login":
            raise ImmediateHttpResponse(redirect("account_login"))
        vouched = [address.email for address in sociallogin.email_addresses if address.verified is True]
        found = list(User.objects.filter(email__iexact=vouched[0], is_active=True)[:2]) if vouched else []
        if len(found) == 1:
            sociallogin.user = found[0]


def invite(request: HttpRequest, user: User) -> bool:
    """Send the mail in which somebody chooses a password, good as long as a reset mail; whether the server took it."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    days = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)
    given = {"user": user, "url": public_address(request, reset_path(key)), "days": days}
    subject, body = (render_to_string(f"account/email/invitation_{part}.txt", given) for part in ("subject", "message"))
    try:
        return bool(send_mail(subject.strip(), body, None, [user.email]))
    except OSError as error:
        log.error(NOT_SENT, type(error).__name__)
        return False


def reset_path(key: str) -> str:
    """The page on which a password is chosen with the key."""
    uid, _dash, rest = key.partition("-")
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": rest})


def public_address(request: HttpRequest, path: str) -> str:
    """The full address of a path: on PUBLIC_URL, or where the register serves this machine alone as it was asked."""
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
