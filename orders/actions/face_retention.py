"""Faces are deleted first: what nobody uses, and what belongs to orders that came to nothing."""

from datetime import timedelta

import structlog

from beian import clock
from beian.site_settings import setting
from orders.enums import OrderState
from orders.models import FilingOrder
from verification.actions.face_photos import erase_photos
from verification.enums import FaceState
from verification.models import FacePhoto

_CLOSED = (OrderState.ABANDONED, OrderState.EXPIRED)
_REJECTED = (
    OrderState.INITIAL_REJECTED,
    OrderState.NEEDS_SUPPLEMENT,
    OrderState.BUREAU_REJECTED,
    OrderState.RETURNED_BY_MIIT,
)
# Registration is due at the limit; whoever runs the portal hears of it before.
_WARNED_AT = 0.8
log = structlog.get_logger(__name__)


def tidy_photos() -> int:
    """Erase what is past its time; returns how many. A result within its life is never touched."""
    erased = _unused() + _lapsed() + _of_orders(_CLOSED, "closed_order_photo_days")
    erased += _of_orders(_REJECTED, "rejected_order_photo_days")
    _warn_of_many()
    return erased


def _unused() -> int:
    """Taken and never confirmed."""
    limit = clock.now() - timedelta(hours=setting("truthfulness.unused_photo_hours"))
    rows = FacePhoto.objects.filter(frozen_at=None, taken_at__lte=limit)
    return erase_photos(rows.exclude(state=FaceState.CONFIRMED))


def _lapsed() -> int:
    """Confirmed, never submitted, and good for nothing any more."""
    limit = clock.now() - timedelta(days=setting("truthfulness.valid_days"))
    return erase_photos(FacePhoto.objects.filter(frozen_at=None, confirmed_at__lte=limit))


def _of_orders(states: tuple[OrderState, ...], name: str) -> int:
    """Of orders that have been in one of `states` for the days of the setting."""
    limit = clock.now() - timedelta(days=setting(f"truthfulness.{name}"))
    orders = FilingOrder.objects.filter(state__in=states, state_entered_at__lte=limit)
    return erase_photos(FacePhoto.objects.filter(check_row__owner__in=orders.values("pk")))


def _warn_of_many() -> None:
    stored = FacePhoto.objects.filter(erased_at=None).count()
    limit = setting("truthfulness.faces_to_register")
    if stored >= _WARNED_AT * limit:
        log.warning("many faces stored", stored=stored, registration_due_at=limit)
