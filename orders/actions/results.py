"""Results of the bureau: kept first, acknowledged, then applied, each once and in any order.

One result that cannot be read or applied never stands in the way of the others: it stays, with a
note, until a person has looked.
"""

import hashlib
import json
from typing import Any
from uuid import UUID

import structlog
from django.db import DataError, IntegrityError, transaction

from beian import clock
from beian.actions.register import RegisterConflict
from beian.actors import BUREAU, MINISTRY
from beian.ports.base import DeliveryFailed
from orders import staff_notices, workflow
from orders.bureau.base import ResultFile
from orders.bureau.registry import gateway
from orders.enums import ResultProblem, ResultState
from orders.models import BureauRecord, BureauResult, FilingOrder

log = structlog.get_logger(__name__)
DECISION, DOMAIN_CHECK, UNREADABLE = "BAJG", "YMHY", "unreadable"
KNOWN = {(DECISION, "granted"), (DECISION, "refused"), (DOMAIN_CHECK, "failed")}
# What the result itself lacks will not come by waiting.
_LACKING = {
    "numbers_present": ResultProblem.INCOMPLETE,
    "has_opinion": ResultProblem.INCOMPLETE,
    "numbers_well_formed": ResultProblem.MALFORMED_NUMBER,
}
# A row of another shape, one no column holds, or one the database refuses. (UnicodeError, of half
# a character, is a ValueError.)
_UNFIT = (KeyError, TypeError, AttributeError, ValueError, DataError)
# One run takes at most this many, so that a flood cannot hold the worker.
FILES_PER_RUN = 50
RESULTS_PER_RUN = 500


def _record_of(ref: str) -> BureauRecord | None:
    try:
        return BureauRecord.objects.order_by().only("pk").filter(pk=UUID(ref)).first()
    except ValueError:
        return None


def _fitting(name: str, value: Any) -> str:
    """The value as the column `name` can hold it; raises ValueError for one it cannot."""
    text, limit = str(value), getattr(BureauResult._meta.get_field(name), "max_length", None)
    if limit is not None and len(text) > limit:
        raise ValueError(f"{name} is longer than {limit}")
    return _storable(text)


def _storable(text: str) -> str:
    """No database column takes a zero byte, no encoding half a character (a UnicodeError)."""
    if "\0" in text:
        raise ValueError("zero byte")
    text.encode()
    return text


def _values(row: dict[str, Any]) -> dict[str, Any]:
    """A result's columns; raises one of _UNFIT for a row of another shape."""
    return {
        "result_id": _fitting("result_id", row["id"]),
        "record": _record_of(str(row["ref"])),
        "kind": _fitting("kind", row["type"]),
        "outcome": _fitting("outcome", row["outcome"]),
        "text": _fitting("text", row.get("text") or ""),
        "subject_number": _fitting("subject_number", row.get("subject_number") or ""),
        "service_numbers": {
            _storable(str(item["ref"])): _storable(str(item["number"]))
            for item in row.get("services", [])
        },
        "received_at": clock.now(),
    }


def _keep_unreadable(raw: str) -> None:
    """Kept under the digest of its bytes, so that a repeated delivery is one row."""
    # What no column holds is kept as its escape, so that a person can still read the rest.
    text = raw.encode(errors="backslashreplace").decode().replace("\0", "\\x00")
    digest = hashlib.sha256(text.encode()).hexdigest()
    BureauResult.objects.get_or_create(
        result_id=f"{UNREADABLE}:{digest}",
        defaults={
            "kind": UNREADABLE,
            "outcome": "",
            "text": text,
            "received_at": clock.now(),
            "state": ResultState.STOPPED,
            "problem": ResultProblem.UNREADABLE,
        },
    )
    log.error("bureau result cannot be read", digest=digest)


def _keep_row(row: Any) -> None:
    try:
        with transaction.atomic():
            # The first one stays.
            BureauResult.objects.bulk_create([BureauResult(**_values(row))], ignore_conflicts=True)
    except _UNFIT as error:
        log.warning("bureau result does not fit", error=type(error).__name__)
        _keep_unreadable(json.dumps(row, ensure_ascii=False))


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


def _act(result: BureauResult, order: FilingOrder) -> None:
    data: dict[str, Any] = {"opinion": result.text}
    if result.kind == DOMAIN_CHECK:
        workflow.apply_to(order, "fail_domain_check", MINISTRY, **data)
    elif result.outcome == "granted":
        workflow.apply_to(
            order,
            "grant",
            BUREAU,
            subject_number=result.subject_number,
            service_numbers=result.service_numbers,
            **data,
        )
    else:
        workflow.apply_to(order, "refuse", BUREAU, **data)


def _problem(result: BureauResult) -> ResultProblem | None:
    """Why no order can take this result, now or later; a person has to look at it."""
    if result.record is None:
        return ResultProblem.NO_RECORD
    if (result.kind, result.outcome) not in KNOWN:
        return ResultProblem.UNKNOWN_RESULT
    return ResultProblem.RECORD_CLOSED if result.record.closed_at else None


def _stop(result: BureauResult, problem: ResultProblem, note: str = "") -> None:
    """The machine can do no more; the result is on the list of what needs a person."""
    result.state, result.problem, result.note = ResultState.STOPPED, problem, note
    result.save(update_fields=["state", "problem", "note"])
    staff_notices.queue_result_stopped(result)


def _try_later(result: BureauResult, problem: ResultProblem, note: str) -> None:
    result.problem, result.note = problem, note
    result.save(update_fields=["problem", "note"])


def _try_to_act(result: BureauResult, order_id: UUID) -> bool:
    """Move the order; a result that does not fit says why, and stops or waits."""
    try:
        with transaction.atomic():
            _act(result, workflow.locked(order_id))
    except workflow.Refused as refusal:
        if refusal.code in _LACKING:
            _stop(result, _LACKING[refusal.code], refusal.code)
        else:
            # It came before an event it rests on (for example our SMS result): try again.
            _try_later(result, ResultProblem.TOO_EARLY, refusal.code)
        return False
    except (RegisterConflict, IntegrityError) as error:
        log.exception("bureau result does not fit the register", result=result.pk)
        _stop(result, ResultProblem.REGISTER_CONFLICT, type(error).__name__)
        return False
    return True


def apply_result(result_id: str) -> bool:
    """Apply one kept result; False if it was applied before, has to wait, or needs a person."""
    with transaction.atomic():
        rows = BureauResult.objects.select_for_update(of=("self",), no_key=True)
        result = rows.select_related("record").get(pk=result_id)
        if result.state != ResultState.WAITING:
            return False
        problem = _problem(result)
        if problem or result.record is None:
            _stop(result, problem or ResultProblem.NO_RECORD)
            return False
        if not _try_to_act(result, result.record.order_id):
            return False
        result.state, result.problem, result.note = ResultState.APPLIED, "", ""
        result.applied_at = clock.now()
        result.save(update_fields=["state", "problem", "note", "applied_at"])
        return True


def _apply_alone(result_id: str) -> bool:
    try:
        return apply_result(result_id)
    except Exception as error:  # one broken result must not hold up every later one
        log.exception("bureau result failed", result=result_id)
        BureauResult.objects.filter(pk=result_id, state=ResultState.WAITING).update(
            problem=ResultProblem.FAILED, note=type(error).__name__
        )
        return False


def _fetch_files() -> None:
    """Keep and acknowledge what waits at the bureau; a line that is down is asked again soon."""
    try:
        for _count in range(FILES_PER_RUN):
            file = gateway().download()
            if file is None:
                break
            keep_file(file)
            gateway().ack(file.name)
    except DeliveryFailed as error:
        log.warning("bureau gave no results", reason=error.reason)


def collect_results() -> int:
    """Fetch what the line gives, then apply whatever is kept; returns how many were applied."""
    _fetch_files()
    waiting = BureauResult.objects.filter(state=ResultState.WAITING)
    ids = list(waiting.order_by("received_at", "pk").values_list("pk", flat=True))
    return sum(_apply_alone(result_id) for result_id in ids[:RESULTS_PER_RUN])
