"""How a person gets into the portal once who he is has been proved."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from beian import actors, limits
from beian.actors import Actor, ActorKind
from beian.audit import record_audit
from beian.language import settle_language
from beian.middleware import session_life
from beian.models import User
from beian.site_settings import setting
from verification import pending

STAFF_HOME = "verification:staff-home"
# Scope of the limit on attempts per name or phone; a sign-in that succeeds starts it afresh.
ATTEMPTS = "sign_in.name"
FROM_ADDRESS = "sign_in.source"


def safe_next(request: HttpRequest) -> str:
    """The page asked for before sign-in, or "" if it is not one of ours or far too long."""
    target = request.GET.get("next", "")
    if len(target) > setting("sign_in.next_characters"):
        return ""
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else ""


def home_of(user: User) -> str:
    """The first page after sign-in."""
    return resolve_url(STAFF_HOME if user.is_staff else settings.LOGIN_REDIRECT_URL)


def _actor(user: User) -> Actor:
    if user.is_staff:
        roles = frozenset(user.staff_roles.values_list("role", flat=True))
        return actors.staff(user, roles)
    return Actor(ActorKind.APPLICANT, user.pk)


def enter(request: HttpRequest, user: User, next_url: str = "") -> HttpResponse:
    """Begin a session under a new key and lead to `next_url` (one `safe_next` returned)."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    session_life.begin(request)
    pending.forget(request)
    limits.forget(ATTEMPTS, user.login if user.is_staff else user.phone)
    record_audit(_actor(user), "sign_in", obj=user, request=request)
    response = HttpResponseRedirect(next_url or home_of(user))
    settle_language(request, response, user)
    return response
