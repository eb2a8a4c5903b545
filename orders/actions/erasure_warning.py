"""The applicant is told some days before anything of an order is erased."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from beian import clock
from beian.actions.retention import Keys, run_over
from beian.actors import SYSTEM
from beian.crypto.provider import DecryptionFailed
from orders import notices, workflow
from orders.models import FilingOrder, OrderEvent
from orders.retention import CLOSED_ORDERS, TERMS, Term


def warn_of_erasures() -> int:
    """Returns how many applicants were warned."""
    return sum(_warn(term) for term in TERMS)


def _warn(term: Term) -> int:
    rows = term.to_warn()

    def warn(keys: Keys) -> int:
        return sum(_warn_of(term, rows, key) for key in keys)

    return run_over(term.notice, rows, warn)


def _warn_of(term: Term, rows: QuerySet[FilingOrder], key: UUID) -> bool:
    order = workflow.locked(key)
    if not rows.filter(pk=order.pk).exists():
        return False  # moved, touched or warned since it was found
    event = workflow.record_note(order, term.warning, SYSTEM)
    if term is not CLOSED_ORDERS and CLOSED_ORDERS.to_warn().filter(pk=order.pk).exists():
        # One message says both, and now: no picture goes on a warning that is still to be sent.
        term, event = CLOSED_ORDERS, workflow.record_note(order, CLOSED_ORDERS.warning, SYSTEM)
    _tell(term, order, event)
    return True


def _tell(term: Term, order: FilingOrder, event: OrderEvent) -> None:
    data = {"erase_on": _day(term.erased_from(order))}
    try:
        notices.queue(term.notice, order, event, data)
    except DecryptionFailed:
        # Damaged, or its key is gone: it goes all the same, and nothing goes without a warning.
        notices.queue_unopened(term.notice, order, event, data)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d}"
