"""Days of silence that are counted no more: an upgrade or an operator switched them off."""

from uuid import UUID

from django.db import transaction

from beian.actions.deadlines import cancel_deadlines
from orders import due, workflow
from orders.enums import EDITABLE_STATES, OrderState
from orders.models import FilingOrder
from orders.transitions import IDLE


def drop_idle_limits() -> int:
    """Take the day of expiry from orders that do not expire; returns from how many.

    Pages and reminders would go on telling a day that means nothing.
    """
    states = (*EDITABLE_STATES, OrderState.NEEDS_SUPPLEMENT)
    dated = FilingOrder.objects.filter(state__in=states).exclude(due_at=None).order_by("pk")
    rows = dated.only("pk", "province")
    return sum(_drop_limit(order.pk) for order in rows if due.never_expires(order))


@transaction.atomic
def _drop_limit(order_id: UUID) -> bool:
    order = workflow.locked(order_id)
    # Submitted, or the limit switched on again, since it was looked for.
    if not order.is_editable or not due.never_expires(order):
        return False
    cancel_deadlines(order.pk, *IDLE)
    return bool(FilingOrder.objects.filter(pk=order.pk).exclude(due_at=None).update(due_at=None))
