"""Results of the bureau: kept first, acknowledged, then applied, each once and in any order.

One result that cannot be read or applied never stands in the way of the others: it stays, with a
note, until a person has looked.
"""

import hashlib
import json
from typing import Any
from uuid import UUID

import structlog
from django.db import DatabaseError, transaction

from beian import clock
from beian.actions.register import RegisterConflict
from beian.actors import BUREAU, MINISTRY
from orders import workflow
from orders.bureau.base import ResultFile
from orders.bureau.registry import gateway
from orders.models import BureauRecord, BureauResult

log = structlog.get_logger(__name__)
DECISION, DOMAIN_CHECK, UNREADABLE = "BAJG", "YMHY", "unreadable"
# One run takes at most this many, so that a flood cannot hold the worker.
FILES_PER_RUN = 50
RESULTS_PER_RUN = 500


def _record_of(ref: str) -> BureauRecord | None:
    try:
        return BureauRecord.objects.filter(pk=UUID(ref)).first()
    except ValueError:
        return None


def _values(row: dict[str, Any]) -> dict[str, Any]:
    """A result's columns; raises KeyError or TypeError for a row of another shape."""
    return {
        "record": _record_of(str(row["ref"])),
        "kind": str(row["type"])[:10],
        "outcome": str(row["outcome"])[:20],
        "text": str(row.get("text", "")),
        "subject_number": str(row.get("subject_number", "")),
        "service_numbers": {item["ref"]: item["number"] for item in row.get("services", [])},
        "received_at": clock.now(),
    }


def _keep_unreadable(raw: str) -> None:
    """Kept under the digest of its bytes, so that a repeated delivery is one row."""
    digest = hashlib.sha256(raw.encode()).hexdigest()
    BureauResult.objects.get_or_create(
        result_id=f"{UNREADABLE}:{digest}",
        defaults={
            "kind": UNREADABLE,
            "outcome": "",
            "text": raw,
            "received_at": clock.now(),
            "note": "cannot be read",
        },
    )
    log.error("bureau result cannot be read", digest=digest)


def _keep_row(row: Any) -> None:
    try:
        values, result_id = _values(row), str(row["id"])[:80]
    except (KeyError, TypeError, AttributeError):
        _keep_unreadable(json.dumps(row, ensure_ascii=False))
        return
    BureauResult.objects.get_or_create(result_id=result_id, defaults=values)


@transaction.atomic
def keep_file(file: ResultFile) -> int:
    """Store every result of a file; one that came before is left as it is."""
    try:
        rows = list(json.loads(file.payload)["results"])
    except (ValueError, KeyError, TypeError):
        _keep_unreadable(file.payload)
        return 1
    for row in rows:
        _keep_row(row)
    return len(rows)


def _act(result: BureauResult, order_id: UUID) -> None:
    data: dict[str, Any] = {"opinion": result.text}
    if result.kind == DOMAIN_CHECK:
        workflow.apply(order_id, "fail_domain_check", MINISTRY, **data)
    elif result.outcome == "granted":
        workflow.apply(
            order_id,
            "grant",
            BUREAU,
            subject_number=result.subject_number,
            service_numbers=result.service_numbers,
            **data,
        )
    else:
        workflow.apply(order_id, "refuse", BUREAU, **data)


def _problem(result: BureauResult) -> str:
    """Why no order can take this result, now or later; a person has to look at it."""
    if result.record is None:
        return "no record of ours has this reference"
    if (result.kind, result.outcome) not in {
        (DECISION, "granted"),
        (DECISION, "refused"),
        (DOMAIN_CHECK, "failed"),
    }:
        return f"unknown result {result.kind}/{result.outcome}"
    return "the record was closed before" if result.record.closed_at else ""


def _try_to_act(result: BureauResult, order_id: UUID) -> str:
    """Move the order; returns why it did not move, "" if it did."""
    try:
        with transaction.atomic():
            _act(result, order_id)
    except workflow.Refused as refusal:
        # It came before an event it rests on (for example our SMS result): try again.
        return f"waiting: {refusal.code}"
    except (RegisterConflict, DatabaseError) as error:
        log.exception("bureau result does not fit the register", result=result.pk)
        return f"conflict: {type(error).__name__}"
    return ""


def apply_result(result_id: str) -> bool:
    """Apply one kept result; False if it was applied before, has to wait, or needs a person."""
    with transaction.atomic():
        rows = BureauResult.objects.select_for_update(of=("self",), no_key=True)
        result = rows.select_related("record").get(pk=result_id)
        if result.applied_at is not None or result.kind == UNREADABLE:
            return False
        problem = _problem(result)
        if not problem and result.record is not None:
            waiting = _try_to_act(result, result.record.order_id)
            if waiting:
                BureauResult.objects.filter(pk=result_id).update(note=waiting)
                return False
        result.note = problem
        result.applied_at = clock.now()
        result.save(update_fields=["applied_at", "note"])
        return True


def _apply_alone(result_id: str) -> bool:
    try:
        return apply_result(result_id)
    except Exception as error:  # one broken result must not hold up every later one
        log.exception("bureau result failed", result=result_id)
        BureauResult.objects.filter(pk=result_id).update(note=f"failed: {type(error).__name__}")
        return False


def collect_results() -> int:
    """Fetch, keep and acknowledge what waits, then apply; returns how many were applied."""
    for _count in range(FILES_PER_RUN):
        file = gateway().download()
        if file is None:
            break
        keep_file(file)
        gateway().ack(file.name)
    waiting = BureauResult.objects.filter(applied_at=None).exclude(kind=UNREADABLE)
    ids = list(waiting.order_by("received_at", "pk").values_list("pk", flat=True))
    return sum(_apply_alone(result_id) for result_id in ids[:RESULTS_PER_RUN])
