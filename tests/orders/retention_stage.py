"""Orders that nobody works on any more."""

from collections.abc import Callable
from datetime import datetime, timedelta

from orders.actions.erasure_warning import warn_of_erasures
from orders.enums import ENDED_STATES
from orders.models import FilingOrder
from tests.life import Life
from verification.document_store import FACES, all_files
from verification.models import Document

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
Move = Callable[[datetime], None]


def abandoned(life: Life) -> FilingOrder:
    """Submitted, taken back and given up."""
    life.submit()
    life.act("withdraw")
    return life.act("abandon")


def rejected(life: Life) -> FilingOrder:
    life.submit()
    life.take()
    life.comment()
    return life.act("reject", life.reviewer, opinion="请改名")


def left_alone_since(order: FilingOrder) -> datetime:
    """What is sent back begins with the last save, what is over with its end."""
    order.refresh_from_db()
    return order.state_entered_at if order.state in ENDED_STATES else order.updated_at


def warned(at: Move, since: datetime, days: int) -> None:
    """Moves the clock to seven days before `days` are over and lets the applicant be warned."""
    at(since + timedelta(days=days - 7))
    assert warn_of_erasures() == 1


def pictures(order: FilingOrder) -> int:
    return Document.objects.filter(owner=order.pk, erased_at=None).count()


def files() -> int:
    """Of documents in the store."""
    return sum(not file.name.startswith(FACES) for file in all_files())
