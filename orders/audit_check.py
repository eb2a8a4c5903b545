"""What the trail of an installation proves, and how far that goes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, Max, Min

from beian.crypto.provider import DecryptionFailed
from beian.models import AuditEntry
from orders.models import FilingOrder, OrderEvent, Submission

# Tables that migrations protect against every change.
APPEND_ONLY = ("beian_auditentry", "beian_consentrecord", "orders_orderevent")
_SHOWN = 20


@dataclass
class Finding:
    """`claim` is what holds when `problems` is empty; `limit` what it does not prove."""

    claim: str
    limit: str
    count: int
    problems: list[str] = field(default_factory=list)


def check_audit() -> list[Finding]:
    return [check() for check in CHECKS]


def _guards() -> Finding:
    found = Finding(
        "append-only tables refuse every change",
        "the owner of the tables can take the refusal away for a while",
        len(APPEND_ONLY),
    )
    found.problems += [f"{table}: not protected" for table in APPEND_ONLY if not _is_guarded(table)]
    return found


def _is_guarded(table: str) -> bool:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass "
                "AND NOT tgisinternal AND tgenabled IN ('O', 'A')",
                [table],
            )
            return bool(cursor.fetchone()[0])
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        return cursor.fetchone()[0] >= 2  # one for UPDATE, one for DELETE


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
    rows = OrderEvent.objects.order_by().values("order_id")
    spans = rows.annotate(low=Min("sequence"), high=Max("sequence"), count=Count("pk"))
    whole = {
        row["order_id"]: row["high"]
        for row in spans.iterator()
        if (row["low"], row["high"]) == (1, row["count"])
    }
    orders = FilingOrder.objects.values_list("pk", "number", "state")
    for pk, number, state in orders.iterator():
        if pk not in whole:
            found.problems.append(f"{number}: history has gaps")
        elif not OrderEvent.objects.filter(order=pk, sequence=whole[pk], to_state=state).exists():
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
    try:
        return "" if submission.is_intact() else "seal broken"
    except DecryptionFailed:
        return "does not open"


CHECKS: list[Callable[[], Finding]] = [_guards, _numbers, _histories, _seals]


def told(findings: list[Finding]) -> Iterator[str]:
    for found in findings:
        mark = "✗" if found.problems else "✓"
        yield f"{mark} {found.claim} ({found.count})"
        yield from (f"    {problem}" for problem in found.problems[:_SHOWN])
        if len(found.problems) > _SHOWN:
            yield f"    and {len(found.problems) - _SHOWN} more"
        yield f"    not proved: {found.limit}"
