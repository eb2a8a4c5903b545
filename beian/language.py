"""The language a person chose, kept in a cookie so that pages before sign-in have it too."""

from django.conf import settings
from django.http import HttpResponse

_YEAR_SECONDS = 365 * 24 * 3600


def keep_language(response: HttpResponse, language: str) -> None:
    """Set the language cookie; `language` is one of settings.LANGUAGES."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_YEAR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
