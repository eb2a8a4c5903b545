"""Figures of the truthfulness check: faces in the store, and answers that do not come."""

from collections.abc import Iterator

from django.db.models import Min

from beian.metrics import gauge
from beian.readiness import overdue_seconds
from beian.site_settings import setting
from verification.actions.sms_retention import codes_past_term
from verification.enums import FaceState
from verification.models import FacePhoto

Rows = Iterator[tuple[tuple[str, ...], float]]


def stored_faces() -> int:
    return FacePhoto.objects.filter(erased_at=None).count()


def registered_from() -> int:
    """So many faces have to be registered with the cyberspace administration."""
    return int(setting("truthfulness.faces_to_register"))


@gauge("faces_stored", "Photos of faces in the store.")
def faces_stored() -> Rows:
    yield (), stored_faces()


@gauge("faces_registration_ratio", "Stored faces by the number at which registration is due.")
def faces_registration_ratio() -> Rows:
    yield (), stored_faces() / registered_from()


@gauge("faces_many", "1 if so many faces are stored that registration has to be prepared.")
def faces_many() -> Rows:
    percent = setting("truthfulness.faces_warned_percent")
    yield (), float(stored_faces() * 100 >= percent * registered_from())


@gauge("face_answer_overdue_seconds", "How long the oldest photo has waited for its answer.")
def face_answer_overdue() -> Rows:
    waiting = FacePhoto.objects.filter(state=FaceState.WAITING, erased_at=None)
    yield (), overdue_seconds(waiting.aggregate(at=Min("taken_at"))["at"])


@gauge("sms_codes_past_term", "Digests of ministry codes that should have been erased.")
def unerased_codes() -> Rows:
    yield (), codes_past_term().count()
