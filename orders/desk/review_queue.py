"""The review queue: which cases wait, in which order, and which one comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, DateTimeField, Q, QuerySet

from beian import clock
from beian.actors import Actor
from beian.counting import CountedSet, Given, counted_set
from beian.enums import StaffRoleName as Role
from beian.models import Membership
from orders import working_days
from orders.desk.keyset import Page, in_order
from orders.enums import OrderState
from orders.models import FilingOrder

# Soonest due first: what the pages of the queue go by.
BY = "due_at"
# What a line of the list is made of, and what tells whether its case may be taken.
LINE_FIELDS = (
    "number",
    "account_id",
    "order_type",
    "state",
    "round",
    "province",
    "subject_name",
    "domain",
    "assigned_to__staff_name",
    "lease_until",
    "due_at",
    "risk_classes",
    "is_high_risk",
    "has_objection",
)
# What differs from one look at the queue to the next; `given` has the values.
GIVEN = {
    "user_id": Given("user_id", BigIntegerField()),
    "now": Given("now", DateTimeField()),
    "tonight": Given("tonight", DateTimeField()),
    "third_day": Given("third_day", DateTimeField()),
}


@dataclass(frozen=True)
class Filters:
    """Empty text means no filter; the others are keys of the filter form's choices."""

    state: str = ""
    province: str = ""
    due: str = ""
    holder: str = ""
    risk: str = ""
    objection: str = ""


def end_of_day(count: int = 0) -> datetime:
    """Midnight after today, or after that many working days."""
    day = working_days.add(clock.today(), count) if count else clock.today()
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)


def given(user_id: int | None) -> dict[str, Any]:
    """Who looks at the queue, and when."""
    return {
        "user_id": user_id,
        "now": clock.now(),
        "tonight": end_of_day(),
        "third_day": end_of_day(3),
    }


def _unclaimed(now: Any) -> Q:
    return Q(assigned_to=None) | Q(lease_until=None) | Q(lease_until__lte=now)


def _due(kind: str, at: Mapping[str, Any]) -> Q:
    return {
        "overdue": Q(due_at__lt=at["now"]),
        "today": Q(due_at__gte=at["now"], due_at__lt=at["tonight"]),
        "three_days": Q(due_at__lt=at["third_day"]),
    }[kind]


def _held(holder: str, at: Mapping[str, Any]) -> Q:
    mine = Q(assigned_to_id=at["user_id"], lease_until__gt=at["now"])
    return mine if holder == "mine" else _unclaimed(at["now"])


def waiting() -> QuerySet[FilingOrder]:
    """Cases in review, soonest due first; without their sealed content."""
    rows = FilingOrder.objects.in_review().exclude(due_at=None)
    return in_order(rows.defer("dossier_sealed").select_related("assigned_to"), BY)


def filtered(filters: Filters, user_id: int | None) -> QuerySet[FilingOrder]:
    """Rows for the list: of each what a line of it shows, a third of the columns."""
    return _filtered(filters, given(user_id)).only(*LINE_FIELDS)


@lru_cache(maxsize=512)
def counted(filters: Filters) -> CountedSet | None:
    """The same rows to be counted, with `given` left open; put together once."""
    return counted_set(_filtered(filters, GIVEN))


def _filtered(filters: Filters, at: Mapping[str, Any]) -> QuerySet[FilingOrder]:
    rows = waiting()
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.province:
        rows = rows.filter(province=filters.province)
    if filters.due:
        rows = rows.filter(_due(filters.due, at))
    if filters.holder:
        rows = rows.filter(_held(filters.holder, at))
    if filters.risk:
        rows = rows.filter(is_high_risk=True)
    if filters.objection:
        rows = rows.filter(has_objection=True)
    return rows


def own_accounts(user_id: int | None) -> frozenset[UUID]:
    """Accounts the reviewer belongs to privately; their orders are not his to review."""
    rows = Membership.objects.filter(user_id=user_id)
    return frozenset(rows.values_list("account_id", flat=True))


def _is_for(order: FilingOrder, actor: Actor, own: frozenset[UUID]) -> bool:
    is_passable = not order.is_high_risk or actor.has_role(Role.SENIOR_REVIEWER)
    return is_passable and not order.is_claimed and order.account_id not in own


def free_cases(actor: Actor, own: frozenset[UUID]) -> QuerySet[FilingOrder]:
    """Cases this reviewer could take and pass, the most urgent first."""
    rows = waiting().filter(_unclaimed(clock.now())).exclude(account_id__in=own)
    return rows if actor.has_role(Role.SENIOR_REVIEWER) else rows.filter(is_high_risk=False)


def answered_cases(actor: Actor, own: frozenset[UUID]) -> QuerySet[FilingOrder]:
    """Those of them this reviewer asked to be changed: who knows a case goes on with it."""
    rows = free_cases(actor, own)
    return rows.filter(state=OrderState.RESUBMITTED, last_reviewer_id=actor.user_id)


@lru_cache(maxsize=1)
def came_back() -> CountedSet | None:
    """Cases that came back to this reviewer, free or not, to be counted."""
    mine = Q(state=OrderState.RESUBMITTED, last_reviewer_id=GIVEN["user_id"])
    return counted_set(FilingOrder.objects.filter(mine).order_by())


def next_case(
    actor: Actor,
    own: frozenset[UUID],
    first_page: Page[FilingOrder] | None = None,
    *,
    has_come_back: bool = True,
) -> FilingOrder | None:
    """What `take_next` would take. Who knows that nothing came back, or has the `first_page` of
    the whole queue, spares a look.

    Only a page on which colleagues hold every case says nothing about the rest.
    """
    if has_come_back:
        answered = answered_cases(actor, own).only(*LINE_FIELDS).first()
        if answered is not None:
            return answered
    if first_page is not None:
        for order in first_page.rows:
            if _is_for(order, actor, own):
                return order
    return free_cases(actor, own).only(*LINE_FIELDS).first()
