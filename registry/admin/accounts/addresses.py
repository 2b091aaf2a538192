"""The addresses of signing in, under /accounts/: those that the register has a use for, and no other."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import urls as mfa
from allauth.mfa.recovery_codes import urls as recovery_codes
from allauth.mfa.totp import urls as totp
from allauth.mfa.webauthn import urls as webauthn
from allauth.socialaccount import views as vouched
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path

from .second_factor import RemovePasskey


def with_a_provider(view: Callable) -> Callable:
    """The view, where the settings name a provider of identities; without one there is nothing at its address."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.OIDC:
            raise Http404
        return view(request, *args, **kwargs)

    return asked


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", account.signup, name="account_signup"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # Before the library's own, which takes away the last factor as well.
    path("second-step/webauthn/keys/<int:pk>/remove/", RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("second-step/", include(mfa)),
    path("second-step/app/", include(totp)),
    path("second-step/webauthn/", include(webauthn)),
    path("second-step/recovery-codes/", include(recovery_codes)),
    path("provider/cancelled/", with_a_provider(vouched.login_cancelled), name="socialaccount_login_cancelled"),
    path("provider/error/", with_a_provider(vouched.login_error), name="socialaccount_login_error"),
    path("<slug:provider_id>/login/", with_a_provider(openid.login), name="openid_connect_login"),
    path("<slug:provider_id>/login/callback/", with_a_provider(openid.callback), name="openid_connect_callback"),
]
