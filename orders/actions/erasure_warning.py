"""The applicant is told some days before anything of an order is erased."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from beian import clock
from beian.actions.retention import Keys, run_over
from beian.actors import SYSTEM
from orders import notices, workflow
from orders.models import FilingOrder
from orders.retention import TERMS, Term


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
    notices.queue(term.notice, order, event, {"erase_on": _day(term.erased_from(order))})
    return True


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d}"
