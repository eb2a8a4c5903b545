"""A page of a claimed case that stays open says so from time to time, and keeps the case."""

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from beian.access import Level, access
from beian.dates import moment_text
from orders.actions.review import extend_lease
from orders.views.desk import REVIEWERS, case_of


@access(Level.STAFF, *REVIEWERS)
@require_POST
def heartbeat(request: HttpRequest, pk: UUID) -> JsonResponse:
    """{"until": text} while the case is this person's, {"until": null} once it is not."""
    order = case_of(pk, request.actor)
    if not extend_lease(request.actor, order_id=order.pk):
        return JsonResponse({"until": None})
    order.refresh_from_db(fields=["lease_until"])
    return JsonResponse({"until": moment_text(order.lease_until) if order.lease_until else None})
