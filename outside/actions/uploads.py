"""Receiving uploads: a contiguous sequence, and all of a file or nothing of it."""

from dataclasses import dataclass, replace

from django.db import transaction

from outside import clock
from outside.enums import HandOverState, NextUpload
from outside.models import HandOver, Switches, UploadedBatch
from outside.protocol import (
    OTHER,
    SEQUENCE_GAP,
    UNKNOWN_RECORD,
    Application,
    Record,
    SmsEvent,
    UploadRefused,
    check_hash,
    read_records,
)

STATE_AFTER_SMS = {
    "all_verified": HandOverState.WAITING_DECISION,
    "returned": HandOverState.RETURNED,
}


@dataclass(frozen=True)
class Reply:
    """What to answer; `is_dropped` means that the provider never gets to see it."""

    code: int = 0
    message: str = ""
    expected_seq: int = 0
    is_dropped: bool = False


def last_upload() -> tuple[int, str]:
    """Give sequence and digest of the last accepted upload; (0, "") at the start."""
    last = UploadedBatch.objects.order_by("seq").last()
    return (last.seq, last.sha256) if last else (0, "")


def receive_upload(*, seq: int, sha256: str, payload: str) -> Reply:
    """Accept or refuse one file, playing the fault that the officer page asked for."""
    switches = _take_fault()
    if switches.next_upload == NextUpload.DROP_BEFORE:
        return Reply(is_dropped=True)
    if switches.next_upload == NextUpload.REFUSE:
        return _refusal(int(switches.refusal_code), switches.get_refusal_code_display())
    try:
        reply = _accept(seq, sha256.lower(), payload)
    except UploadRefused as refusal:
        reply = _refusal(refusal.code, refusal.message)
    return replace(reply, is_dropped=switches.next_upload == NextUpload.DROP_AFTER)


@transaction.atomic
def _take_fault() -> Switches:
    """Read the switches; a fault for the next upload is used up by being read."""
    switches = Switches.current()
    Switches.objects.filter(pk=switches.pk).update(next_upload=NextUpload.ACCEPT)
    return switches


def _refusal(code: int, message: str) -> Reply:
    return Reply(code=code, message=message, expected_seq=last_upload()[0] + 1)


@transaction.atomic
def _accept(seq: int, sha256: str, payload: str) -> Reply:
    check_hash(payload, sha256)
    known = UploadedBatch.objects.filter(seq=seq).first()
    if known is not None:
        return _answer_again(known, sha256)
    if seq != last_upload()[0] + 1:
        raise UploadRefused(SEQUENCE_GAP, "序号不连续")
    records = read_records(payload)
    batch = UploadedBatch.objects.create(seq=seq, sha256=sha256, payload=payload)
    for record in records:
        _store(batch, record)
    return Reply()


def _answer_again(known: UploadedBatch, sha256: str) -> Reply:
    if known.sha256 != sha256:
        raise UploadRefused(OTHER, "该序号已用于另一个文件")
    return Reply()


def _store(batch: UploadedBatch, record: Record) -> None:
    match record:
        case Application():
            _store_application(batch, record)
        case SmsEvent():
            _store_sms_event(record)


def _store_application(batch: UploadedBatch, application: Application) -> None:
    content = application.content
    known = HandOver.objects.filter(ref=application.ref).first()
    if known is not None:
        if known.content != content:
            raise UploadRefused(OTHER, "该 ref 已用于另一份申请")
        return
    HandOver.objects.create(
        ref=application.ref,
        batch=batch,
        order_number=application.order_number,
        province=application.province,
        content=content,
    )


def _store_sms_event(event: SmsEvent) -> None:
    """Move a hand-over that still waits; one that has ended otherwise stays as it is."""
    if not HandOver.objects.filter(ref=event.ref).exists():
        raise UploadRefused(UNKNOWN_RECORD, "短信核验记录对应的申请不存在")
    HandOver.objects.filter(ref=event.ref, state=HandOverState.WAITING_SMS).update(
        state=STATE_AFTER_SMS[event.state], sms_ended_at=clock.now()
    )
