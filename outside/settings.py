"""Settings of the simulated outside world; nothing here is shared with the product."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

PACKAGE = Path(__file__).resolve().parent
STATE_DIR = Path(os.environ.get("BEIAN_STATE_DIR") or PACKAGE.parent / "var")
DATABASE_FILE = Path(os.environ.get("OUTSIDE_DATABASE") or STATE_DIR / "outside.sqlite3")
# The product reads the same file, so that one button moves both clocks.
CLOCK_FILE = Path(os.environ.get("BEIAN_CLOCK_FILE") or STATE_DIR / "clock.json")

DEBUG = False
# Signs only short-lived page messages: a new key at every start is enough.
SECRET_KEY = secrets.token_urlsafe(50)
ALLOWED_HOSTS = os.environ.get("OUTSIDE_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "outside.apps.OutsideConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "outside.urls"
WSGI_APPLICATION = "outside.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "outside.context.world",
            ],
        },
    },
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATABASE_FILE,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
DATETIME_FORMAT = "Y-m-d H:i:s"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True

# Browsers share cookies between the ports of one host: keep clear of the product's names.
CSRF_COOKIE_NAME = "outside_csrf"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "outside.page_messages.OwnCookieStorage"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# Reporting limit of the bureau interface: one file of at most 50 MB, base text plus JSON escapes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A refused request names its path, and paths here hold phone numbers.
    "loggers": {"django.request": {"level": "CRITICAL"}},
}
