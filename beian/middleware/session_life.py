"""Ends a session after its idle time and its longest life (classified protection, level 3)."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from beian import clock
from beian.actors import SYSTEM
from beian.audit import record_audit
from beian.site_settings import setting

STARTED = "started_at"
SEEN = "seen_at"


def begin(request: HttpRequest) -> None:
    """Note when a session began; called on sign-in."""
    request.session[STARTED] = request.session[SEEN] = clock.now().timestamp()


def seconds_left(request: HttpRequest) -> float:
    """Until the session of somebody signed in ends if nothing more is asked; below 0 once over."""
    now = clock.now().timestamp()
    kind = "staff" if request.user.is_staff else "applicant"
    idle = timedelta(minutes=setting(f"session.{kind}_idle_minutes")).total_seconds()
    longest = timedelta(hours=setting("session.absolute_hours")).total_seconds()
    started = request.session.get(STARTED, 0)
    seen = request.session.get(SEEN, 0)
    return min(seen + idle, started + longest) - now


class SessionLifeMiddleware:
    """Signs out when the time is up; otherwise notes the visit once a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.ended_user_id = None
        if request.user.is_authenticated:
            if seconds_left(request) < 0:
                # Whose it was decides about a form that was on its way.
                request.ended_user_id = request.user.pk
                record_audit(SYSTEM, "sign_out", obj=request.user, result="over", request=request)
                logout(request)
            elif clock.now().timestamp() - request.session.get(SEEN, 0) > 60:
                request.session[SEEN] = clock.now().timestamp()
        return self.get_response(request)
