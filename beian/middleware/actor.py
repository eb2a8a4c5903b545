"""Puts `request.actor`, `request.account` and `request.membership` in place."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from beian import actors
from beian.models import Membership


def _applicant(request: HttpRequest) -> None:
    membership = (
        Membership.objects.select_related("account", "user")
        .filter(user=request.user)
        .order_by("pk")
        .first()
    )
    if membership is None:
        return
    request.membership = membership
    request.account = membership.account
    request.actor = actors.applicant(membership.user, membership.account, membership.role)


class ActorMiddleware:
    """One query for an applicant, one for staff, none for the public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership = request.account = None
        request.actor = actors.ANONYMOUS
        if request.user.is_authenticated:
            if request.user.is_staff:
                roles = frozenset(request.user.staff_roles.values_list("role", flat=True))
                request.actor = actors.staff(request.user, roles)
            else:
                _applicant(request)
        return self.get_response(request)
