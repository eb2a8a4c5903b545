"""What holds for orders at any time, whoever did what. A check raises AssertionError.

Everything a check looks at is read once (`House`), so that a check costs no query.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from beian import clock
from beian.enums import Channel, ResourceUseState
from beian.models import Deadline, InternetService, Notice, ResourceUse, StaffNotice, Subject
from orders.dossier.index import index_columns
from orders.due import MAIN
from orders.enums import CLOSED_STATES, RUNNING_STATES, HandoverState, OrderState, ResultState
from orders.models import (
    BureauFile,
    BureauRecord,
    BureauResult,
    FilingOrder,
    OrderEvent,
    Submission,
)
from orders.notices import texts
from orders.transitions import BY_NAME, TRANSITIONS

EDGES = {
    (source, transition.to_state, transition.name)
    for transition in TRANSITIONS
    for source in transition.from_states
}
# The clock of each open state; the first three are noted when missed, the others move the order.
CLOCKS = {
    OrderState.INITIAL_REVIEW: "initial_review",
    OrderState.RESUBMITTED: "initial_review",
    OrderState.PENDING_BUREAU_SUBMISSION: "bureau_submission",
    OrderState.BUREAU_REVIEW: "bureau_review",
    OrderState.SMS_VERIFICATION: "sms_verification",
}
IDLE = "idle_expiry"
# Notes in the history that say something to people; they are no edges of the table.
TOLD_NOTES = (
    "idle_reminder",
    "sms_reminder",
    "public_security_reminder",
    "truthfulness_confirmed",
    "truthfulness_withdrawn",
    "photo_lapsed",
    "truthfulness_restricted",
    "face_consent_withdrawn",
    "face_photo_withdrawn",
    "truthfulness_refused",
    "meeting_requested",
    "meeting_cancelled",
    "meeting_scheduled",
    "meeting_confirmed",
    "newer_check_ended",
    "call_failed",
)
# Only a filed order is still reminded of something.
AFTERWARDS = {OrderState.FILED: {"public_security_reminder"}}
USE_AFTER = {
    "hold_resource": ResourceUseState.HELD,
    "release_resource": None,
    "consume_resource": ResourceUseState.CONSUMED,
}

# What only a result of the bureau does, and where an order is when it may still do so.
DECISIONS = ("grant", "refuse", "fail_domain_check")
AT_BUREAU = {
    OrderState.PENDING_BUREAU_SUBMISSION,
    OrderState.SMS_VERIFICATION,
    OrderState.BUREAU_REVIEW,
}


@dataclass
class House:
    """Everything there is, by order where it belongs to one."""

    orders: list[FilingOrder]
    events: dict[UUID, list[OrderEvent]]
    deadlines: dict[UUID, dict[str, Deadline]]
    submissions: dict[UUID, list[Submission]]
    uses: dict[UUID, list[str]]
    notices: dict[str, set[str]]


def look() -> House:
    events, submissions, uses = defaultdict(list), defaultdict(list), defaultdict(list)
    deadlines, notices = defaultdict(dict), defaultdict(set)
    for event in OrderEvent.objects.order_by("sequence").defer("opinion"):
        events[event.order_id].append(event)
    for row in Deadline.objects.filter(done_at=None, cancelled_at=None):
        deadlines[row.object_id][row.kind] = row
    for submission in Submission.objects.order_by("round"):
        submissions[submission.order_id].append(submission)
    for use in ResourceUse.objects.exclude(state=ResourceUseState.RELEASED):
        uses[use.order_id].append(use.state)
    for key, channel in Notice.objects.values_list("event_key", "channel"):
        notices[key].add(channel)
    orders = list(FilingOrder.objects.order_by("created_at", "pk").defer("dossier_sealed"))
    return House(orders, events, deadlines, submissions, uses, notices)


def one_open_order_per_account_and_certificate(house: House) -> None:
    running = [order for order in house.orders if order.state not in CLOSED_STATES]
    for column in ("account_id", "cert_digest"):
        values = [getattr(order, column) for order in running]
        assert len(values) == len(set(values)), column


def history_is_contiguous_and_only_known_edges(house: House) -> None:
    for order in house.orders:
        events = house.events[order.pk]
        assert [event.sequence for event in events] == list(range(1, len(events) + 1))
        assert events[0].name == "start"
        for before, after in pairwise(events):
            assert after.from_state == before.to_state, order
            known = (after.from_state, after.to_state, after.name) in EDGES
            assert known or after.from_state == after.to_state, after
        assert events[-1].to_state == order.state


def register_is_changed_by_filed_orders_only(house: House) -> None:
    filed = {order.pk for order in house.orders if order.state == OrderState.FILED}
    assert set(InternetService.objects.values_list("order_id", flat=True)) == filed
    assert Subject.objects.count() == len(filed)


def the_clock_of_the_state_runs(house: House) -> None:
    """One main deadline is open, the state's own, or the history says that it was missed."""
    for order in house.orders:
        found = house.deadlines[order.pk]
        if order.state in CLOSED_STATES:
            left = set(found) - AFTERWARDS.get(OrderState(order.state), set())
            assert not left, (order.state, left)
            continue
        kind = CLOCKS.get(OrderState(order.state), IDLE)
        running = set(found) & set(MAIN)
        if running:
            assert running == {kind}, (order.state, running)
            assert found[kind].due_at == order.due_at, order.state
        else:
            assert _was_missed(house.events[order.pk], kind), (order.state, "no clock")


def _was_missed(events: list[OrderEvent], kind: str) -> bool:
    """Noted since the state was entered."""
    for event in reversed(events):
        if event.name == f"overdue_{kind}":
            return True
        if event.from_state != event.to_state:
            return False
    return False


def effects_equal_transitions(house: House) -> None:
    """One submission per submit, and the hold on the resource that the last effect left."""
    for order in house.orders:
        held, submits = None, 0
        for event in house.events[order.pk]:
            for effect in BY_NAME[event.name].effects if event.name in BY_NAME else ():
                held = USE_AFTER.get(effect, held)
                submits += effect == "freeze_submission"
        assert house.uses[order.pk] == ([held] if held else []), order.state
        rounds = [submission.round for submission in house.submissions[order.pk]]
        assert rounds == list(range(1, submits + 1)), order.state
        assert order.round == submits


def notices_equal_events(house: House) -> None:
    """Every event has told what the table says, on every channel, and nothing else."""
    wanted = {
        f"{event.pk}:{key}": _channels(key)
        for events in house.events.values()
        for event in events
        for key in _told_by(event)
    }
    found = {
        key: channels for key, channels in house.notices.items() if key.partition(":")[0].isdigit()
    }
    assert found == wanted


def _told_by(event: OrderEvent) -> tuple[str, ...]:
    if event.name in BY_NAME:
        return BY_NAME[event.name].notices
    return (event.name,) if event.name in TOLD_NOTES else ()


def _channels(key: str) -> set[str]:
    """Only an account has an inbox in the portal."""
    text = texts()[key]
    return set(text.channels) - (set() if "account" in text.to else {Channel.PORTAL.value})


class FrozenSubmissions:
    """Each is opened once; later its bytes are only compared."""

    def __init__(self) -> None:
        self.seen: dict[int, tuple[Any, ...]] = {}

    def __call__(self, house: House) -> None:
        for submission in (each for rows in house.submissions.values() for each in rows):
            content = (
                bytes(submission.dossier_sealed),
                bytes(submission.findings_sealed),
                bytes(submission.objections_sealed or b""),
                submission.seal,
                submission.rule_set_version,
                submission.document_hashes,
            )
            if submission.pk not in self.seen:
                assert submission.is_intact()
                assert submission.dossier.subject.name
                self.seen[submission.pk] = content
            assert self.seen[submission.pk] == content
        assert set(self.seen) <= {each.pk for rows in house.submissions.values() for each in rows}


class JudgedContent:
    """While others decide, draft and columns are what was submitted; looked at once per version."""

    def __init__(self) -> None:
        self.seen: set[tuple[UUID, int]] = set()

    def __call__(self, house: House) -> None:
        for order in house.orders:
            version = (order.pk, order.version)
            if order.state not in RUNNING_STATES or version in self.seen:
                continue
            submitted = house.submissions[order.pk][-1].dossier
            columns = index_columns(submitted)
            assert {name: getattr(order, name) for name in columns} == columns, order.state
            assert order.dossier == submitted, order.state
            self.seen.add(version)


CHECKS: tuple[Callable[[House], None], ...] = (
    one_open_order_per_account_and_certificate,
    history_is_contiguous_and_only_known_edges,
    register_is_changed_by_filed_orders_only,
    the_clock_of_the_state_runs,
    effects_equal_transitions,
    notices_equal_events,
)


def no_due_deadline_is_open() -> None:
    """After a sweep."""
    left = Deadline.objects.filter(done_at=None, cancelled_at=None, due_at__lte=clock.now())
    assert not [str(row) for row in left]


def nothing_waits_for_good() -> None:
    """When every worker has come to rest: what is left has its time of retry, or its note."""
    assert not list(_idle_notices())
    assert not list(_idle_records())
    assert not list(_forgotten_results())


def _idle_notices() -> Iterator[str]:
    waiting = Notice.objects.filter(state__in=["queued", "sending"])
    for notice in waiting.filter(next_attempt_at__lte=clock.now()):
        yield str(notice)


def _idle_records() -> Iterator[str]:
    now = clock.now()
    files = BureauFile.objects.filter(state__in=[HandoverState.SENT, HandoverState.UNKNOWN])
    # One file at a time: whatever is queued waits behind the one that has no answer yet.
    line_waits = files.filter(next_attempt_at__gt=now).exists()
    waiting = [HandoverState.QUEUED, HandoverState.SENT, HandoverState.UNKNOWN]
    for record in BureauRecord.objects.filter(state__in=waiting):
        if not line_waits and not (record.not_before and record.not_before > now):
            yield f"{record.record_type} {record.state}"


def _forgotten_results() -> Iterator[str]:
    """Neither applied, nor waiting for something that may still come, nor told to a person."""
    told = set(StaffNotice.objects.values_list("event_key", flat=True))
    for result in BureauResult.objects.select_related("record__order"):
        waits = result.problem and not result.record.closed_at and _is_at_bureau(result.record)
        stands = {
            ResultState.WAITING: waits,
            ResultState.STOPPED: result.problem and f"result:{result.key}" in told,
        }
        if not stands.get(ResultState(result.state), True):
            yield f"{result} {result.state} {result.problem}"
    applied = BureauResult.objects.filter(state=ResultState.APPLIED)
    decided = OrderEvent.objects.filter(name__in=DECISIONS).values_list("order_id", flat=True)
    if Counter(applied.values_list("record__order_id", flat=True)) != Counter(decided):
        yield "orders were moved otherwise than by results"


def _is_at_bureau(record: BureauRecord) -> bool:
    return record.order.state in AT_BUREAU
