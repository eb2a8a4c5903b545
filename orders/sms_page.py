"""What the status page of an SMS verification shows: how things stand, and every person masked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from beian.masking import mask_name, mask_phone, mask_phone_tail
from orders.enums import OrderState
from orders.models import FilingOrder
from verification.enums import RecipientRole
from verification.models import SmsChallenge


class Stage(StrEnum):
    """How it stands for the person who looks."""

    OPEN = "open"
    WAITING_FOR_OTHERS = "waiting_for_others"
    ALL_DONE = "all_done"
    EXPIRED = "expired"
    RETURNED = "returned"
    OVER = "over"


@dataclass(frozen=True)
class PersonCard:
    """One texted person. `status` is done, waiting or over."""

    roles: str
    name: str
    mobile: str
    status: str
    is_own: bool
    challenge: SmsChallenge


@dataclass(frozen=True)
class SmsPage:
    order: FilingOrder
    challenge: SmsChallenge
    stage: Stage
    people: list[PersonCard]

    @property
    def due_at(self) -> datetime:
        return self.challenge.due_at

    @property
    def own(self) -> PersonCard:
        return next(card for card in self.people if card.is_own)


def _status(challenge: SmsChallenge) -> str:
    if challenge.is_verified:
        return "done"
    return "waiting" if challenge.is_waiting else "over"


def _card(challenge: SmsChallenge, own: SmsChallenge) -> PersonCard:
    is_own = challenge.pk == own.pk
    # Of the others only the last digits: enough to know whom to remind.
    mask = mask_phone if is_own else mask_phone_tail
    return PersonCard(
        roles=_("、").join(str(RecipientRole(role).label) for role in challenge.roles),
        name=_("、").join(mask_name(name) for name in challenge.names),
        mobile=mask(challenge.mobile),
        status=_status(challenge),
        is_own=is_own,
        challenge=challenge,
    )


def _stage(order: FilingOrder, own: SmsChallenge, people: list[PersonCard]) -> Stage:
    if own.closed_at is not None:
        is_returned = order.state == OrderState.RETURNED_BY_MIIT
        return Stage.RETURNED if is_returned else Stage.OVER
    if all(card.status == "done" for card in people):
        return Stage.ALL_DONE
    if own.is_waiting:
        return Stage.OPEN
    # Verified in time, but somebody else was not: the window is over for all of them.
    is_over = any(card.status == "over" for card in people)
    return Stage.EXPIRED if is_over else Stage.WAITING_FOR_OTHERS


def sms_page(challenge: SmsChallenge) -> SmsPage:
    """The page for the person of `challenge`; four queries whatever the number of persons."""
    order = FilingOrder.objects.get(pk=challenge.owner)
    together = SmsChallenge.objects.filter(owner=challenge.owner, opened_at=challenge.opened_at)
    people = [_card(row, challenge) for row in together]
    return SmsPage(order, challenge, _stage(order, challenge, people), people)
