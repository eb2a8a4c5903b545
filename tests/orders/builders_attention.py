"""Things the machine stopped at, put there directly."""

import uuid
from datetime import timedelta
from typing import Any

from beian import clock
from beian.enums import Channel, NoticeState
from beian.models import Deadline, Notice
from orders.enums import HandoverState, RecordType, ResultProblem, ResultState
from orders.models import BureauRecord, BureauResult, FilingOrder
from tests.builders import MOBILE


def make_stopped_result(record: BureauRecord | None = None, **changes: Any) -> BureauResult:
    """A grant that names nothing of ours, unless changed."""
    values: dict[str, Any] = {
        "result_id": uuid.uuid4().hex,
        "record": record,
        "kind": "BAJG",
        "outcome": "granted",
        "text": "同意备案",
        "subject_number": "浙ICP备2026000077号",
        "service_numbers": {"unknown-service": "浙ICP备2026000077号-1"},
        "received_at": clock.now(),
        "state": ResultState.STOPPED,
        "problem": ResultProblem.NO_RECORD,
    }
    return BureauResult.objects.create(**{**values, **changes})


def make_failed_notice(order: FilingOrder | None = None, **changes: Any) -> Notice:
    values: dict[str, Any] = {
        "event_key": uuid.uuid4().hex,
        "template": "rejected",
        "channel": Channel.SMS,
        "recipient_digest": uuid.uuid4().hex,
        "recipient": MOBILE,
        "order_id": order.pk if order else None,
        "subject": "备案订单初审驳回",
        "body": "请修改后重新提交。",
        "state": NoticeState.FAILED,
        "attempt_count": 6,
        "next_attempt_at": clock.now(),
        "created_at": clock.now(),
        "failure": "line is down",
    }
    return Notice.objects.create(**{**values, **changes})


def make_bureau_record(
    order: FilingOrder, state: HandoverState, *, minutes_ago: int = 0, **changes: Any
) -> BureauRecord:
    moment = clock.now() - timedelta(minutes=minutes_ago)
    record = BureauRecord(
        order=order,
        submission=order.submissions.get(round=order.round),
        record_type=RecordType.FIRST_FILING,
        state=state,
        created_at=moment,
        answered_at=moment,
        **changes,
    )
    record.put("{}")
    record.save()
    return record


def make_failing_deadline(order: FilingOrder, *, failures: int = 3) -> Deadline:
    now = clock.now()
    return Deadline.objects.create(
        kind="idle_expiry",
        object_id=order.pk,
        due_at=now,
        created_at=now,
        failure_count=failures,
        failure="RuntimeError",
        not_before=now + timedelta(hours=1),
    )
