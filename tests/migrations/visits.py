"""Everybody's first page and every order's pages, each with words that must be on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from beian.enums import MembershipRole, StaffRoleName
from beian.models import Membership, User
from orders.models import FilingOrder
from tests.builders import client_of

# The test client calls itself "testserver", which no installation answers to.
HOST = "127.0.0.1"
DOORS = ("verification:sign-in", "verification:staff-sign-in")


@dataclass(frozen=True)
class Visit:
    user: User
    address: str
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.address} for {self.user.pk}"


def visits() -> dict[str, str]:
    """Address and person → what is wrong with the page, "" if nothing."""
    return {str(visit): problem_of(visit) for visit in _visits()}


def problem_of(visit: Visit) -> str:
    answer = client_of(visit.user, SERVER_NAME=HOST).get(visit.address, follow=True)
    if answer.status_code != 200:
        return f"status {answer.status_code}"
    last = answer.redirect_chain[-1][0] if answer.redirect_chain else visit.address
    if last.startswith(tuple(reverse(name) for name in DOORS)):
        return "signed out"
    missing = [word for word in visit.words if word not in answer.content.decode()]
    return f"does not show {', '.join(missing)}" if missing else ""


def _visits() -> Iterator[Visit]:
    for user in User.objects.filter(is_active=True):
        yield Visit(user, "/")
    reviewer = User.objects.filter(staff_roles__role=StaffRoleName.REVIEWER).earliest("pk")
    for order in FilingOrder.objects.all():
        owner = Membership.objects.get(account_id=order.account_id, role=MembershipRole.OWNER).user
        yield Visit(owner, reverse("orders:order", args=[order.pk]), _words_of(order))
        if order.round:
            yield Visit(reviewer, reverse("orders:case", args=[order.pk]), (order.number,))
        if order.subject_number:
            page = reverse("orders:certificate", args=[order.pk])
            yield Visit(owner, page, (order.subject_number,))


def _words_of(order: FilingOrder) -> tuple[str, ...]:
    return tuple(word for word in (order.number, order.subject_number) if word)
