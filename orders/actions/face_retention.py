"""Faces are deleted first: what nobody uses, and what belongs to orders that came to nothing."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet

from beian import clock
from beian.actors import SYSTEM
from beian.site_settings import setting
from orders import notices, workflow
from orders.enums import ENDED_STATES, SENT_BACK_STATES, OrderState
from orders.models import FilingOrder
from orders.truthfulness import mobile_of
from verification.actions.face_photos import erase_photos
from verification.enums import FaceState
from verification.gauges import registered_from, stored_faces
from verification.models import FacePhoto

log = structlog.get_logger(__name__)


def tidy_photos() -> int:
    """Erase what is past its time; returns how many. A result within its life is never touched."""
    erased = _unused() + _lapsed() + _of_closed_orders()
    erased += _of_rejected_orders()
    _warn_of_many()
    return erased


def _unused() -> int:
    """Taken and never confirmed; who still waits for an answer is told that none came."""
    limit = clock.now() - timedelta(hours=setting("truthfulness.unused_photo_hours"))
    rows = FacePhoto.objects.filter(frozen_at=None, taken_at__lte=limit)
    waiting = rows.filter(state=FaceState.WAITING, erased_at=None).select_related("check_row")
    unanswered = sum(_end_waiting(photo) for photo in waiting)
    return unanswered + erase_photos(rows.exclude(state=FaceState.CONFIRMED))


@transaction.atomic
def _end_waiting(photo: FacePhoto) -> int:
    order = workflow.locked(photo.check_row.owner)
    erased = erase_photos(FacePhoto.objects.filter(pk=photo.pk, state=FaceState.WAITING))
    if erased:
        event = workflow.record_note(order, "photo_lapsed", SYSTEM)
        mobile = mobile_of(order, photo.check_row)
        notices.queue("photo_lapsed", order, event, {"person_mobile": mobile})
    return erased


def _lapsed() -> int:
    """Confirmed, never submitted, and good for nothing any more."""
    limit = _days_ago("valid_days")
    return erase_photos(FacePhoto.objects.filter(frozen_at=None, confirmed_at__lte=limit))


def _days_ago(name: str) -> datetime:
    return clock.now() - timedelta(days=setting(f"truthfulness.{name}"))


def _of_orders(states: frozenset[OrderState], limit: datetime) -> QuerySet[FacePhoto]:
    """Of orders that have been in one of `states` since `limit` or longer."""
    orders = FilingOrder.objects.filter(state__in=states, state_entered_at__lte=limit)
    return FacePhoto.objects.filter(check_row__owner__in=orders.values("pk"))


def _of_closed_orders() -> int:
    return erase_photos(_of_orders(ENDED_STATES, _days_ago("closed_order_photo_days")))


def _of_rejected_orders() -> int:
    """The applicant may still be at work: what was done lately, or counts yet, stays."""
    limit = _days_ago("rejected_order_photo_days")
    photos = _of_orders(SENT_BACK_STATES, limit).filter(taken_at__lte=limit)
    return erase_photos(photos.exclude(confirmed_at__gt=min(limit, _days_ago("valid_days"))))


def _warn_of_many() -> None:
    """Registration is due at the limit; whoever runs the portal hears of it before."""
    stored = stored_faces()
    if stored * 100 >= setting("truthfulness.faces_warned_percent") * registered_from():
        log.warning("many faces stored", stored=stored, registration_due_at=registered_from())
