"""Deadlines are rows; one sweep finds the due ones and hands each to its handler once."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import F, Q

from beian import clock
from beian.actions.staff_alarms import tell_of_failing_deadline
from beian.models import Deadline
from beian.site_settings import setting

Handler = Callable[[Deadline], None]
Lock = Callable[[UUID], object]
_handlers: dict[str, Handler] = {}
_locks: dict[str, Lock] = {}
# The wait after a failure stops growing at this many doublings: about an hour and a half.
_DOUBLINGS = 8
log = structlog.get_logger(__name__)


class UnknownDeadline(Exception):
    """A deadline was set that nobody would act on."""


def handles_deadline(kind: str, *, lock: Lock | None = None) -> Callable[[Handler], Handler]:
    """Register the function that acts when a deadline of `kind` is due.

    It runs inside the transaction that closes the row, must be safe to run when the reason has
    passed, and must not call the network. `lock` locks the object: whoever acts on the object
    locks it first and moves its deadlines then, so the sweep has to keep the same order.
    """

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        if lock is not None:
            _locks[kind] = lock
        return handler

    return register


def deadline_kinds() -> frozenset[str]:
    return frozenset(_handlers)


def _must_be_known(kind: str) -> None:
    if kind not in _handlers:
        raise UnknownDeadline(f"no handler for deadlines of kind {kind!r}")


def set_deadline(kind: str, object_id: UUID, due_at: datetime) -> Deadline:
    """Open (or move) the one deadline of `kind` for an object."""
    _must_be_known(kind)
    deadline, _created = Deadline.objects.update_or_create(
        kind=kind,
        object_id=object_id,
        done_at=None,
        cancelled_at=None,
        defaults={"due_at": due_at, "failure_count": 0, "failure": "", "not_before": None},
        create_defaults={"due_at": due_at, "created_at": clock.now()},
    )
    return deadline


def move_deadline(kind: str, object_id: UUID, due_at: datetime) -> None:
    """Like `set_deadline`, in one statement where the deadline is open already, as it mostly is."""
    rows = Deadline.objects.filter(kind=kind, object_id=object_id, done_at=None, cancelled_at=None)
    if not rows.update(due_at=due_at, failure_count=0, failure="", not_before=None):
        set_deadline(kind, object_id, due_at)


def set_deadlines(object_id: UUID, due: Mapping[str, datetime]) -> None:
    """Like `set_deadline` for several kinds of one object, for whoever holds its lock."""
    for kind in due:
        _must_be_known(kind)
    rows = Deadline.objects.filter(
        kind__in=due, object_id=object_id, done_at=None, cancelled_at=None
    )
    known = set(rows.values_list("kind", flat=True)) if due else set()
    for kind in known:
        move_deadline(kind, object_id, due[kind])
    now = clock.now()
    Deadline.objects.bulk_create(
        Deadline(kind=kind, object_id=object_id, due_at=due_at, created_at=now)
        for kind, due_at in due.items()
        if kind not in known
    )


def cancel_deadlines(object_id: UUID, *kinds: str) -> int:
    """Close open deadlines of an object (all kinds if none is named) without acting."""
    rows = Deadline.objects.filter(object_id=object_id, done_at=None, cancelled_at=None)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return rows.update(cancelled_at=clock.now())


def open_deadline(kind: str, object_id: UUID) -> Deadline | None:
    return Deadline.objects.filter(
        kind=kind, object_id=object_id, done_at=None, cancelled_at=None
    ).first()


def _act(deadline_id: int) -> bool:
    with transaction.atomic():
        seen = Deadline.objects.get(pk=deadline_id)
        if seen.kind in _locks:
            _locks[seen.kind](seen.object_id)
        rows = Deadline.objects.filter(pk=deadline_id, done_at=None, cancelled_at=None)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True, no_key=True)
        deadline = rows.first()
        # Moved to a later time since the sweep looked: nothing to do yet.
        if deadline is None or deadline.due_at > clock.now():
            return False
        deadline.done_at = clock.now()
        deadline.save(update_fields=["done_at"])
        _handlers[deadline.kind](deadline)
    return True


def _act_alone(deadline_id: int) -> bool:
    try:
        return _act(deadline_id)
    except Exception as error:  # one broken row must not hold up every later deadline
        log.exception("deadline failed", deadline=deadline_id)
        _put_off(deadline_id, error)
        return False


def _put_off(deadline_id: int, error: Exception) -> None:
    """Count the failure and try again later, each time after a longer wait."""
    deadline = Deadline.objects.get(pk=deadline_id)
    wait = setting("deadline.retry_seconds") * 2 ** min(deadline.failure_count, _DOUBLINGS)
    if deadline.failure_count + 1 == setting("attention.deadline_failures"):
        tell_of_failing_deadline()
    open_row = Deadline.objects.filter(pk=deadline_id, done_at=None, cancelled_at=None)
    open_row.update(
        failure_count=F("failure_count") + 1,
        failure=type(error).__name__[:100],
        not_before=clock.now() + timedelta(seconds=wait),
    )


def sweep_deadlines(limit: int = 200) -> int:
    """Act on due deadlines, each in its own transaction; returns how many were acted on.

    A row whose handler fails stays open, is logged and is tried again later, behind the others.
    """
    now = clock.now()
    due = Deadline.objects.filter(done_at=None, cancelled_at=None, due_at__lte=now)
    due = due.filter(Q(not_before=None) | Q(not_before__lte=now))
    ids = list(due.order_by("due_at").values_list("pk", flat=True)[:limit])
    return sum(_act_alone(deadline_id) for deadline_id in ids)
