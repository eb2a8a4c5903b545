"""Persons on their own page of a truthfulness check, one browser per step of it."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from orders import face_grant
from orders.actions.truthfulness import PERSON, book_meeting, confirm_photo
from orders.meeting_times import offered_times
from orders.models import FilingOrder
from tests.browser.acting import ready, submitted
from tests.browser.cast import Cast
from tests.browser.sessions import with_session
from tests.fake_face import NOT_PERSON, PASSED, ask_provider, opened, photographed
from verification.actions.face_consents import CONSENTS, give_consents
from verification.actions.face_photos import FacePhoto
from verification.models import TruthfulnessLink

FACE_VISITORS: dict[str, Callable[[Cast], Client]] = {}


def check_open_in(client: Client) -> str:
    """The check such a browser has open, as its addresses name it."""
    return face_grant.checks_in(client.session)[0]


def visitor(make: Callable[[FilingOrder], None]) -> Callable:
    """`make` leads a fresh draft to where the person stands; the browser holds the newest link."""

    def browser(cast: Cast) -> Client:
        _applicant, order = ready(cast, is_recognised=False)
        make(order)
        link = TruthfulnessLink.objects.filter(check_row__owner=order.pk).last()
        return with_session(lambda request: face_grant.give(request.session, link))

    FACE_VISITORS[make.__name__.replace("_", "-")] = browser
    return make


def _answered(order: FilingOrder, answer: object) -> FacePhoto:
    photo = photographed(order)
    ask_provider(answer)
    return photo


@visitor
def face_not_asked_yet(order: FilingOrder) -> None:
    opened(order)


@visitor
def face_consented(order: FilingOrder) -> None:
    give_consents(PERSON, opened(order).check_row, CONSENTS, source_address=None)


@visitor
def face_waiting(order: FilingOrder) -> None:
    photographed(order)


@visitor
def face_unanswered(order: FilingOrder) -> None:
    _answered(order, None)


@visitor
def face_passed(order: FilingOrder) -> None:
    _answered(order, PASSED)


@visitor
def face_failed(order: FilingOrder) -> None:
    _answered(order, NOT_PERSON)


@visitor
def face_confirmed(order: FilingOrder) -> None:
    confirm_photo(_answered(order, PASSED).check_row)


@visitor
def face_meeting(order: FilingOrder) -> None:
    check = opened(order).check_row
    book_meeting(PERSON, check, preferred=[offered_times()[0][0]])


def face_too_late(cast: Cast) -> Client:
    """The order was submitted with a meeting; its page has nothing to ask any more."""
    _applicant, order = submitted(cast)
    link = TruthfulnessLink.objects.filter(check_row__owner=order.pk).last()
    link.check_row.photos.update(confirmed_at=None, state="passed")
    return with_session(lambda request: face_grant.give(request.session, link))


FACE_VISITORS["face-too-late"] = face_too_late
