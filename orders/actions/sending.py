"""The sender: one at a time, one file at a time, never a network call under a lock."""

import hashlib
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q

from beian import clock
from beian.ports.base import DeliveryFailed
from beian.site_settings import setting
from orders import staff_notices
from orders.actions.acceptance import move_on, move_on_left_behind, unmoved_records
from orders.bureau import records
from orders.bureau.base import Accepted, Answer, RefusedFile, Unknown
from orders.bureau.registry import gateway
from orders.enums import HandoverState, RecordType
from orders.models import BureauFile, BureauLine, BureauRecord, FilingOrder

log = structlog.get_logger(__name__)
LINE = "main"
# Longer than any upload may take; a sender that died is overtaken after it.
_BUSY_FOR = timedelta(minutes=3)


def _take_line() -> BureauLine | None:
    """The line, if no other sender has it now; its last number is read when a file gets one."""
    now = clock.now()
    free = BureauLine.objects.filter(name=LINE).filter(
        Q(busy_until__isnull=True) | Q(busy_until__lt=now)
    )
    until = now + _BUSY_FOR
    # The first sender of all makes it.
    if free.update(busy_until=until) or (_is_new_line() and free.update(busy_until=until)):
        return BureauLine(name=LINE, busy_until=until)
    return None


def _is_new_line() -> bool:
    return BureauLine.objects.get_or_create(name=LINE)[1]


def _free_line(line: BureauLine) -> None:
    """Give the line back, unless somebody overtook us meanwhile."""
    BureauLine.objects.filter(pk=line.pk, busy_until=line.busy_until).update(busy_until=None)


def _is_still_ours(line: BureauLine, **changes: Any) -> bool:
    """Whether nobody overtook us; from here to the end of the transaction nobody can.

    `changes` are written to the line, if so.
    """
    mine = BureauLine.objects.filter(pk=line.pk, busy_until=line.busy_until)
    if mine.update(busy_until=line.busy_until, **changes):
        return True
    log.warning("another sender overtook this one", line=line.pk)
    return False


def _queued() -> list[BureauRecord]:
    """The oldest that wait for a file, their orders locked.

    Whoever withdraws waits here: a record is either taken back or sent, never both.
    """
    ready = Q(not_before__isnull=True) | Q(not_before__lte=clock.now())
    queued = BureauRecord.objects.filter(ready, state=HandoverState.QUEUED)
    oldest = queued.order_by("created_at", "pk").values_list("pk", "order_id")
    found = list(oldest[: setting("bureau.records_per_file")])
    orders = FilingOrder.objects.filter(pk__in=[order_id for _pk, order_id in found])
    list(orders.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    # What was taken back before the lock is not among them any more.
    rows = queued.filter(pk__in=[pk for pk, _order_id in found])
    return list(rows.with_key().order_by("created_at", "pk"))


@transaction.atomic
def _pack(line: BureauLine) -> BureauFile | None:
    """Put the oldest queued records into the next file; from here on they cannot be withdrawn."""
    if not _is_still_ours(line):
        return None
    chosen = _queued()
    if not chosen:
        return None
    line.refresh_from_db(fields=["last_sequence"])
    now = clock.now()
    payload = records.file_payload(chosen)
    file = BureauFile(
        line=line,
        sequence=line.last_sequence + 1,
        sha256=hashlib.sha256(payload.encode()).hexdigest(),
        created_at=now,
        next_attempt_at=now,
    )
    file.put(payload)
    file.save(force_insert=True)
    rows = BureauRecord.objects.filter(pk__in=[record.pk for record in chosen])
    rows.update(state=HandoverState.SENT, sent_at=now, file=file)
    return file


def _settle_accepted(file: BureauFile) -> int:
    now = clock.now()
    BureauFile.objects.filter(pk=file.pk).update(state=HandoverState.ACCEPTED, answered_at=now)
    count = file.records.update(
        state=HandoverState.ACCEPTED, answered_at=now, answer_code=0, answer_text=""
    )
    move_on(list(unmoved_records().filter(file=file).order_by("created_at")))
    return count


def _settle_refused(file: BureauFile, answer: RefusedFile) -> int:
    """Nothing was taken: the number is free again, people see the words and decide."""
    now = clock.now()
    BureauFile.objects.filter(pk=file.pk).update(state=HandoverState.REFUSED, answered_at=now)
    words = {"answered_at": now, "answer_code": answer.code, "answer_text": answer.text[:300]}
    if answer.is_gap:
        # A gap is our own bookkeeping: the records did no wrong and go into the next file.
        return file.records.update(state=HandoverState.QUEUED, **words)
    count = file.records.update(state=HandoverState.REFUSED, **words)
    # Nobody has to decide anew how the SMS step ended: it is told until it is heard.
    file.records.filter(record_type=RecordType.SMS_RESULT).update(
        state=HandoverState.QUEUED,
        not_before=now + timedelta(seconds=setting("bureau.retry_seconds")),
    )
    for record in file.records.filter(state=HandoverState.REFUSED).select_related("order"):
        staff_notices.queue_record_refused(record)
    log.warning("bureau refused a file", sequence=file.sequence, answer=answer.code)
    return count


def _settle_unknown(file: BureauFile, answer: Unknown) -> int:
    wait = timedelta(seconds=setting("bureau.retry_seconds"))
    BureauFile.objects.filter(pk=file.pk).update(
        state=HandoverState.UNKNOWN, next_attempt_at=clock.now() + wait
    )
    log.warning("bureau answer unknown", sequence=file.sequence, reason=answer.reason)
    return file.records.update(state=HandoverState.UNKNOWN, answer_text=answer.reason[:300])


@transaction.atomic
def _settle(line: BureauLine, file: BureauFile, answer: Answer) -> int:
    """Write down what came of a file; returns of how many records, 0 if whoever has the line now
    will ask and do so."""
    is_taken = isinstance(answer, Accepted)
    number = {"last_sequence": file.sequence, "synced_at": clock.now()} if is_taken else {}
    if not _is_still_ours(line, **number):
        return 0
    if isinstance(answer, Accepted):
        return _settle_accepted(file)
    if isinstance(answer, RefusedFile):
        return _settle_refused(file, answer)
    return _settle_unknown(file, answer)


def _upload(file: BureauFile) -> Answer:
    return gateway().upload(sequence=file.sequence, sha256=file.sha256, payload=file.payload())


def _resume(file: BureauFile) -> Answer:
    """Find out whether a file without an answer arrived; send the same bytes again if not."""
    try:
        sequence, sha256 = gateway().last_upload()
    except DeliveryFailed as error:
        return Unknown(error.reason)
    if sequence >= file.sequence and sha256 == file.sha256:
        return Accepted(file.sequence)
    return _upload(file)


def _resync(line: BureauLine) -> None:
    """After a gap, take the bureau's word for the last number."""
    sequence, _sha256 = gateway().last_upload()
    BureauLine.objects.filter(pk=line.pk).update(last_sequence=sequence, synced_at=clock.now())


def _work(line: BureauLine) -> int:
    move_on_left_behind()
    waiting = line.files.filter(state__in=[HandoverState.SENT, HandoverState.UNKNOWN]).first()
    if waiting is not None:
        if waiting.next_attempt_at > clock.now():
            return 0
        file, answer = waiting, _resume(waiting)
    else:
        packed = _pack(line)
        if packed is None:
            return 0
        file, answer = packed, _upload(packed)
    count = _settle(line, file, answer)
    if count and isinstance(answer, RefusedFile) and answer.is_gap:
        _resync(line)
    return count


def offer_records() -> int:
    """Send what waits, one file per call; returns how many records had an answer."""
    line = _take_line()
    if line is None:
        return 0
    try:
        return _work(line)
    finally:
        _free_line(line)
