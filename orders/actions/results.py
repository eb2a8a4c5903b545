"""Results of the bureau: kept first, acknowledged, then applied, each once and in any order."""

import json
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from beian import clock
from beian.actors import BUREAU, MINISTRY
from orders import workflow
from orders.bureau.base import ResultFile
from orders.bureau.registry import gateway
from orders.models import BureauRecord, BureauResult

log = structlog.get_logger(__name__)
DECISION, DOMAIN_CHECK = "BAJG", "YMHY"
# One run takes at most this many files, so that a flood cannot hold the worker.
FILES_PER_RUN = 50


def _record_of(ref: str) -> BureauRecord | None:
    try:
        return BureauRecord.objects.filter(pk=UUID(ref)).first()
    except ValueError:
        return None


@transaction.atomic
def keep_file(file: ResultFile) -> int:
    """Store every result of a file; one that came before is left as it is."""
    rows = json.loads(file.payload)["results"]
    for row in rows:
        numbers = {item["ref"]: item["number"] for item in row.get("services", [])}
        BureauResult.objects.get_or_create(
            result_id=row["id"],
            defaults={
                "record": _record_of(row["ref"]),
                "kind": row["type"],
                "outcome": row["outcome"],
                "text": row.get("text", ""),
                "subject_number": row.get("subject_number", ""),
                "service_numbers": numbers,
                "received_at": clock.now(),
            },
        )
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
    """A result no order can take; a person has to look at it."""
    if result.record is None:
        return "no record of ours has this reference"
    if (result.kind, result.outcome) not in {
        (DECISION, "granted"),
        (DECISION, "refused"),
        (DOMAIN_CHECK, "failed"),
    }:
        return f"unknown result {result.kind}/{result.outcome}"
    return "the record was closed before" if result.record.closed_at else ""


def apply_result(result_id: str) -> bool:
    """Apply one kept result; False if it was applied before or has to wait for another event."""
    with transaction.atomic():
        rows = BureauResult.objects.select_for_update(of=("self",), no_key=True)
        result = rows.select_related("record").get(pk=result_id)
        if result.applied_at is not None:
            return False
        result.note = _problem(result)
        if not result.note and result.record is not None:
            try:
                with transaction.atomic():
                    _act(result, result.record.order_id)
            except workflow.Refused as refusal:
                # It came before an event it rests on (for example our SMS result): try again.
                result.note = f"waiting: {refusal.code}"
                result.save(update_fields=["note"])
                return False
        result.applied_at = clock.now()
        result.save(update_fields=["applied_at", "note"])
        return True


def collect_results() -> int:
    """Fetch, keep and acknowledge what waits, then apply; returns how many were applied."""
    for _count in range(FILES_PER_RUN):
        file = gateway().download()
        if file is None:
            break
        keep_file(file)
        gateway().ack(file.name)
    waiting = BureauResult.objects.filter(applied_at=None).order_by("received_at", "pk")
    return sum(apply_result(pk) for pk in list(waiting.values_list("pk", flat=True)[:500]))
