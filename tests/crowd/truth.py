"""What must be true of an order however many people were at it: replayed from its own history.

Each function gives a line per thing that is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise

from beian.enums import Channel, ResourceUseState
from beian.models import Deadline, InternetService, Notice, ResourceUse, Subject
from orders import notices
from orders.enums import CLOSED_STATES, RUNNING_STATES, OrderState, RecordType
from orders.models import FilingOrder, OrderEvent
from orders.transitions import BY_NAME, START, TRANSITIONS, Transition
from tests.orders.invariants import AFTERWARDS

Lines = Iterator[str]
EDGES = {
    (source, transition.to_state, transition.name)
    for transition in TRANSITIONS
    for source in transition.from_states
}
SMS_RESULTS = ("tell_bureau_verified", "return_sms_timeout", "return_too_many_errors")


def _transition(event: OrderEvent) -> Transition | None:
    return BY_NAME.get(event.name)


def _with_effect(events: list[OrderEvent], *effects: str) -> int:
    """How many events of the history have one of these effects, by the state table."""
    rows = [transition for transition in map(_transition, events) if transition is not None]
    return sum(any(effect in row.effects for effect in effects) for row in rows)


def illegal_edges(order: FilingOrder, events: list[OrderEvent]) -> Lines:
    for event in events[1:]:
        is_note = event.name not in BY_NAME and event.from_state == event.to_state
        if (event.from_state, event.to_state, event.name) not in EDGES and not is_note:
            yield f"{event.name}: {event.from_state} → {event.to_state}"


def broken_histories(order: FilingOrder, events: list[OrderEvent]) -> Lines:
    if [event.sequence for event in events] != list(range(1, len(events) + 1)):
        yield f"numbers {[event.sequence for event in events]}"
    if events[0].name != START.name or events[-1].to_state != order.state:
        yield f"from {events[0].name} to {events[-1].to_state}, now {order.state}"
    for before, after in pairwise(events):
        if after.from_state != before.to_state:
            yield f"{before.to_state}, then {after.name} from {after.from_state}"


def wrong_notices(order: FilingOrder, events: list[OrderEvent]) -> Lines:
    """Each event has the messages its row of the table names, each to the account once."""
    rows = Notice.objects.filter(order_id=order.pk).values_list("event_key", "channel")
    told = Counter((key, Channel(channel)) for key, channel in rows)
    for event in events:
        transition = _transition(event)
        for name in transition.notices if transition else ():
            text = notices.texts()[name]
            found = {channel for key, channel in told if key == f"{event.pk}:{name}"}
            wanted = set(map(Channel, text.channels))
            if not found or not found <= wanted:
                yield f"{event.name} told {name} by {sorted(found)}"
            if Channel.PORTAL in wanted and told[f"{event.pk}:{name}", Channel.PORTAL] != 1:
                yield f"{event.name} told {name} in the portal other than once"
    known = {str(event.pk) for event in events}
    strays = {key for key, _channel in told if key.partition(":")[0].isdigit()}
    yield from (f"message of no event: {k}" for k in strays if k.partition(":")[0] not in known)


def wrong_holds(order: FilingOrder, events: list[OrderEvent]) -> Lines:
    """The slot is held from the first submission on, freed at the end, used up by the filing."""
    expected = ""
    for transition in filter(None, map(_transition, events)):
        for effect, state in HOLD_EFFECTS.items():
            if effect in transition.effects and (expected or effect == "hold_resource"):
                expected = state
    states = ResourceUse.objects.filter(order_id=order.pk).values_list("state", flat=True)
    taken = sorted(state for state in states if state != ResourceUseState.RELEASED)
    if taken != ([expected] if expected and expected != ResourceUseState.RELEASED else []):
        yield f"slots {taken}, expected {expected or 'none'}"


HOLD_EFFECTS = {
    "hold_resource": ResourceUseState.HELD,
    "release_resource": ResourceUseState.RELEASED,
    "consume_resource": ResourceUseState.CONSUMED,
}


def wrong_submissions(order: FilingOrder, events: list[OrderEvent]) -> Lines:
    rows = list(order.submissions.order_by("round"))
    times = _with_effect(events, "freeze_submission")
    if [row.round for row in rows] != list(range(1, times + 1)) or order.round != times:
        yield f"rounds {[row.round for row in rows]}, submitted {times} times, now {order.round}"
    yield from (f"submission {row.round} was changed" for row in rows if not row.is_intact())


def wrong_content(order: FilingOrder, events: list[OrderEvent]) -> Lines:
    """While others decide, the draft is what was submitted."""
    if order.state in RUNNING_STATES and order.dossier != order.submission.dossier:
        yield f"{order.state} with a draft of its own"


def wrong_records(order: FilingOrder, events: list[OrderEvent]) -> Lines:
    """One filing record per hand-over, one word about the SMS step per end of it."""
    records = Counter(order.bureau_records.values_list("record_type", flat=True))
    handed_over = sum(event.name == "hand_over" for event in events)
    if records[RecordType.FIRST_FILING] != handed_over:
        yield f"{records[RecordType.FIRST_FILING]} records of {handed_over} hand-overs"
    ends = _with_effect(events, *SMS_RESULTS)
    if records[RecordType.SMS_RESULT] != ends:
        yield f"{records[RecordType.SMS_RESULT]} SMS results of {ends} ends"


def wrong_register(order: FilingOrder, events: list[OrderEvent]) -> Lines:
    granted = _with_effect(events, "write_register")
    services = InternetService.objects.filter(order_id=order.pk).count()
    subjects = Subject.objects.filter(account_id=order.account_id).count()
    if services != granted or (granted and subjects != 1):
        yield f"{services} services and {subjects} subjects of {granted} grants"
    if granted != int(order.state == OrderState.FILED):
        yield f"granted {granted} times, now {order.state}"


def wrong_deadlines(order: FilingOrder, events: list[OrderEvent]) -> Lines:
    """A closed order has a reminder due at most; an open one what its state starts, or is late."""
    rows = Deadline.objects.filter(object_id=order.pk, done_at=None, cancelled_at=None)
    kinds = set(rows.values_list("kind", flat=True))
    if order.state in CLOSED_STATES:
        kinds -= AFTERWARDS.get(order.state, set())
        if kinds:
            yield f"{order.state} with {sorted(kinds)} open"
        return
    strange = kinds - _kinds_of(order.state)
    if strange:
        yield f"{order.state} with {sorted(strange)} open"
    if not kinds and not any(event.name.startswith("overdue") for event in events):
        yield f"{order.state} with nothing due"


def _kinds_of(state: str) -> set[str]:
    """Kinds started by an edge into the state, or by the beginning of an order."""
    idle = {"idle_reminder", "idle_expiry"} if state == OrderState.DRAFT else set()
    return idle.union(*(row.start for row in TRANSITIONS if row.to_state == state))


def wrong_claims(order: FilingOrder, events: list[OrderEvent]) -> Lines:
    """Two people take a case in turn only if the first one's lease was over.

    A take whose own transaction met a jump of the clock has a lease from before the jump.
    """
    taken = before = None
    for event in events:
        transition = _transition(event)
        effects = transition.effects if transition else ()
        if "drop_assignment" in effects:
            taken = None
        if "assign_to_actor" in effects:
            if taken is not None and event.at - taken < SHORTER_THAN_A_LEASE:
                yield f"taken twice within {event.at - taken}"
            met_a_jump = before is not None and event.at - before > SHORTER_THAN_A_JUMP
            taken = None if met_a_jump else event.at
        before = event.at


SHORTER_THAN_A_LEASE = timedelta(minutes=10)
SHORTER_THAN_A_JUMP = timedelta(minutes=50)

CHECKS: dict[str, Callable[[FilingOrder, list[OrderEvent]], Lines]] = {
    check.__name__: check
    for check in (
        illegal_edges,
        broken_histories,
        wrong_notices,
        wrong_holds,
        wrong_submissions,
        wrong_content,
        wrong_records,
        wrong_register,
        wrong_deadlines,
        wrong_claims,
    )
}
