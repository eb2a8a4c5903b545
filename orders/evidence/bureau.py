"""What went to the bureau and came back."""

import json
from typing import Any

from beian.crypto.fields import left_shut
from orders.evidence.opening import opened, words
from orders.evidence.writing import Bundle, moment
from orders.models import BureauRecord, BureauResult, FilingOrder


def put_bureau(bundle: Bundle, order: FilingOrder) -> None:
    records = left_shut(order.bureau_records.all(), "submission", "file", "handed_over_by")
    results = BureauResult.objects.filter(record__order=order).order_by("received_at")
    content = {
        "records": [_record(bundle, record) for record in records],
        "results": [_result(bundle, row) for row in left_shut(results, "settled_by")],
    }
    bundle.put_json("bureau.json", content)


def _record(bundle: Bundle, record: BureauRecord) -> dict[str, Any]:
    what = f"管局资料 {record.pk} / record for the bureau"
    return {
        "record": str(record.pk),
        "type": record.record_type,
        "type_text": record.get_record_type_display(),
        "round": record.submission.round,
        "about": str(record.about_id) if record.about_id else "",
        "state": record.get_state_display(),
        "handed_over_by": record.handed_over_by.staff_name if record.handed_over_by else "",
        "created_at": moment(record.created_at),
        "sent_at": moment(record.sent_at),
        "file": record.file.sequence if record.file else None,
        "file_sha256": record.file.sha256 if record.file else "",
        "answered_at": moment(record.answered_at),
        "answer_code": record.answer_code,
        "answer": opened(bundle, f"{what} (answer)", lambda: record.answer_text),
        "closed_at": moment(record.closed_at),
        "content": opened(bundle, what, lambda: json.loads(record.content())),
    }


def _result(bundle: Bundle, result: BureauResult) -> dict[str, Any]:
    what = f"管局结果 {result.pk} / result of the bureau"
    return {
        "result": result.result_id,
        "record": str(result.record_id),
        "kind": result.kind,
        "outcome": result.outcome,
        **words(bundle, result, what, "text", "settlement_reason"),
        "subject_number": result.subject_number,
        "service_numbers": result.service_numbers,
        "received_at": moment(result.received_at),
        "state": result.get_state_display(),
        "problem": result.get_problem_display() if result.problem else "",
        "applied_at": moment(result.applied_at),
        "settled_at": moment(result.settled_at),
        "settled_by": result.settled_by.staff_name if result.settled_by else "",
    }
