"""Django's settings, and the only reader of the environment."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

import clock
from config import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("ORYNDAU_VAR") or BASE_DIR / "var")
DEMO = environment.switch(os.environ, "ORYNDAU_DEMO")
#: The law a document comes under when it is received; a case keeps its own.
ORYNDAU_RULE_SET = environment.rule_set(os.environ)

clock.keep_shift_in(VAR / "clock.json" if DEMO else None)

# --- Safety -------------------------------------------------------------------------------------
DEBUG = False
SECRET_KEY = environment.secret_key(os.environ, demo=DEMO, kept_in=VAR / "secret-key")
# The machine itself may always ask: health checks do.
ALLOWED_HOSTS = [
    *environment.listed(os.environ, "ORYNDAU_ALLOWED_HOSTS"),
    "127.0.0.1",
    "localhost",
    "[::1]",
]
if not DEMO and not environment.listed(os.environ, "ORYNDAU_ALLOWED_HOSTS"):
    raise ImproperlyConfigured("ORYNDAU_ALLOWED_HOSTS is missing: name the office's host names")

#: The largest file that is kept (20 MiB) and the form around it.
LARGEST_BODY = 21 * 1024 * 1024
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# A demo runs on plain http on this machine; an office sits behind its own TLS.
SESSION_COOKIE_SECURE = not DEMO
CSRF_COOKIE_SECURE = not DEMO
LANGUAGE_COOKIE_SECURE = not DEMO
if not DEMO:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # Browsers' preload lists are for the owner of the domain to ask for.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

# --- Apps ---------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Not Django's own static server in commands: whitenoise serves everywhere.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "csp",
    "config",
    "accounts",
    "journal",
    "parties",
    "deadlines",
    "documents",
    "exchange",
    "enforcement",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.Bounds",
    "config.middleware.PrivateAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.ReaderLanguage",
    "config.middleware.Unchanged",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
#: A form shows every value of the largest document: 200 claimants, debtors, claims, interruptions.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.reader",
            ],
        },
    },
]

# --- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.authentication.SessionUser"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Stores -------------------------------------------------------------------------------------
DATABASES = {"default": environment.database(os.environ.get("DATABASE_URL", ""))}
REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": environment.cache(REDIS_URL),
        # Not pickle: who can write to Redis could then run code in the office.
        "OPTIONS": {"serializer": "django.core.signing.JSONSerializer"},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# --- Mail: the daily digest; a demo writes it into files ------------------------------------------
DEFAULT_FROM_EMAIL = os.environ.get("ORYNDAU_MAIL_FROM") or "oryndau@localhost"
if DEMO or not os.environ.get("ORYNDAU_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
else:
    EMAIL_HOST = os.environ["ORYNDAU_SMTP_HOST"]
    EMAIL_PORT = int(os.environ.get("ORYNDAU_SMTP_PORT") or "587")
    EMAIL_HOST_USER = os.environ.get("ORYNDAU_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("ORYNDAU_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = True
    # A mail server that hangs holds up one digest, not the worker.
    EMAIL_TIMEOUT = 20

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Almaty"

# --- Static files -------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# A demo serves straight from the sources; an office collects, compresses and names by content.
STATIC_ROOT = None if DEMO else BASE_DIR / "collected"
WHITENOISE_USE_FINDERS = DEMO
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
MEDIA_ROOT = VAR / "files"
# Where messages to banks are handed over; their network's gateway reads the folder.
OUTBOX = VAR / "outbox"

# --- REST ---------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.BearerTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "accounts.authentication.WithinScopes",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "enforcement.core.contract.Described",
    # How an answer comes is asked by Accept; an address has no parameter for it.
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "enforcement.api.problems.handle",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Oryndau",
    "DESCRIPTION": (
        "Enforcement proceedings of a bailiffs' office. What is read and how it is refused: "
        "docs/api.md."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "MIT", "identifier": "MIT"},
    "SERVERS": [{"url": "/", "description": "The office that answers this"}],
    "POSTPROCESSING_HOOKS": ["enforcement.core.contract.grouped"],
    "SERVE_INCLUDE_SCHEMA": False,
}

# --- Words to the operator: standard error only, and nobody's data in them ------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "config.plain_log.PlainFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # A refused address or a missing page is an everyday matter.
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
