"""Asking the face provider: only workers do, and never inside a transaction."""

from datetime import timedelta

import structlog
from django.db import transaction

from beian import clock
from beian.actors import SYSTEM
from beian.audit import record_audit
from beian.ports.base import DeliveryFailed, FaceAnswer
from beian.ports.registry import port
from beian.site_settings import setting
from verification.actions.face_photos import PhotoGone, erase_photos, read_photo
from verification.enums import FaceFailure, FaceState
from verification.models import FacePhoto

VERDICTS = {"pass": FaceState.PASSED, "fail": FaceState.FAILED}
log = structlog.get_logger(__name__)


def answer_photos(limit: int = 20) -> int:
    """Ask about photos that wait and are due; returns how many got an answer."""
    waiting = FacePhoto.objects.filter(state=FaceState.WAITING, erased_at=None)
    due = waiting.filter(next_ask_at__lte=clock.now()).order_by("next_ask_at")
    photos = list(due.select_related("check_row")[:limit])
    return sum(_ask(photo) for photo in photos)


def _ask(photo: FacePhoto) -> bool:
    """Ask once; a second worker finds the photo taken, a dead one is overtaken after the wait."""
    wait = timedelta(seconds=setting("truthfulness.retry_seconds"))
    waiting = FacePhoto.objects.filter(pk=photo.pk, state=FaceState.WAITING, erased_at=None)
    mine = waiting.filter(next_ask_at=photo.next_ask_at)
    if not mine.update(next_ask_at=clock.now() + wait):
        return False
    answer = _answer(photo)
    if answer is None or answer.result not in VERDICTS:
        waiting.filter(unavailable_since=None).update(unavailable_since=clock.now())
        return False
    return bool(
        waiting.update(
            state=VERDICTS[answer.result],
            has_passed=answer.result == "pass",
            score=answer.score,
            reasons=[reason for reason in answer.reasons if reason in FaceFailure.values],
            answered_at=clock.now(),
            unavailable_since=None,
        )
    )


def _answer(photo: FacePhoto) -> FaceAnswer | None:
    check = photo.check_row
    if check.closed_at is not None:
        erase_photos(FacePhoto.objects.filter(pk=photo.pk, frozen_at=None))
        return None
    try:
        content = read_photo(photo)
    except PhotoGone as gone:
        log.warning("face photo unreadable", photo=str(photo.pk), reason=str(gone))
        return None
    with transaction.atomic():
        # What was given to whom, and when: Network Data Security Regulation, article 12.
        record_audit(
            SYSTEM,
            "give_to_face_provider",
            obj=photo,
            field="photo,full_name,cert_number",
            purpose="truthfulness",
        )
    try:
        return port("face").check(
            request_id=str(photo.pk),
            name=check.full_name,
            cert_number=check.cert_number,
            photo=content,
        )
    except DeliveryFailed as error:
        log.info("face check not answered", photo=str(photo.pk), reason=error.reason)
        return None
