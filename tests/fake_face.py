"""A face provider in memory, and a person who does the whole check with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from beian import actors, clock
from beian.enums import MembershipRole
from beian.ports.base import DeliveryFailed, FaceAnswer
from orders.actions.truthfulness import PERSON, confirm_photo
from orders.actions.truthfulness_entry import show_code
from orders.models import FilingOrder
from orders.truthfulness import forget_standings, missing_before, standings_of
from tests.verification import pictures
from verification.actions.face_answers import answer_photos
from verification.actions.face_check import take_photo
from verification.actions.face_consents import CONSENTS, give_consents
from verification.actions.truthfulness import open_check
from verification.actions.truthfulness_links import open_link
from verification.enums import DeviceClass, FaceState, LinkChannel
from verification.models import FacePhoto, TruthfulnessCheck, TruthfulnessLink

PASSED = FaceAnswer("pass", 96)
NOT_PERSON = FaceAnswer("fail", 21, ("not_person",))
UNAVAILABLE = FaceAnswer("unavailable")


class FakeFace:
    """Gives one answer to everybody (None: does not answer) and remembers who asked."""

    def __init__(self, answer: FaceAnswer | None = PASSED) -> None:
        self.answer = answer
        self.asked: list[dict] = []

    def check(self, **question: object) -> FaceAnswer:
        self.asked.append(question)
        if self.answer is None:
            raise DeliveryFailed("connection refused")
        return self.answer


@contextmanager
def face_provider(answer: FaceAnswer | None = PASSED) -> Iterator[FakeFace]:
    fake = FakeFace(answer)
    with mock.patch("verification.actions.face_answers.port", return_value=fake):
        yield fake


def ask_provider(answer: FaceAnswer | None = PASSED) -> int:
    with face_provider(answer):
        return answer_photos()


def _fresh(order: FilingOrder) -> FilingOrder:
    return FilingOrder.objects.get(pk=order.pk)


def opened(order: FilingOrder, number: int = 0) -> TruthfulnessLink:
    """The link the applicant shows to one of the persons, opened there."""
    order = _fresh(order)
    owner = order.account.memberships.get(role=MembershipRole.OWNER)
    actor = actors.applicant(owner.user, order.account, owner.role)
    link = show_code(actor, order, standings_of(order)[number].key)
    return open_link(link.token)


def photographed(order: FilingOrder, number: int = 0) -> FacePhoto:
    """Consents given and a photo taken by one of the persons."""
    link = opened(order, number)
    check = link.check_row
    give_consents(PERSON, check, CONSENTS, source_address=None)
    return take_photo(
        PERSON, check, pictures.upload(), channel=link.channel, device=DeviceClass.PHONE
    )


def put_recognition(order: FilingOrder) -> None:
    """What `recognise_everybody` ends with, without the way there: consents, confirmed photos."""
    now = _fresh(order)
    for standing in standings_of(now):
        if not standing.counts and not missing_before(now, standing.person):
            check = open_check(order.pk, standing.person)
            give_consents(PERSON, check, CONSENTS, source_address=None)
            photo = take_photo(
                PERSON, check, pictures.upload(), channel=LinkChannel.QR, device=DeviceClass.PHONE
            )
            FacePhoto.objects.filter(pk=photo.pk).update(
                state=FaceState.CONFIRMED,
                score=PASSED.score,
                has_passed=True,
                answered_at=clock.now(),
                confirmed_at=clock.now(),
            )
    forget_standings(order)


def recognise_everybody(order: FilingOrder) -> list[TruthfulnessCheck]:
    """Every service principal who has to does the check, from the link to the confirmation."""
    done = []
    # What is looked up on the way is not to be remembered by the caller's copy.
    now = _fresh(order)
    for number, standing in enumerate(standings_of(now)):
        if not standing.counts and not missing_before(now, standing.person):
            photo = photographed(order, number)
            ask_provider()
            done.append(confirm_photo(photo.check_row))
    forget_standings(order)
    return done
