"""The one door: the only writer of `FilingOrder.state`.

Locks the row, re-reads it, checks version, actor and guards, then writes state, event, notices and
deadlines in one transaction. A refusal has a reason a page can show before the click.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Max, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from beian import clock, logs
from beian.actions.deadlines import cancel_deadlines, cancel_deadlines_of
from beian.actors import Actor, ActorKind
from orders import due, effects, effects_together, guards, notices
from orders.models import FilingOrder, OrderEvent
from orders.transitions import BY_NAME, START, Transition, from_state


class Refused(Exception):
    """The act is not possible now; `reason` is for people, `code` for programs and tests."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


class Stale(Refused):
    """Somebody was faster: the page shows an older version of the order."""

    def __init__(self) -> None:
        super().__init__("stale", _("订单刚刚有了变化，请查看最新内容后再操作。"))


@dataclass(frozen=True)
class Option:
    """One edge an actor could take now; `reason` is empty when it is open."""

    transition: Transition
    code: str
    reason: str

    @property
    def is_open(self) -> bool:
        return not self.code


def _may_act(transition: Transition, order: FilingOrder, actor: Actor) -> bool:
    if actor.kind not in transition.kinds:
        return False
    if actor.kind is ActorKind.APPLICANT:
        return actor.files_for(order.account_id)
    if actor.kind is ActorKind.STAFF:
        return not transition.roles or actor.has_role(*transition.roles)
    return True


def _check(
    transition: Transition,
    order: FilingOrder,
    actor: Actor,
    data: Mapping,
    answers: dict[str, str] | None = None,
) -> None:
    """Raises Refused. `answers` keeps what guards said, where several edges ask the same ones."""
    known = {} if answers is None else answers
    if order.state not in transition.from_states:
        reason = _("订单现在是“%(state)s”，不能%(act)s。")
        raise Refused(
            "state", reason % {"state": order.get_state_display(), "act": transition.label}
        )
    if not _may_act(transition, order, actor):
        raise Refused("actor", _("您没有%(act)s的权限。") % {"act": transition.label})
    for name in transition.guards:
        if name not in known:
            known[name] = guards.GUARDS[name](order, actor, data)
        if known[name]:
            raise Refused(name, known[name])


def locked(order_id: UUID) -> FilingOrder:
    """The order's row and its key, locked until the transaction ends; re-read after the lock."""
    rows = FilingOrder.objects.with_key().select_for_update(of=("self",), no_key=True)
    return rows.get(pk=order_id)


def locked_together(order_ids: Collection[UUID]) -> dict[UUID, FilingOrder]:
    """Those of the orders that nobody else holds, in the same sequence by every caller."""
    rows = FilingOrder.objects.filter(pk__in=order_ids).order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
    return {order.pk: order for order in rows.with_key()}


def _write_event(
    order: FilingOrder, transition: Any, actor: Actor, data: Mapping, old: str
) -> OrderEvent:
    last = Subquery(order.events.order_by("-sequence").values("sequence")[:1])
    event = _event(order, transition, actor, data, old, Coalesce(last, 0) + 1)
    event.save(force_insert=True)
    # The database counted; whoever wants the number reads it.
    del event.sequence
    return event


def _event(
    order: FilingOrder, transition: Any, actor: Actor, data: Mapping, old: str, sequence: Any
) -> OrderEvent:
    """Not saved yet; `sequence` is a number or what the database works out to one."""
    event = OrderEvent(
        order=order,
        sequence=sequence,
        at=order.state_entered_at if old != order.state else clock.now(),
        name=transition.name,
        from_state=old,
        to_state=order.state,
        round=order.round,
        actor_kind=actor.kind,
        actor_user_id=actor.user_id,
        # An applicant's name could not be taken out again when the order is erased.
        actor_label="" if actor.kind is ActorKind.APPLICANT else actor.label[:60],
        reason_codes=list(data.get("reason_codes", [])),
        to_user_id=data.get("to_user_id"),
    )
    event.say(data.get("opinion", ""))
    return event


def _columns(order: FilingOrder) -> dict[str, Any]:
    fields = FilingOrder._meta.concrete_fields
    return {field.attname: getattr(order, field.attname) for field in fields}


def _changes(order: FilingOrder, read: dict[str, Any]) -> dict[str, Any]:
    """Columns that are to be written, the next version among them."""
    order.version += 1
    return {name: value for name, value in _columns(order).items() if value != read[name]}


def _save(order: FilingOrder, read: dict[str, Any]) -> None:
    """Write what changed if nobody wrote since it was read (SQLite has no row locks).

    After an error the transaction is at its end: `apply` has to be left by the exception.
    """
    changes = _changes(order, read)
    row = FilingOrder.objects.filter(pk=order.pk, version=read["version"])
    try:
        written = row.update(**changes, updated_at=clock.now())
    except IntegrityError as error:
        # Two orders passed their guards at once; the database lets one of them have it.
        raise Refused(
            "taken", _("刚刚有另一个订单占用了同一账号、证件或域名，请核对后再试。")
        ) from error
    if not written:
        raise Stale


@transaction.atomic
def apply(
    order_id: UUID, name: str, actor: Actor, *, version: int | None = None, **data: Any
) -> FilingOrder:
    """Take one edge. `version` is the page's token; `data` feeds guards, effects and notices.

    Raises Refused (with the guard's name as code) or Stale; nothing is changed then.
    """
    return apply_to(locked(order_id), name, actor, version=version, **data)


def apply_to(
    order: FilingOrder, name: str, actor: Actor, *, version: int | None = None, **data: Any
) -> FilingOrder:
    """What `apply` does, for an order that `locked` returned in the same transaction.

    Whoever catches what it raises has to undo the transaction, or its own part of it, first.
    """
    transition = BY_NAME[name]
    logs.order_id.set(str(order.pk))
    if version is not None and version != order.version:
        raise Stale
    read = _columns(order)
    _check(transition, order, actor, data)
    old = order.state
    order.state = transition.to_state
    if old != order.state:
        order.state_entered_at = clock.now()
    for effect in transition.effects:
        effects.EFFECTS[effect](order, actor, data)
    if transition.stop:
        cancel_deadlines(order.pk, *transition.stop)
    if old != order.state:
        order.due_at = None
    due.start(order, transition.start)
    _save(order, read)
    event = _write_event(order, transition, actor, data, old)
    for notice in transition.notices:
        notices.queue(notice, order, event, data)
    return order


@transaction.atomic
def apply_together(orders: Collection[FilingOrder], name: str, actor: Actor) -> list[Refused]:
    """Take one edge for many orders that `locked_together` returned; returns the refusals.

    The rows are those that `apply` writes for each, the statements a few for all. Only for edges
    whose effects are known for many (effects_together.py).
    """
    transition = BY_NAME[name]
    moving, refusals = [], []
    for order in orders:
        try:
            _check(transition, order, actor, {})
        except Refused as refusal:
            refusals.append(refusal)
        else:
            moving.append(order)
    if moving:
        _move_together(moving, transition, actor)
    return refusals


def _move_together(orders: list[FilingOrder], transition: Transition, actor: Actor) -> None:
    read = [_columns(order) for order in orders]
    for order in orders:
        if order.state != transition.to_state:
            order.state, order.state_entered_at = transition.to_state, clock.now()
            order.due_at = None
    for effect in transition.effects:
        effects_together.EFFECTS[effect](orders)
    cancel_deadlines_of([order.pk for order in orders], *transition.stop)
    due.start_together(orders, transition.start)
    _save_together(orders, read)
    old = [columns["state"] for columns in read]
    events = _write_events(orders, transition, actor, old)
    for notice in transition.notices:
        notices.queue_together(notice, events, {})


def _save_together(orders: list[FilingOrder], read: list[dict[str, Any]]) -> None:
    """Write what changed, a statement for all orders of which the same is to be written."""
    alike: list[tuple[dict[str, Any], list[UUID]]] = []
    for order, before in zip(orders, read, strict=True):
        now = _changes(order, before)
        keys = next((keys for changes, keys in alike if changes == now), None)
        if keys is None:
            alike.append((now, [order.pk]))
        else:
            keys.append(order.pk)
    for changes, keys in alike:
        # By the version that was read, as `_save` does: SQLite has no row locks.
        rows = FilingOrder.objects.filter(pk__in=keys, version=changes["version"] - 1)
        if rows.update(**changes, updated_at=clock.now()) != len(keys):
            raise Stale


def _write_events(
    orders: list[FilingOrder], transition: Transition, actor: Actor, old: list[str]
) -> list[OrderEvent]:
    rows = OrderEvent.objects.filter(order__in=orders).order_by().values_list("order")
    last = dict(rows.annotate(Max("sequence")))
    return OrderEvent.objects.bulk_create(
        _event(order, transition, actor, {}, state, last.get(order.pk, 0) + 1)
        for order, state in zip(orders, old, strict=True)
    )


@transaction.atomic
def start(order: FilingOrder, actor: Actor) -> FilingOrder:
    """T1: store a new draft with its first event and its idle deadlines."""
    if not actor.files_for(order.account_id):
        raise Refused("actor", _("您没有%(act)s的权限。") % {"act": START.label})
    refusal = guards.GUARDS["may_start"](order, actor, {})
    if refusal:
        raise Refused("may_start", refusal)
    order.state = START.to_state
    order.state_entered_at = order.created_at = clock.now()
    order.due_at = None
    due.start(order, ("idle_reminder", "idle_expiry"))
    order.save(force_insert=True)
    _write_event(order, START, actor, {}, "")
    return order


def available(
    order: FilingOrder, actor: Actor, *, names: Collection[str] | None = None, **data: Any
) -> list[Option]:
    """Every edge of this kind of actor from here, each open or with the reason why not.

    `names` limits it to some: a page need not ask guards whose answer it does not show.
    """
    options: list[Option] = []
    answers: dict[str, str] = {}
    for transition in from_state(order.state):
        if actor.kind not in transition.kinds:
            continue
        if names is not None and transition.name not in names:
            continue
        try:
            _check(transition, order, actor, data, answers)
        except Refused as refusal:
            options.append(Option(transition, refusal.code, refusal.reason))
        else:
            options.append(Option(transition, "", ""))
    return options


def record_note(order: FilingOrder, name: str, actor: Actor, **data: Any) -> OrderEvent:
    """Add an event that moves nothing (overdue, reminder): no deadline passes silently."""
    note = _Note(name)
    return _write_event(order, note, actor, data, order.state)


@dataclass(frozen=True)
class _Note:
    name: str


__all__ = [
    "Option",
    "Refused",
    "Stale",
    "apply",
    "apply_to",
    "available",
    "locked",
    "record_note",
    "start",
]
