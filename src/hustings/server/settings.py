"""
All settings, in one place; each that a host may change is read from ``HUSTINGS_…`` in the environment.

``HUSTINGS_MODE`` says what this process is: ``production`` (the default: refuses to start without
secure settings, see ``checks.py``), ``demo`` (this machine only) or ``test``.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from hustings import __version__
from hustings.server import environment as env

VERSION = __version__
MODE = env.choice("MODE", ("production", "demo", "test"), "production")
SECURE = MODE == "production"
HOME = Path(env.text("HOME", "var")).resolve()
"""Everything this installation writes outside the database: uploads, tiles, the embedded server."""

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY") or (
    "missing" if SECURE else "only-for-demo-and-tests-" + "0" * 40
)
"""Django takes none that is empty; ``checks.py`` refuses to serve with one so short."""
ALLOWED_HOSTS = env.words("HOSTS") or (
    [] if SECURE else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in env.words("HOSTS")]
SITE_URL = env.text(
    "SITE_URL",
    f"https://{ALLOWED_HOSTS[0]}" if SECURE and ALLOWED_HOSTS else "http://localhost:8000",
)
"""What printed packs and QR codes point at."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks_db",
    "hustings.server",
    "hustings.apps.campaigns",
    "hustings.apps.audit",
    "hustings.apps.accounts",
    "hustings.apps.jobs",
    "hustings.apps.exports",
    "hustings.apps.statements",
    "hustings.apps.exchange",
    "hustings.apps.contributions",
    "hustings.apps.clippings",
    "hustings.apps.materials",
    "hustings.apps.lending",
    "hustings.apps.places",
    "hustings.apps.people",
    "hustings.apps.volunteers",
    "hustings.apps.shifts",
    "hustings.apps.register",
    "hustings.apps.polling",
    "hustings.apps.scripts",
    "hustings.apps.outings",
    "hustings.apps.canvass",
    "hustings.apps.safety",
    "hustings.apps.dispatch",
    "hustings.apps.followups",
    "hustings.apps.results",
    "hustings.apps.contests",
    "hustings.apps.today",
    "hustings.apps.erasure",
]

MIDDLEWARE = [
    # First, so that redirects, refusals and static files carry the policy too.
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hustings.server.middleware.whole_addresses",
    "hustings.server.middleware.whole_forms",
    "hustings.server.middleware.campaign_middleware",
    "hustings.server.middleware.errors_as_sentences",
]

ROOT_URLCONF = "hustings.server.urls"
WSGI_APPLICATION = "hustings.server.wsgi.application"
SILENCED_SYSTEM_CHECKS: list[str] = []
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["hustings.server.icons"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hustings.server.context.desk",
            ],
        },
    },
]
FORM_RENDERER = "hustings.server.choices.Renderer"

# --- the database: two roles -------------------------------------------------------------------
OWNER_ROLE = "hustings"
WEB_ROLE = "hustings_web"
AS_OWNER = os.environ.get("HUSTINGS_DATABASE_ROLE") == "owner"
"""Migrations and backups run as the owner; everything else as the web role, which owns nothing."""

POSTGRES_FOLDER = HOME / ("pgtest" if MODE == "test" else "postgres")
POSTGRES_THROWAWAY = MODE == "test"
"""The embedded server's folder; tests have one of their own, which gives up durability for speed."""

_web_url = os.environ.get("DATABASE_URL", "")
_owner_url = os.environ.get("DATABASE_OWNER_URL", "")
if _web_url:
    if AS_OWNER and not _owner_url:
        raise env.SettingError(
            "DATABASE_URL is set, and DATABASE_OWNER_URL is not: name the role there that owns the "
            "tables, to migrate and to back up; docs/hosts/postgresql.md has the statements."
        )
    DATABASES = {"default": env.database(_owner_url if AS_OWNER else _web_url)}
    WEB_ROLE = str(env.database(_web_url)["USER"])
    if _owner_url:
        OWNER_ROLE = str(env.database(_owner_url)["USER"])
else:
    DATABASES = {
        "default": {
            "ENGINE": "hustings.server.database",
            "NAME": "hustings",
            "USER": OWNER_ROLE if AS_OWNER else WEB_ROLE,
            "HOST": "",
            "OPTIONS": {},
        }
    }
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if MODE != "test" and not AS_OWNER:
    # Few connections shared by many requests; the pool wants no age of its own.
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"]["OPTIONS"],  # type: ignore[dict-item]  # always a dict
        "pool": {"min_size": 1, "max_size": env.number("DATABASE_CONNECTIONS", 12), "timeout": 20},
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Every process counts in one place who tries to sign in too often; docs/decisions/0042.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "KEY_FUNCTION": "hustings.server.cache_keys.hidden",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- work in the background --------------------------------------------------------------------
JOBS_RUN_AT_ONCE = MODE == "test"
TASKS: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "django.tasks.backends.immediate.ImmediateBackend"
        if JOBS_RUN_AT_ONCE
        else "django_tasks_db.DatabaseBackend",
        "QUEUES": [],
    }
}

# --- signing in --------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "hustings.apps.accounts.backends.WithMemberships",
    # Of sessions that began before there was the first.
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "hustings.server.sign_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SAMESITE = "Lax"

# --- mail --------------------------------------------------------------------------------------
MAIL_HOST = env.text("MAIL_HOST")
if MAIL_HOST:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": MAIL_HOST,
                "port": env.number("MAIL_PORT", 587),
                "username": env.text("MAIL_USER"),
                "password": env.text("MAIL_PASSWORD"),
                "use_tls": env.flag("MAIL_TLS", default=True),
                "timeout": 20,  # seconds: a server that says nothing must not hold up the worker
            },
        }
    }
else:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.locmem.EmailBackend"
            if MODE == "test"
            else "django.core.mail.backends.console.EmailBackend"
        }
    }
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "hustings@localhost")

# --- words -------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [
    ("en-gb", _("English (British)")),
    ("en-us", _("English (American)")),
    ("de", "Deutsch"),
]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- other campaigns' servers -------------------------------------------------------------------
PEERS = env.words("PEERS")
"""Hosts, with a port where it is not the usual one, that this server may call; none, where it calls nobody."""

# --- files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(HOME / "static"))) if SECURE else None
STATICFILES_DIRS = [Path(__file__).parent / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "hustings.server.static_files.HashedStaticFiles"
        if SECURE
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not SECURE
WHITENOISE_AUTOREFRESH = False
# A hash or a version stands in the name: a browser may keep it for ever.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/vendor/maplibre-|\.[0-9a-f]{12}\."
MEDIA_ROOT = HOME / "uploads"
KEYS_FOLDER = HOME / "keys"
"""The secrets that campaigns sign their word with: files for the server's user alone, never in the database."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600

# --- the browser's walls -------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "connect-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
if env.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # who asks for codes is told apart by the address the proxy saw

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "hustings.server.log_lines.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own server has a handler of its own otherwise, which writes every address as it is.
    "loggers": {"django.server": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
