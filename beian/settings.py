"""Settings of an installation. Without configuration: the embedded pair (SQLite and a file broker).

Numbers of the filing process are not here: they are rows of `beian.site_settings`.
"""

from pathlib import Path
from typing import Any, Final

import dj_database_url
from csp.constants import NONE, SELF

from . import broker, environment, secret_key
from .logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = environment.path("STATE_DIR", BASE_DIR / "var")
DEMO = environment.flag("DEMO")
DEBUG = environment.flag("DEBUG")
PORT = environment.number("PORT", 8000)
# Conditions that the production check refuses and this installation accepts, by name.
ALLOWED_IN_PRODUCTION = environment.names("ALLOW")

KEYS_DIR = environment.path("KEYS_DIR", STATE_DIR / "keys")
SECRET_KEY = environment.text("SECRET_KEY") or secret_key.read_or_create(KEYS_DIR / "django.key")
ALLOWED_HOSTS = environment.names("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = environment.names("TRUSTED_ORIGINS")
# What proxies at these addresses say about the client is believed.
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES")
# Callers at these addresses see figures and the reasons why the installation is not ready.
MONITORS = environment.networks("MONITORS")

FILES_DIR = environment.path("FILES_DIR", STATE_DIR / "files")
# Without a bucket, pictures lie in FILES_DIR.
S3 = {
    "bucket": environment.text("S3_BUCKET"),
    "endpoint": environment.text("S3_ENDPOINT"),
    "region": environment.text("S3_REGION"),
    "access_key": environment.text("S3_ACCESS_KEY"),
    "secret_key": environment.text("S3_SECRET_KEY"),
    "addressing_style": environment.text("S3_ADDRESSING", "path"),
}
OUTSIDE_URL = environment.text("OUTSIDE_URL", "http://127.0.0.1:8001")
# The demo clock may be moved; an installation with real people has no such file.
CLOCK_FILE = environment.path("CLOCK_FILE", STATE_DIR / "clock.json") if DEMO else None

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "beian",
    "rules",
    "verification",
    "orders",
]

MIDDLEWARE = [
    # First: everything after it may believe what is left of the forwarded headers.
    "beian.middleware.trusted_proxy.TrustedProxyMiddleware",
    "beian.middleware.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "beian.middleware.request_id.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "beian.middleware.no_store.NoStoreMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "beian.middleware.session_life.SessionLifeMiddleware",
    "beian.middleware.actor.ActorMiddleware",
    "beian.middleware.access.AccessMiddleware",
    "beian.middleware.idempotency.IdempotencyMiddleware",
]

ROOT_URLCONF = "beian.urls"
WSGI_APPLICATION = "beian.wsgi.application"
APPEND_SLASH = True

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
                "beian.context.site",
            ],
        },
    }
]
FORM_RENDERER = "beian.forms.renderer.UiRenderer"

DATABASE_URL = environment.text("DATABASE_URL")
EMBEDDED_DATABASE = not DATABASE_URL
if EMBEDDED_DATABASE:
    DATABASES: dict[str, Any] = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": STATE_DIR / "db.sqlite3",
            "OPTIONS": {
                # IMMEDIATE takes the write lock at BEGIN: no deadlock between readers who upgrade.
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    }
else:
    DATABASES = {
        "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
    }
# By name: beian.crypto.provider.
CIPHER_SUITE = environment.text("CIPHER_SUITE", "aes-256-gcm")
# Elsewhere they are mounted: see beian.crypto.keys.
MAKES_OWN_KEYS = DEMO or EMBEDDED_DATABASE
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "beian.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "verification:sign-in"
LOGIN_REDIRECT_URL = "orders:my-filings"
UNSENT_URL = "verification:unsent"
STAFF_LOGIN_URL = "verification:staff-sign-in"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
HTTPS = environment.flag("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
# Probes and the monitor ask the process itself, on the inside of the proxy.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
# Other host names below ours are the provider's affair, and so is the list that browsers ship with.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# TrustedProxyMiddleware takes the header away from everybody else.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "beian.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE: Final = "Lax"
USE_I18N = True
USE_TZ = True
# Legal dates and working days are Chinese ones; the database keeps UTC.
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = environment.path("STATIC_ROOT", STATE_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "documents": {
        "BACKEND": "verification.document_store.bucket.BucketStore"
        if S3["bucket"]
        else "verification.document_store.folder.FolderStore"
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = environment.flag("STATIC_FINDERS")
# Uploads are read in memory, re-encoded and encrypted; nothing raw reaches a temporary file.
FILE_UPLOAD_HANDLERS = ["beian.uploads.EveryFileHandler"]
# Our largest page asks for about a dozen pictures.
DATA_UPLOAD_MAX_NUMBER_FILES = 30
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

BROKER_URL = environment.text("BROKER_URL")
EMBEDDED_BROKER = not BROKER_URL
if EMBEDDED_BROKER:
    CELERY_BROKER_URL = f"{broker.SCHEME}://localhost//"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "data_folder_in": str(STATE_DIR / "broker" / "queue"),
        "data_folder_out": str(STATE_DIR / "broker" / "queue"),
        "control_folder": str(STATE_DIR / "broker" / "control"),
        "polling_interval": 0.2,
    }
else:
    CELERY_BROKER_URL = BROKER_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 5}
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
# A thread of a worker cannot be ended from outside, so no time limit of Celery's would count. What
# bounds a task: every provider has a timeout (beian.ports.http), a batch ends at the first call
# that fails, and no task runs twice at once in a process (beian.one_at_a_time).
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_ENABLE_REMOTE_CONTROL = not EMBEDDED_BROKER
CELERY_BEAT_SCHEDULER = "beian.beat:HeartbeatScheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(STATE_DIR / "beat-schedule")


def _every(seconds: float, task: str) -> dict[str, Any]:
    """A beat entry; a wake-up found too late (the worker stood still) is dropped unread."""
    return {"task": task, "schedule": seconds, "options": {"expires": max(30.0, seconds)}}


# What somebody waits for: a message, an answer of a provider, the bureau.
WAKE_SECONDS = environment.number("WAKE_MS", 2000, least=100) / 1000
CELERY_BEAT_SCHEDULE = {
    "relay-notices": _every(WAKE_SECONDS, "beian.relay_notices"),
    "sweep-deadlines": _every(5.0, "beian.sweep_deadlines"),
    "sync-stale-inventories": _every(5.0, "beian.sync_stale_inventories"),
    "tidy": _every(3600.0, "beian.tidy"),
    "tidy-codes": _every(3600.0, "verification.tidy"),
    "answer-real-name-requests": _every(WAKE_SECONDS, "verification.answer_real_name_requests"),
    "answer-face-photos": _every(WAKE_SECONDS, "verification.answer_face_photos"),
    "tidy-face-photos": _every(3600.0, "orders.tidy_face_photos"),
    "erase-notices": _every(3600.0, "beian.erase_notices"),
    "erase-sms-codes": _every(3600.0, "verification.erase_sms_codes"),
    "warn-of-erasures": _every(3600.0, "orders.warn_of_erasures"),
    "erase-pictures": _every(3600.0, "orders.erase_pictures"),
    "erase-orders": _every(3600.0, "orders.erase_orders"),
    "erase-submitted-people": _every(3600.0, "orders.erase_submitted_people"),
    "erase-unused-uploads": _every(3600.0, "orders.erase_unused_uploads"),
    "erase-bureau-files": _every(3600.0, "orders.erase_bureau_files"),
    # What is younger than this may be changed unnoticed by whoever owns the tables.
    "seal-audit-trail": _every(60.0, "orders.seal_audit_trail"),
    "drop-idle-limits": _every(3600.0, "orders.drop_idle_limits"),
    "remove-stray-files": _every(24 * 3600.0, "verification.remove_stray_files"),
    "run-rule-trials": _every(WAKE_SECONDS, "orders.run_rule_trials"),
    "offer-bureau-records": _every(WAKE_SECONDS, "orders.offer_bureau_records"),
    "collect-bureau-results": _every(WAKE_SECONDS, "orders.collect_bureau_results"),
}

# Which provider serves each port; the real ones are chosen per installation.
PORTS = {
    "sms": environment.text("SMS_PROVIDER", "simulated"),
    "mail": environment.text("MAIL_PROVIDER", "simulated"),
    "real_name": environment.text("REAL_NAME_PROVIDER", "simulated"),
    "face": environment.text("FACE_PROVIDER", "simulated"),
    "inventory": environment.text("INVENTORY_PROVIDER", "simulated"),
    "bureau": environment.text("BUREAU_PROVIDER", "simulated"),
}

# The mail server of the provider `smtp`.
EMAIL_HOST = environment.text("SMTP_HOST")
EMAIL_PORT = environment.number("SMTP_PORT", 587, least=1)
EMAIL_HOST_USER = environment.text("SMTP_USER")
EMAIL_HOST_PASSWORD = environment.text("SMTP_PASSWORD")
SMTP_SECURITY = environment.text("SMTP_SECURITY", "starttls")
EMAIL_USE_TLS = SMTP_SECURITY == "starttls"
EMAIL_USE_SSL = SMTP_SECURITY == "tls"
MAIL_FROM = environment.text("MAIL_FROM")

LOGGING = logging_config(environment.text("LOG_LEVEL", "INFO"))
LOGGING_CONFIG = "logging.config.dictConfig"
