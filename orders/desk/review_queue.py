"""The review queue: which cases wait, in which order, and which one comes next."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet

from beian import clock
from beian.actors import Actor
from beian.enums import StaffRoleName as Role
from beian.models import Membership
from orders import working_days
from orders.enums import OrderState
from orders.models import FilingOrder

PAGE_SIZE = 20
Key = tuple[datetime, UUID]


@dataclass(frozen=True)
class Filters:
    """Empty text means no filter; the others are keys of the filter form's choices."""

    state: str = ""
    province: str = ""
    due: str = ""
    holder: str = ""
    risk: str = ""


@dataclass(frozen=True)
class Page:
    """One page's orders and whether there are more behind them; counting is not its business."""

    orders: list[FilingOrder]
    has_more: bool = False

    @property
    def newer(self) -> Key | None:
        """The place in front of which the page before ends."""
        return _key(self.orders[0]) if self.orders else None

    @property
    def older(self) -> Key | None:
        """The place behind which the next page begins; None on the last one."""
        return _key(self.orders[-1]) if self.has_more else None


def end_of_day(count: int = 0) -> datetime:
    """Midnight after today, or after that many working days."""
    day = working_days.add(clock.today(), count) if count else clock.today()
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.SHANGHAI)


def _unclaimed() -> Q:
    return Q(assigned_to=None) | Q(lease_until=None) | Q(lease_until__lte=clock.now())


def _due(kind: str) -> Q:
    overdue = Q(due_at__lt=clock.now())
    return {
        "overdue": overdue,
        "today": ~overdue & Q(due_at__lt=end_of_day()),
        "three_days": Q(due_at__lt=end_of_day(3)),
    }[kind]


def _held(holder: str, user_id: int | None) -> Q:
    mine = Q(assigned_to_id=user_id, lease_until__gt=clock.now())
    return mine if holder == "mine" else _unclaimed()


def waiting() -> QuerySet[FilingOrder]:
    """Cases in review, soonest due first; without their sealed content."""
    rows = FilingOrder.objects.in_review().exclude(due_at=None)
    return rows.defer("dossier_sealed").select_related("assigned_to").order_by("due_at", "id")


def filtered(filters: Filters, user_id: int | None) -> QuerySet[FilingOrder]:
    rows = waiting()
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.province:
        rows = rows.filter(province=filters.province)
    if filters.due:
        rows = rows.filter(_due(filters.due))
    if filters.holder:
        rows = rows.filter(_held(filters.holder, user_id))
    if filters.risk:
        rows = rows.filter(is_high_risk=True)
    return rows


def _beyond(key: Key) -> Q:
    # The first condition is what an index can start at.
    due_at, pk = key
    return Q(due_at__gte=due_at) & (Q(due_at__gt=due_at) | Q(id__gt=pk))


def _ahead_of(key: Key) -> Q:
    due_at, pk = key
    return Q(due_at__lte=due_at) & (Q(due_at__lt=due_at) | Q(id__lt=pk))


def _key(order: FilingOrder) -> Key:
    # waiting() leaves out rows without a due time.
    return cast(datetime, order.due_at), order.pk


def page_of(
    rows: QuerySet[FilingOrder], *, after: Key | None = None, before: Key | None = None
) -> Page:
    """The page behind `after` or in front of `before`; the first one without either."""
    if before is not None:
        nearest = rows.filter(_ahead_of(before)).reverse()[:PAGE_SIZE]
        return Page(list(reversed(nearest)), has_more=True)
    found = list((rows.filter(_beyond(after)) if after else rows)[: PAGE_SIZE + 1])
    return Page(found[:PAGE_SIZE], has_more=len(found) > PAGE_SIZE)


def in_front_of(key: Key, rows: QuerySet[FilingOrder]) -> QuerySet[FilingOrder]:
    """The rows on the pages before the one that begins at `key`."""
    return rows.filter(_ahead_of(key))


def own_accounts(user_id: int | None) -> frozenset[UUID]:
    """Accounts the reviewer belongs to privately; their orders are not his to review."""
    rows = Membership.objects.filter(user_id=user_id)
    return frozenset(rows.values_list("account_id", flat=True))


def _is_for(order: FilingOrder, actor: Actor, own: frozenset[UUID]) -> bool:
    is_passable = not order.is_high_risk or actor.has_role(Role.SENIOR_REVIEWER)
    return is_passable and not order.is_claimed and order.account_id not in own


def free_cases(actor: Actor, own: frozenset[UUID]) -> QuerySet[FilingOrder]:
    """Cases this reviewer could take and pass, the most urgent first."""
    rows = waiting().filter(_unclaimed()).exclude(account_id__in=own)
    return rows if actor.has_role(Role.SENIOR_REVIEWER) else rows.filter(is_high_risk=False)


def answered_cases(actor: Actor, own: frozenset[UUID]) -> QuerySet[FilingOrder]:
    """Those of them this reviewer asked to be changed: who knows a case goes on with it."""
    rows = free_cases(actor, own)
    return rows.filter(state=OrderState.RESUBMITTED, last_reviewer_id=actor.user_id)


def next_case(
    actor: Actor, own: frozenset[UUID], first_page: Page | None = None
) -> FilingOrder | None:
    """What `take_next` would take; `first_page` of the whole queue spares a look.

    Only a page on which colleagues hold every case says nothing about the rest.
    """
    # Mostly there is none, and whole rows are dear to ask for.
    came_back = Q(state=OrderState.RESUBMITTED, last_reviewer_id=actor.user_id)
    if FilingOrder.objects.filter(came_back).exists():
        answered = answered_cases(actor, own).first()
        if answered is not None:
            return answered
    if first_page is not None:
        for order in first_page.orders:
            if _is_for(order, actor, own):
                return order
    return free_cases(actor, own).first()
