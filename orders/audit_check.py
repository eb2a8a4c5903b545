"""What the trail of an installation proves, and how far that goes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Max, Min, Model, OuterRef, Subquery

from beian.append_only import missing_guards
from beian.audit_chain_check import ChainCheck
from beian.crypto.provider import DecryptionFailed
from beian.models import AuditEntry, AuditSeal, ConsentRecord
from orders.models import FilingOrder, OrderEvent, ShippedRules, Submission
from orders.retention import ERASED

# Rows that are chained by seals; migrations protect their tables, and the seals', from change.
SEALED: tuple[type[Model], ...] = (AuditEntry, ConsentRecord, OrderEvent, Submission)
# A submission names its shipped rules by their digest, which is under the submission's own seal.
_GUARDED: tuple[type[Model], ...] = (*SEALED, AuditSeal, ShippedRules)
APPEND_ONLY = tuple(model._meta.db_table for model in _GUARDED)
_SHOWN = 20


@dataclass
class Finding:
    """`claim` is what holds when `problems` is empty; `limit` what it does not prove."""

    claim: str
    limit: str
    count: int
    problems: list[str] = field(default_factory=list)


def check_audit(told_seal: str = "") -> list[Finding]:
    """`told_seal` is NUMBER:HASH of a line in the log, to be found again in the chain."""
    return [*(check() for check in CHECKS), _chain(told_seal)]


def _guards() -> Finding:
    found = Finding(
        "append-only tables refuse every change",
        "the owner of the tables can take the refusal away for a while",
        len(APPEND_ONLY),
    )
    found.problems += [
        f"{table}: {name} is missing, or not what it was"
        for table in APPEND_ONLY
        for name in missing_guards(table)
    ]
    return found


def _chain(told_seal: str) -> Finding:
    check = ChainCheck(SEALED)
    problems = list(check.problems())
    if told_seal and not _is_in_chain(told_seal):
        problems.append(f"seal {told_seal}: the log tells of it, the chain does not")
    newest = f"{check.newest.number}:{check.newest.seal_hash}" if check.newest else "none"
    return Finding(
        f"sealed rows are what they were; newest seal {newest}, "
        f"{check.unsealed()} younger rows are not sealed yet",
        "rows younger than the newest seal, and seals taken from the end: compare the newest seal "
        "in the log that was shipped elsewhere (--seal)",
        check.count,
        problems,
    )


def _is_in_chain(told_seal: str) -> bool:
    number, _colon, told_hash = told_seal.partition(":")
    is_number = number.isdecimal()
    return is_number and AuditSeal.objects.filter(number=number, seal_hash=told_hash).exists()


def _numbers() -> Finding:
    span = AuditEntry.objects.aggregate(low=Min("pk"), high=Max("pk"), count=Count("pk"))
    count = span["count"]
    missing = span["high"] - span["low"] + 1 - count if count else 0
    return Finding(
        f"audit entries are numbered, {missing} numbers are not used",
        "a number is lost with every rolled-back request, so a missing one proves nothing",
        count,
    )


def _histories() -> Finding:
    found = Finding(
        "each order's history is without gaps and ends in the order's state",
        "an event that was changed together with the order's row, by the owner of both tables",
        FilingOrder.objects.count(),
    )
    last = OrderEvent.objects.filter(order=OuterRef("pk")).order_by("-sequence")
    orders = FilingOrder.objects.order_by().annotate(
        low=Min("events__sequence"),
        high=Max("events__sequence"),
        count=Count("events"),
        ends_in=Subquery(last.values("to_state")[:1]),
    )
    names = ("number", "state", "low", "high", "count", "ends_in")
    for number, state, low, high, count, ends_in in orders.values_list(*names).iterator():
        if (low, high) != (1, count):
            found.problems.append(f"{number}: history has gaps")
        elif ends_in != state:
            found.problems.append(f"{number}: state {state} is not where its history ends")
    return found


def _seals() -> Finding:
    found = Finding(
        "every submission is what its seal was made from",
        "a submission that was replaced together with its seal by somebody who has the keys",
        0,
    )
    # Encrypted columns of the order are left out: one that does not open would end the reading.
    rows = Submission.objects.select_related("order").defer("order__bureau_opinion")
    for submission in rows.iterator(chunk_size=100):
        found.count += 1
        if problem := _broken(submission):
            found.problems.append(f"{submission.order.number}, round {submission.round}: {problem}")
    return found


def _broken(submission: Submission) -> str:
    if submission.order.is_erased:
        return _badly_erased(submission)
    try:
        return "" if submission.is_intact() else "seal broken"
    except DecryptionFailed:
        return "does not open"


def _badly_erased(submission: Submission) -> str:
    """What is called erased has to be shut, and its history has to say since when."""
    if not submission.order.events.filter(name=ERASED).exists():
        return "erased without a record"
    try:
        submission.is_intact()
    except DecryptionFailed:
        return ""
    return "erased, and still opens"


CHECKS: list[Callable[[], Finding]] = [_guards, _numbers, _histories, _seals]


def told(findings: list[Finding]) -> Iterator[str]:
    for found in findings:
        mark = "✗" if found.problems else "✓"
        yield f"{mark} {found.claim} ({found.count})"
        yield from (f"    {problem}" for problem in found.problems[:_SHOWN])
        if len(found.problems) > _SHOWN:
            yield f"    and {len(found.problems) - _SHOWN} more"
        yield f"    not proved: {found.limit}"
