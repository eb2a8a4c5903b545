"""Nothing a person sees after signing in stays in a cache or comes back with the back button.

Level 3 of classified protection wants residual information cleared; a shared computer keeps pages.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


class NoStoreMiddleware:
    """Marks every answer that belongs to a session: of a user, or of a responsible person.

    Pages without one, and files (served before the session is known), stay as they are.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A session that ended on the way counts as well, and so does one that has just begun.
        if settings.SESSION_COOKIE_NAME in request.COOKIES or not request.session.is_empty():
            patch_cache_control(response, private=True, no_store=True)
        return response
