"""The house they meet in: accounts with drafts ready to submit, staff, a bureau, a moving clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from unittest.mock import patch
from uuid import UUID

from django.db import transaction

from beian import clock
from beian.actors import BUREAU, MINISTRY, SYSTEM, Actor
from beian.enums import MembershipRole, StaffRoleName
from orders import workflow
from orders.agreements import REQUIRED, give_agreements
from orders.models import FilingOrder
from rules.certificates.credit_code import check_character
from tests.builders import (
    Applicant,
    let_idle_orders_expire,
    make_applicant,
    make_resource,
    make_staff,
)
from tests.crowd.bureau import CrowdBureau
from tests.fake_face import put_recognition
from tests.life import make_ready_draft, own_person

# Of each ten accounts, one files for the certificate of its neighbour.
RIVALS = 10
REVIEWERS, SUBMITTERS = 8, 3


@dataclass
class House:
    """`applicants` are the two people of each account; `order_ids` grows as orders are begun."""

    applicants: dict[UUID | int, list[Applicant]]
    reviewers: list[Actor]
    submitters: list[Actor]
    bureau: CrowdBureau
    order_ids: list[UUID] = field(default_factory=list)
    ahead: timedelta = timedelta()

    @property
    def staff(self) -> list[Actor]:
        return [*self.reviewers, *self.submitters]

    @property
    def everybody_else(self) -> list[Actor]:
        return [*self.staff, SYSTEM, BUREAU, MINISTRY]


@contextmanager
def open_house(orders: int, first: int = 0) -> Iterator[House]:
    """`orders` drafts; the bureau stands behind its port and the clock can be moved.

    Houses on one database are told apart by the number of their `first` order.
    """
    house = House(
        applicants={},
        reviewers=[
            make_staff(_reviewer_role(number), name=f"reviewer-{first}-{number}").actor
            for number in range(REVIEWERS)
        ],
        submitters=[
            make_staff(StaffRoleName.BUREAU_SUBMITTER, name=f"submitter-{first}-{number}").actor
            for number in range(SUBMITTERS)
        ],
        bureau=CrowdBureau(),
    )
    with (
        patch.object(clock, "_offset", lambda: house.ahead),
        patch("orders.actions.sending.gateway", lambda: house.bureau),
        patch("orders.actions.results.gateway", lambda: house.bureau),
    ):
        let_idle_orders_expire()
        for number in range(first, first + orders):
            _move_in(house, number)
        yield house


def _reviewer_role(number: int) -> str:
    return StaffRoleName.SENIOR_REVIEWER if number == 0 else StaffRoleName.REVIEWER


def _move_in(house: House, number: int) -> None:
    owner = make_applicant(phone=f"1370{number:07}", account_name=f"示例账号 {number}（虚构）")
    colleague = make_applicant(
        phone=f"1371{number:07}",
        account=owner.account,
        role=MembershipRole.BEIAN_ADMINISTRATOR,
    )
    make_resource(owner.account)
    house.applicants[owner.account.pk] = [owner, colleague]
    begin(house, owner, number)


def begin(house: House, applicant: Applicant, number: int) -> None:
    """A filled-in draft; raises Refused where the account or the certificate has one already."""
    order = make_ready_draft(applicant, **own_person(number))
    order.number = f"BA{number:04}{order.pk.hex[:8]}"
    dossier = order.dossier
    body = f"91330102MA{_certificate(number):07d}"
    dossier.subject.cert_number = body + check_character(body)
    dossier.services[0].domains = [f"shili-{number}.com"]
    order.put_dossier(dossier)
    try:
        with transaction.atomic():
            workflow.start(order, applicant.actor)
            give_agreements(applicant.actor, order, keys=REQUIRED)
            put_recognition(order)
    except workflow.Refused:
        return
    house.order_ids.append(order.pk)


def _certificate(number: int) -> int:
    return number - 1 if number % RIVALS == RIVALS - 1 else number


def order_of(order_id: UUID) -> FilingOrder:
    return FilingOrder.objects.get(pk=order_id)
