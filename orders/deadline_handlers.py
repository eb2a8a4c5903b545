"""What happens to an order when a deadline is due. Each is safe when the reason has passed."""

from collections.abc import Collection
from functools import partial

from beian import clock
from beian.actions.deadlines import (
    Together,
    handles_deadline,
    handles_together,
    open_deadline,
    set_deadline,
)
from beian.actors import SYSTEM
from beian.models import Deadline
from orders import due, notices, staff_notices, workflow
from orders.enums import OrderState
from orders.models import FilingOrder
from orders.public_security import reminder_facts, services_without_number

_OVERDUE_IN = {
    "initial_review": {OrderState.INITIAL_REVIEW, OrderState.RESUBMITTED},
    "bureau_submission": {OrderState.PENDING_BUREAU_SUBMISSION},
    "bureau_review": {OrderState.BUREAU_REVIEW},
}


def _note_overdue(deadline: Deadline) -> None:
    """Nothing moves by itself here; the history and the lists show that a limit was missed."""
    order = workflow.locked(deadline.object_id)
    if order.state in _OVERDUE_IN[deadline.kind]:
        event = workflow.record_note(order, f"overdue_{deadline.kind}", SYSTEM)
        staff_notices.queue_about_order(event.name, order, str(event.pk))


for _kind in _OVERDUE_IN:
    handles_deadline(_kind, lock=workflow.locked)(_note_overdue)


# Somebody acted at the last moment; any other refusal is a mistake of ours.
_TOO_LATE = {"state", "may_release"}


def _apply_if_possible(deadline: Deadline, transition: str) -> None:
    try:
        workflow.apply(deadline.object_id, transition, SYSTEM)
    except workflow.Refused as refusal:
        if refusal.code not in _TOO_LATE:
            raise


def _apply_together(orders: Collection[FilingOrder], transition: str) -> None:
    for refusal in workflow.apply_together(orders, transition, SYSTEM):
        if refusal.code not in _TOO_LATE:
            raise refusal


@handles_deadline("review_warning", lock=workflow.locked)
def warn_of_unclaimed_review(deadline: Deadline) -> None:
    """The limit is near and nobody has the case: the reviewers are told once."""
    order = workflow.locked(deadline.object_id)
    if order.state in _OVERDUE_IN["initial_review"] and not order.is_claimed:
        staff_notices.queue_about_order("review_waiting", order, f"deadline:{deadline.pk}")


@handles_deadline("sms_verification", lock=workflow.locked)
def time_out_sms(deadline: Deadline) -> None:
    _apply_if_possible(deadline, "time_out_sms")


handles_together(
    "sms_verification",
    Together(workflow.locked_together, partial(_apply_together, transition="time_out_sms")),
)


@handles_deadline("idle_expiry", lock=workflow.locked)
def expire(deadline: Deadline) -> None:
    order = workflow.locked(deadline.object_id)
    if due.never_expires(order):  # switched off since the deadline was set
        FilingOrder.objects.filter(pk=order.pk).update(due_at=None)
        return
    _apply_if_possible(deadline, "expire")


@handles_deadline("lease", lock=workflow.locked)
def release_lapsed_lease(deadline: Deadline) -> None:
    order = FilingOrder.objects.get(pk=deadline.object_id)
    resubmitted = order.state == OrderState.RESUBMITTED
    _apply_if_possible(deadline, "release_resubmitted" if resubmitted else "release")


@handles_deadline("idle_reminder", lock=workflow.locked)
def remind_idle(deadline: Deadline) -> None:
    order = workflow.locked(deadline.object_id)
    if not order.is_editable or due.never_expires(order):
        return
    event = workflow.record_note(order, "idle_reminder", SYSTEM)
    notices.queue("idle_reminder", order, event)
    # Counted from the applicant's last act, not from this reminder.
    expiry = open_deadline("idle_expiry", order.pk)
    following = (
        due.next_idle_reminder(order, since=due.silent_since(order, expiry)) if expiry else None
    )
    if following is not None:
        set_deadline("idle_reminder", order.pk, following)


def _is_over(order: FilingOrder) -> bool:
    return order.due_at is not None and order.due_at <= clock.now()


@handles_deadline("sms_reminder", lock=workflow.locked)
def remind_sms(deadline: Deadline) -> None:
    order = workflow.locked(deadline.object_id)
    # A sweep that comes late must not ask for something that is no longer possible.
    if order.state != OrderState.SMS_VERIFICATION or _is_over(order):
        return
    event = workflow.record_note(order, "sms_reminder", SYSTEM)
    notices.queue("sms_reminder", order, event)
    due.start(order, ("sms_reminder",))


@handles_deadline("public_security_reminder", lock=workflow.locked)
def remind_public_security(deadline: Deadline) -> None:
    """Ends by itself: after the last day, or when every service has its number."""
    order = workflow.locked(deadline.object_id)
    waiting = services_without_number(order)
    if order.state != OrderState.FILED or not waiting:
        return
    event = workflow.record_note(order, "public_security_reminder", SYSTEM)
    notices.queue("public_security_reminder", order, event, reminder_facts(order, waiting))
    due.start(order, ("public_security_reminder",))
