"""Asking the face provider: only workers do, and never inside a transaction."""

from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet

from beian import clock
from beian.actors import SYSTEM
from beian.audit import record_audit
from beian.ports.base import DeliveryFailed, FaceAnswer
from beian.ports.registry import port
from beian.site_settings import setting
from verification.actions.face_photos import PhotoGone, PhotoOutOfReach, erase_photos, read_photo
from verification.enums import FaceFailure, FaceState
from verification.models import FacePhoto

VERDICTS = {"pass": FaceState.PASSED, "fail": FaceState.FAILED}
# Whoever the provider failed on comes after those it was not asked about.
_TURN = timedelta(seconds=1)
log = structlog.get_logger(__name__)


def answer_photos(limit: int = 20) -> int:
    """Ask about photos that wait and are due; returns how many got an answer.

    A provider that does not answer once is left alone for the wait, so that it holds up no worker.
    """
    due = _waiting().filter(next_ask_at__lte=clock.now()).order_by("next_ask_at")
    answered = 0
    for photo in list(due.select_related("check_row")[:limit]):
        try:
            answered += _ask(photo)
        except DeliveryFailed as error:
            log.info("face check not answered", photo=str(photo.pk), reason=error.reason)
            _pause()
            break
    return answered


def _waiting() -> QuerySet[FacePhoto]:
    return FacePhoto.objects.filter(state=FaceState.WAITING, erased_at=None)


def _wait() -> timedelta:
    return timedelta(seconds=setting("truthfulness.retry_seconds"))


def _pause() -> None:
    """Everybody waits, and is told so; those that were not asked about have their turn first."""
    now = clock.now()
    next_at = now + _wait() - _TURN
    _waiting().filter(next_ask_at__lte=now).update(next_ask_at=next_at)
    _waiting().filter(unavailable_since=None).update(unavailable_since=now)


def _ask(photo: FacePhoto) -> bool:
    """Ask once; a second worker finds the photo taken, a dead one is overtaken after the wait."""
    this = _waiting().filter(pk=photo.pk)
    mine = this.filter(next_ask_at=photo.next_ask_at)
    if not mine.update(next_ask_at=clock.now() + _wait()):
        return False
    if photo.check_row.closed_at is not None:
        erase_photos(FacePhoto.objects.filter(pk=photo.pk, frozen_at=None))
        return False
    try:
        content = read_photo(photo)
    except PhotoOutOfReach as error:
        log.warning("face photo out of reach", photo=str(photo.pk), reason=str(error))
        this.filter(unavailable_since=None).update(unavailable_since=clock.now())
        return False
    except PhotoGone as gone:
        log.error("face photo unreadable", photo=str(photo.pk), reason=str(gone))
        _decide(this, FaceState.FAILED, reasons=[FaceFailure.UNREADABLE])
        return False
    answer = _answer(photo, content)
    if answer.result not in VERDICTS:
        this.filter(unavailable_since=None).update(unavailable_since=clock.now())
        return False
    known = [reason for reason in answer.reasons if reason in FaceFailure.values]
    return _decide(this, VERDICTS[answer.result], reasons=known, score=answer.score)


def _decide(
    photos: QuerySet[FacePhoto], state: FaceState, *, reasons: list[str], score: int | None = None
) -> bool:
    return bool(
        photos.update(
            state=state,
            has_passed=state == FaceState.PASSED,
            score=score,
            reasons=reasons,
            answered_at=clock.now(),
            unavailable_since=None,
        )
    )


def _answer(photo: FacePhoto, content: bytes) -> FaceAnswer:
    with transaction.atomic():
        # What was given to whom, and when: Network Data Security Regulation, article 12.
        record_audit(
            SYSTEM,
            "give_to_face_provider",
            obj=photo,
            field="photo,full_name,cert_number",
            purpose="truthfulness",
        )
    return port("face").check(
        request_id=str(photo.pk),
        name=photo.check_row.full_name,
        cert_number=photo.check_row.cert_number,
        photo=content,
    )
