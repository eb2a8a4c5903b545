"""The language a person chose, kept in cookies so that pages before sign-in have it too.

One cookie lasts a year and says what was chosen last in this browser. A second one ends with the
visit: a language chosen on the way to sign-in is newer than the one stored with the user and wins;
one left in the browser by somebody else, long ago, is not and does not.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from beian.models import User

CHOSEN_IN_THIS_VISIT = "chosen_language"
_YEAR_SECONDS = 365 * 24 * 3600


def keep_language(response: HttpResponse, language: str) -> None:
    """Set the language cookie; `language` is one of settings.LANGUAGES."""
    _set(response, settings.LANGUAGE_COOKIE_NAME, language, _YEAR_SECONDS)


def note_choice(response: HttpResponse, language: str) -> None:
    """Remember for this visit that somebody not signed in chose `language`."""
    _set(response, CHOSEN_IN_THIS_VISIT, language, None)


def settle_language(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """At sign-in: a choice of this visit is stored with the user; without one the user's holds."""
    chosen = request.COOKIES.get(CHOSEN_IN_THIS_VISIT, "")
    if chosen in dict(settings.LANGUAGES):
        store_language(user, chosen)
    # Whoever signs in next in this browser has not chosen it.
    response.delete_cookie(CHOSEN_IN_THIS_VISIT, samesite=settings.LANGUAGE_COOKIE_SAMESITE)
    keep_language(response, user.language)


def store_language(user: User, language: str) -> None:
    """Keep `language` with the user; messages are written in it from now on."""
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])


def _set(response: HttpResponse, name: str, language: str, seconds: int | None) -> None:
    response.set_cookie(
        name,
        language,
        max_age=seconds,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
