"""The settings of signing in: who may try how often, by what factors, and who else vouches for an editor."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

REQUIRED, ASKED = "required", "asked"

# Five wrong passwords for an account, twenty from a network: then a quarter of an hour of waiting, in every process.
_THROTTLING = {
    "AXES_HANDLER": "registry.admin.accounts.guesses.Guesses",
    "AXES_FAILURE_LIMIT": 5,
    "AXES_LOCKOUT_PARAMETERS": ["username", "ip_address"],
    "AXES_COOLOFF_TIME": timedelta(minutes=15),
    "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT": False,
    "AXES_CLIENT_IP_CALLABLE": "registry.visitors.first_address_of_network",
    "AXES_USERNAME_CALLABLE": "registry.admin.accounts.guesses.account_of",
    "AXES_LOCKOUT_CALLABLE": "registry.admin.accounts.guesses.locked_out",
    "AXES_SENSITIVE_PARAMETERS": ["username", "ip_address", "login", "code", "credential", "csrfmiddlewaretoken"],
    # Who signed in when is kept by the account itself; addresses are forgotten after the quarter of an hour.
    "AXES_DISABLE_ACCESS_LOG": True,
    "AXES_ENABLE_ADMIN": False,
    "AXES_VERBOSE": False,
}
_ACCOUNTS = {
    "AUTHENTICATION_BACKENDS": [
        "axes.backends.AxesStandaloneBackend",
        "allauth.account.auth_backends.AuthenticationBackend",
    ],
    "LOGIN_URL": "account_login",
    "LOGIN_REDIRECT_URL": "admin:index",
    "ACCOUNT_ADAPTER": "registry.admin.accounts.signing_in.Accounts",
    "ACCOUNT_FORMS": {"login": "registry.admin.accounts.signing_in.Entrance"},
    "ACCOUNT_LOGIN_METHODS": {"username", "email"},
    "ACCOUNT_SIGNUP_FIELDS": ["username*", "email", "password1*", "password2*"],
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    # Whoever writes an unknown address into the form gets no mail, and the page says the same as ever.
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
    "ACCOUNT_SESSION_REMEMBER": True,
    "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
    # Django's own: the e-mail address of the account is the only one there is.
    "ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR": "django.contrib.auth.tokens.PasswordResetTokenGenerator",
    "ACCOUNT_RATE_LIMITS": {"login_failed": "60/m/ip,5/5m/key"},
}
_FACTORS = {
    "MFA_ADAPTER": "registry.admin.accounts.second_factor.Factors",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_ALLOW_UNVERIFIED_EMAIL": True,
    "MFA_TOTP_ISSUER": "Caspian Heritage Register",
    "MFA_TOTP_TOLERANCE": 1,
    "MFA_FORMS": {
        "authenticate": "registry.admin.accounts.second_factor.CodeForm",
        "add_webauthn": "registry.admin.accounts.second_factor.PasskeyForm",
    },
}


def settings_of(env: Callable[[str, str], str], *, public_url: str) -> dict[str, object]:
    """Django's settings for accounts; raises ImproperlyConfigured where a variable weakens or contradicts another."""
    return {
        **_ACCOUNTS,
        **_THROTTLING,
        **_FACTORS,
        "SECOND_FACTOR": _second_factor(env("SECOND_FACTOR", ""), public_url),
        # Browsers make passkeys over https alone, and for http://localhost.
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not public_url,
        **_openid(env),
    }


def proxies_of(env: Callable[[str, str], str]) -> int:
    """How many proxies in front of the register add to X-Forwarded-For; BEHIND_PROXY=1 says one."""
    text = env("PROXY_COUNT", "") or ("1" if env("BEHIND_PROXY", "") else "0")
    if not text.isdecimal() or int(text) > 10:
        raise ImproperlyConfigured("PROXY_COUNT is the number of proxies in front of the register, such as 1.")
    return int(text)


def _second_factor(wanted: str, public_url: str) -> str:
    if wanted not in {"", REQUIRED, ASKED}:
        raise ImproperlyConfigured(f"SECOND_FACTOR is “{REQUIRED}” or “{ASKED}”.")
    if public_url and wanted == ASKED:
        raise ImproperlyConfigured("With PUBLIC_URL a second factor is required: take SECOND_FACTOR away.")
    return wanted or (REQUIRED if public_url else ASKED)


def _openid(env: Callable[[str, str], str]) -> dict[str, object]:
    """The provider of an organisation's own accounts, when one is named."""
    issuer, client, secret = (env(f"OIDC_{name}", "") for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET"))
    always = {
        "SOCIALACCOUNT_ADAPTER": "registry.admin.accounts.signing_in.Vouched",
        # A form may lead nowhere but to the register itself; a link leads to the provider.
        "SOCIALACCOUNT_LOGIN_ON_GET": True,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "OIDC": bool(issuer),
    }
    if not (issuer or client or secret):
        return always
    if not (issuer and client and secret):
        raise ImproperlyConfigured("Set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET together, or none of them.")
    if urlsplit(issuer).scheme != "https" and urlsplit(issuer).hostname not in {"localhost", "127.0.0.1"}:
        raise ImproperlyConfigured("OIDC_ISSUER begins with https://.")
    app = {
        "provider_id": "oidc",
        "name": env("OIDC_NAME", "") or "your organisation",
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer.rstrip("/"), "oauth_pkce_enabled": True},
    }
    return always | {"SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [app]}}}
