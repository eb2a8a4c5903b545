"""Deadlines are rows; one sweep finds the due ones and hands each to its handler once."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from beian import clock
from beian.actions.staff_alarms import tell_of_failing_deadline
from beian.models import Deadline
from beian.site_settings import setting

Handler = Callable[[Deadline], None]
Lock = Callable[[UUID], object]
_handlers: dict[str, Handler] = {}
_locks: dict[str, Lock] = {}


@dataclass(frozen=True)
class Together:
    """How deadlines of a kind are acted on in one transaction.

    `lock` locks those of the objects that nobody else holds and returns them by id; `act` does for
    them what the handler does for each, with the same rows written.
    """

    lock: Callable[[Collection[UUID]], Mapping[UUID, Any]]
    act: Callable[[Collection[Any]], None]


_together: dict[str, Together] = {}
# The wait after a failure stops growing at this many doublings: about an hour and a half.
_DOUBLINGS = 8
# Of a sweep: as many objects are locked at once, and only for the moment that takes.
_LIMIT = 200
# Less than beat waits before it asks for the next sweep.
_SWEEPING_S = 4.0
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


def handles_together(kind: str, together: Together) -> None:
    """Register how many deadlines of `kind` are acted on at once; the handler stays."""
    _together[kind] = together


def deadline_kinds() -> frozenset[str]:
    return frozenset(_handlers)


def _must_be_known(kind: str) -> None:
    if kind not in _handlers:
        raise UnknownDeadline(f"no handler for deadlines of kind {kind!r}")


def set_deadline(kind: str, object_id: UUID, due_at: datetime) -> None:
    """Open (or move) the one deadline of `kind` for an object."""
    set_deadlines(object_id, {kind: due_at})


def set_deadlines(object_id: UUID, due: Mapping[str, datetime]) -> None:
    """The same for several kinds of one object."""
    for kind in due:
        _must_be_known(kind)
    Deadline.objects.put((kind, object_id, due_at) for kind, due_at in due.items())


def cancel_deadlines(object_id: UUID, *kinds: str) -> int:
    """Close open deadlines of an object (all kinds if none is named) without acting."""
    rows = Deadline.objects.filter(object_id=object_id, done_at=None, cancelled_at=None)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return rows.update(cancelled_at=clock.now())


def set_deadlines_of(kind: str, due: Mapping[UUID, datetime]) -> None:
    """The same for one kind of several objects."""
    _must_be_known(kind)
    Deadline.objects.put((kind, object_id, due_at) for object_id, due_at in due.items())


def cancel_deadlines_of(object_ids: Collection[UUID], *kinds: str) -> None:
    """What `cancel_deadlines` does for each object, in one statement."""
    rows = Deadline.objects.filter(kind__in=kinds, done_at=None, cancelled_at=None)
    rows.filter(object_id__in=object_ids).update(cancelled_at=clock.now())


def open_deadline(kind: str, object_id: UUID) -> Deadline | None:
    return Deadline.objects.filter(
        kind=kind, object_id=object_id, done_at=None, cancelled_at=None
    ).first()


def _skipping_locked(rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True, no_key=True)
    return rows


def _act_together(kind: str, due: Mapping[int, UUID]) -> set[int]:
    """Act on deadlines of one kind ({id: object}) at once, or on none; returns the ids.

    Objects that others hold are left out, as their deadlines may just be moving.
    """
    with transaction.atomic(), clock.standing():
        objects = _together[kind].lock(set(due.values()))
        ids = [deadline_id for deadline_id, object_id in due.items() if object_id in objects]
        rows = Deadline.objects.filter(pk__in=ids, done_at=None, cancelled_at=None)
        free = _skipping_locked(rows.filter(due_at__lte=clock.now()))
        taken = dict(free.values_list("pk", "object_id"))
        Deadline.objects.filter(pk__in=taken).update(done_at=clock.now())
        _together[kind].act([objects[object_id] for object_id in taken.values()])
    return set(taken)


def _try_together(kind: str, due: Mapping[int, UUID]) -> set[int]:
    try:
        return _act_together(kind, due)
    except Exception as error:  # noqa: BLE001  # whichever row is broken is found one by one
        log.warning("deadlines failed together", kind=kind, reason=type(error).__name__)
        return set()


def _act(deadline_id: int) -> bool:
    with transaction.atomic():
        seen = Deadline.objects.get(pk=deadline_id)
        if seen.kind in _locks:
            _locks[seen.kind](seen.object_id)
        rows = Deadline.objects.filter(pk=deadline_id, done_at=None, cancelled_at=None)
        deadline = _skipping_locked(rows).first()
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


def sweep_deadlines(limit: int = _LIMIT) -> int:
    """Act on due deadlines; returns how many were acted on.

    Several of a kind that can be acted on together are, in one transaction; whatever is left over
    has one of its own each. A row whose handler fails stays open, is logged and is tried again
    later, behind the others.
    """
    now = clock.now()
    due = Deadline.objects.filter(done_at=None, cancelled_at=None, due_at__lte=now)
    due = due.filter(Q(not_before=None) | Q(not_before__lte=now))
    rows = list(due.order_by("due_at").values_list("pk", "kind", "object_id")[:limit])
    # What else is due for the same object has its turn, so such an object goes alone.
    times = Counter(object_id for _pk, _kind, object_id in rows)
    acted: set[int] = set()
    for kind in _together:
        several = {pk: of for pk, of_kind, of in rows if of_kind == kind and times[of] == 1}
        if len(several) > 1:
            acted |= _try_together(kind, several)
    return len(acted) + sum(_act_alone(pk) for pk, _kind, _object in rows if pk not in acted)


def sweep_while_due() -> int:
    """Sweep again as long as there is more than one sweep takes, until the next one is due."""
    end = monotonic() + _SWEEPING_S
    total = acted = sweep_deadlines()
    while acted == _LIMIT and monotonic() < end:
        acted = sweep_deadlines()
        total += acted
    return total
