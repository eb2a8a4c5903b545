"""The sender: one at a time, one file at a time, never a network call under a lock."""

import hashlib
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import Q

from beian import clock
from beian.actors import BUREAU
from beian.ports.base import DeliveryFailed
from beian.site_settings import setting
from orders import workflow
from orders.bureau import records
from orders.bureau.base import Accepted, Answer, RefusedFile, Unknown
from orders.bureau.registry import gateway
from orders.enums import HandoverState, OrderState, RecordType
from orders.models import BureauFile, BureauLine, BureauRecord

log = structlog.get_logger(__name__)
LINE = "main"
# Longer than any upload may take; a sender that died is overtaken after it.
_BUSY_FOR = timedelta(minutes=3)


def _take_line() -> BureauLine | None:
    """The line, if no other sender has it now."""
    BureauLine.objects.get_or_create(name=LINE)
    now = clock.now()
    free = BureauLine.objects.filter(name=LINE).filter(
        Q(busy_until__isnull=True) | Q(busy_until__lt=now)
    )
    if not free.update(busy_until=now + _BUSY_FOR):
        return None
    return BureauLine.objects.get(name=LINE)


def _free_line() -> None:
    BureauLine.objects.filter(name=LINE).update(busy_until=None)


@transaction.atomic
def _pack(line: BureauLine) -> BureauFile | None:
    """Put the oldest queued records into the next file; from here on they cannot be withdrawn."""
    size = setting("bureau.records_per_file")
    queued = BureauRecord.objects.filter(state=HandoverState.QUEUED).order_by("created_at", "pk")
    chosen = []
    for record in queued[:size]:
        mine = BureauRecord.objects.filter(pk=record.pk, state=HandoverState.QUEUED)
        if mine.update(state=HandoverState.SENT, sent_at=clock.now()):
            chosen.append(record)
    if not chosen:
        return None
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
    file.save()
    BureauRecord.objects.filter(pk__in=[record.pk for record in chosen]).update(file=file)
    return file


def _settle_accepted(file: BureauFile) -> None:
    now = clock.now()
    BureauFile.objects.filter(pk=file.pk).update(state=HandoverState.ACCEPTED, answered_at=now)
    BureauLine.objects.filter(pk=file.line_id).update(last_sequence=file.sequence, synced_at=now)
    for record in file.records.select_related("order").order_by("created_at"):
        record.state, record.answered_at = HandoverState.ACCEPTED, now
        record.answer_code, record.answer_text = 0, ""
        record.save(update_fields=["state", "answered_at", "answer_code", "answer_text"])
        if (
            record.record_type == RecordType.FIRST_FILING
            and record.order.state == OrderState.PENDING_BUREAU_SUBMISSION
        ):
            workflow.apply(record.order_id, "accept_at_bureau", BUREAU)


def _settle_refused(file: BureauFile, answer: RefusedFile) -> None:
    """Nothing was taken: the number is free again, people see the words and decide."""
    now = clock.now()
    BureauFile.objects.filter(pk=file.pk).update(state=HandoverState.REFUSED, answered_at=now)
    # A gap is our own bookkeeping: the records did no wrong and go into the next file.
    state = HandoverState.QUEUED if answer.is_gap else HandoverState.REFUSED
    file.records.update(
        state=state, answered_at=now, answer_code=answer.code, answer_text=answer.text[:300]
    )


def _settle_unknown(file: BureauFile, answer: Unknown) -> None:
    wait = timedelta(seconds=setting("bureau.retry_seconds"))
    BureauFile.objects.filter(pk=file.pk).update(
        state=HandoverState.UNKNOWN, next_attempt_at=clock.now() + wait
    )
    file.records.update(state=HandoverState.UNKNOWN, answer_text=answer.reason[:300])
    log.warning("bureau answer unknown", sequence=file.sequence, reason=answer.reason)


@transaction.atomic
def _settle(file: BureauFile, answer: Answer) -> None:
    if isinstance(answer, Accepted):
        _settle_accepted(file)
    elif isinstance(answer, RefusedFile):
        _settle_refused(file, answer)
    else:
        _settle_unknown(file, answer)


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
    _settle(file, answer)
    if isinstance(answer, RefusedFile) and answer.is_gap:
        _resync(line)
    return file.records.count()


def offer_records() -> int:
    """Send what waits, one file per call; returns how many records had an answer."""
    line = _take_line()
    if line is None:
        return 0
    try:
        return _work(line)
    finally:
        _free_line()
