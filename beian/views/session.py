"""Somebody is still there: the session goes on."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from beian import clock
from beian.access import Level, access
from beian.middleware.session_life import SEEN, seconds_left


@access(Level.SIGNED_IN)
@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """Seconds the session has left from now on; its longest life is not prolonged."""
    request.session[SEEN] = clock.now().timestamp()
    return JsonResponse({"seconds": int(seconds_left(request))})
