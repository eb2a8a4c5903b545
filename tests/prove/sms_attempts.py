"""A thousand wrong codes at once on one challenge: five count, the sixth returns the order."""

from collections import Counter

from beian.models import Notice
from orders.enums import OrderState, RecordType
from orders.models import FilingOrder
from tests.orders.sms_stage import challenge_for, enter_at_once, make_order_at_sms, wrong_entry
from tests.prove.frame import proof
from verification.models import SmsChallenge


@proof(
    "sms-attempts",
    small=60,
    full=1_000,
    batch=1_000,
    must_be_zero=("errors", "miscounted", "wrong_ends", "repeated_notices"),
)
def sms_attempts(start: int, count: int, seed: int) -> dict[str, int]:
    """`count` attempts on an order of their own, over at most 50 connections."""
    order = make_order_at_sms(start + 1)
    challenge = challenge_for(order)
    answers = enter_at_once(order, [(challenge, wrong_entry(challenge))] * count)
    seen = Counter(getattr(answer, "result", "error") for answer in answers)
    order.refresh_from_db()
    challenge.refresh_from_db()
    expected = {
        "wrong": min(count, 5),
        "returns_order": int(count > 5),
        "refused": max(count - 6, 0),
    }
    return {
        "attempts": count,
        "counted": challenge.wrong_count,
        "refused": seen["refused"],
        "errors": seen["error"],
        "miscounted": sum(abs(seen[name] - number) for name, number in expected.items()),
        "wrong_ends": int(not _ended_once(order, challenge)),
        "repeated_notices": _repeated_notices(order),
    }


def _ended_once(order: FilingOrder, challenge: SmsChallenge) -> bool:
    """One return event, one message to the bureau, five wrong entries and no verification."""
    return (
        order.state == OrderState.RETURNED_BY_MIIT
        and order.events.filter(name="return_after_errors").count() == 1
        and order.bureau_records.filter(record_type=RecordType.SMS_RESULT).count() == 1
        and (challenge.wrong_count, challenge.verified_at) == (5, None)
        and challenge.exhausted_at is not None
    )


def _repeated_notices(order: FilingOrder) -> int:
    """Messages about the return beyond one per recipient and channel."""
    rows = Notice.objects.filter(order_id=order.pk, template="returned_by_miit")
    told = Counter(rows.values_list("recipient_digest", "channel"))
    return sum(number - 1 for number in told.values()) + int(not told)
