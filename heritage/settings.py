"""Every setting of the register, read from the environment; README.md lists the variables."""

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from heritage import embedded, iati, mail, sign_in
from registry.management import served

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"


def env(name: str, default: str | None = None) -> str:
    """The environment variable, or its default; without either, an error that says what to set."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}; README.md says what it is for.")
    return value


def env_list(name: str, default: str = "") -> list[str]:
    """A comma-separated environment variable."""
    return [item.strip() for item in env(name, default).split(",") if item.strip()]


def local_secret_key() -> str:
    """The key of this installation: made once and kept where only its owner reads it."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


# PUBLIC_URL is set where the register faces the public; without it, it serves this machine alone.
PUBLIC_URL = env("PUBLIC_URL", "").rstrip("/")
PRODUCTION = bool(PUBLIC_URL)
DEBUG = False
PROXY_COUNT = sign_in.proxies_of(env)
SECRET_KEY = env("SECRET_KEY") if PRODUCTION else os.environ.get("SECRET_KEY") or local_secret_key()
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
if PRODUCTION and "ALLOWED_HOSTS" not in os.environ:
    ALLOWED_HOSTS = [PUBLIC_URL.split("://")[-1].split("/")[0].split(":")[0]]
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS cannot be “*”: name the hosts that the register answers to.")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PRODUCTION else []

INSTALLED_APPS = [
    "registry.apps.RegistryConfig",
    "registry.apps.RegisterAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "knox",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "registry.headers.SafeHeaders",
    "registry.headers.CompressedPages",
    "django.middleware.http.ConditionalGetMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "registry.wellformed.RefuseMalformedRequests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "registry.web.languages.LanguageOfTheAddress",
    "registry.web.display.AsChosen",
    "django.middleware.common.CommonMiddleware",
    "registry.web.digits.LocalDigits",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "heritage.urls"
WSGI_APPLICATION = "heritage.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Widgets of our own have their templates beside the others.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

try:
    DATABASES = {
        "default": dj_database_url.parse(
            env("DATABASE_URL", "") or embedded.url(), conn_max_age=60, conn_health_checks=True
        )
    }
except ValueError as error:
    raise ImproperlyConfigured(
        "DATABASE_URL is written like postgres://user:password@host:5432/name; README.md says more."
    ) from error
DATABASES["default"]["TEST"] = {"TEMPLATE": "template0"}

AUTH_USER_MODEL = "registry.User"
KNOX_TOKEN_MODEL = "registry.AccessToken"  # noqa: S105
MIGRATION_MODULES = {"knox": None}  # its own would make a table for a model that ours replaces
globals().update(sign_in.settings_of(env, public_url=PUBLIC_URL))
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("az", "Azərbaycanca"), ("ru", "Русский"), ("fa", "فارسی")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "heritage.formats"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Uploaded files, named by their content; no address leads here but through the register's own checks.
MEDIA_ROOT = Path(env("MEDIA_ROOT", str(VAR_DIR / "media")))
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
# Where it serves this machine: mail and dumps, which nobody asks for at an address, link to it.
PORT = os.environ.get("PORT") or served.port(MEDIA_ROOT) or "8000"

# Nothing but our own host, ever: pages, admin and API documentation alike.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Mail goes out when an editor passes on what a visitor wrote. Without a server, this machine prints it.
EMAIL_URL = env("EMAIL_URL", "")
if EMAIL_URL:
    globals().update(mail.settings_of(EMAIL_URL))
elif not PRODUCTION:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", "register@localhost")

# Who runs this copy, as the page about it and security.txt say.
OPERATOR = env("OPERATOR", "")
globals().update(iati.settings_of(env, operator=OPERATOR))
CONTACT = env("CONTACT", "")
if CONTACT and not CONTACT.startswith(("mailto:", "https://")):
    raise ImproperlyConfigured("CONTACT is “mailto:name@example.org” or a web address that begins with https://.")

CSRF_FAILURE_VIEW = "heritage.urls.no_cookie"

# A form of an entry with many citations has many fields; anything far above that is not an edit.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# How often one sender may read the API in a minute; registry/api/limits.py says what that is for files and partners.
READS_A_MINUTE = env("READS_A_MINUTE", "600")
if not (READS_A_MINUTE.isdecimal() and int(READS_A_MINUTE)):
    raise ImproperlyConfigured("READS_A_MINUTE is a number of requests, such as 600.")
READS_A_MINUTE = int(READS_A_MINUTE)
# Kept by each process for itself: who read how much, and what was counted for others' questions.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}},
}

# What takes longer than a page may: sheets, and undoing many changes. `manage.py work` does it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "registry.api.problems.handle",
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": True,
}
# Tokens of partners: 256 random bits behind a prefix by which a scanner of leaked secrets knows them.
REST_KNOX = {"TOKEN_PREFIX": "chr_", "TOKEN_TTL": None, "AUTO_REFRESH": False}
SPECTACULAR_SETTINGS = {
    "TITLE": "Caspian Heritage Register",
    "DESCRIPTION": "Projects, initiatives, budgets and sources for the heritage of the Caspian and the South Caucasus.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "LICENSE": {"name": "BSD 3-Clause License", "identifier": "BSD-3-Clause"},
    "SERVERS": [{"url": "/", "description": "The host that this document came from"}],
    "ENUM_NAME_OVERRIDES": {
        "StateInFeed": "registry.models.FeedState.values",
        "StateOfProposal": "registry.models.ProposalState",
    },
    "WEBHOOKS": [f"registry.api.webhook_schema.{name}" for name in ("PUBLISHED", "WITHDRAWN", "MERGED", "TEST")],
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {
        "strangers": {"()": "heritage.logs.StrangersInOneLine"},
        "private_links": {"()": "heritage.logs.PrivateLinksMasked"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["strangers"]}},
    "loggers": {
        name: {"filters": ["private_links"]}
        for name in ("django.request", "django.server", "django.security.csrf", "django.security.SuspiciousOperation")
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
