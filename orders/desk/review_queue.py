"""The review queue: which cases wait, in which order, and which one comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import cast
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from beian import clock
from beian.models import Membership
from orders.enums import OrderState
from orders.models import FilingOrder
from rules.calendar import add_working_days

PAGE_SIZE = 20
# More would not be read; the page asks for a longer search text instead.
FOUND_AT_MOST = 50
Key = tuple[datetime, UUID]


@dataclass(frozen=True)
class Filters:
    """Empty text means no filter; `due` and `holder` are keys of DUE and HOLDERS."""

    state: str = ""
    province: str = ""
    due: str = ""
    holder: str = ""


@dataclass(frozen=True)
class Page:
    """One page: the orders, their place among all, and the keys of its neighbours."""

    orders: list[FilingOrder]
    total: int
    before: int
    newer: Key | None = None
    older: Key | None = None

    @property
    def first(self) -> int:
        return self.before + 1 if self.orders else 0

    @property
    def last(self) -> int:
        return self.before + len(self.orders)


@dataclass(frozen=True)
class Counts:
    """How many cases each saved view holds."""

    all: int = 0
    today: int = 0
    overdue: int = 0
    resubmitted: int = 0
    mine: int = 0


def end_of_day(working_days: int = 0) -> datetime:
    """Midnight after today, or after that many working days."""
    day = add_working_days(clock.today(), working_days) if working_days else clock.today()
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
    return rows


def _beyond(key: Key) -> Q:
    due_at, pk = key
    return Q(due_at__gt=due_at) | Q(due_at=due_at, id__gt=pk)


def _ahead_of(key: Key) -> Q:
    due_at, pk = key
    return Q(due_at__lt=due_at) | Q(due_at=due_at, id__lt=pk)


def _key(order: FilingOrder) -> Key:
    # waiting() leaves out rows without a due time.
    return cast(datetime, order.due_at), order.pk


def page_of(
    rows: QuerySet[FilingOrder], *, after: Key | None = None, before: Key | None = None
) -> Page:
    """The page behind `after` or in front of `before`; the first one without either."""
    total = rows.count()
    if before is not None:
        nearest = rows.filter(_ahead_of(before)).reverse()[:PAGE_SIZE]
        orders = list(reversed(nearest))
    else:
        orders = list((rows.filter(_beyond(after)) if after else rows)[:PAGE_SIZE])
    if not orders:
        return Page([], total, 0)
    ahead = rows.filter(_ahead_of(_key(orders[0]))).count()
    more = ahead + len(orders) < total
    return Page(
        orders,
        total,
        ahead,
        newer=_key(orders[0]) if ahead else None,
        older=_key(orders[-1]) if more else None,
    )


def own_accounts(user_id: int | None) -> frozenset[UUID]:
    """Accounts the reviewer belongs to privately; their orders are not his to review."""
    rows = Membership.objects.filter(user_id=user_id)
    return frozenset(rows.values_list("account_id", flat=True))


def next_case(user_id: int | None, own: frozenset[UUID]) -> FilingOrder | None:
    """The most urgent case this reviewer could take."""
    return waiting().filter(_unclaimed()).exclude(account_id__in=own).first()


def counts(user_id: int | None) -> Counts:
    """One query for all saved views."""
    views: Mapping[str, Q] = {
        "all": Q(),
        "today": _due("today"),
        "overdue": _due("overdue"),
        "resubmitted": Q(state=OrderState.RESUBMITTED),
        "mine": _held("mine", user_id),
    }
    totals = {name: Count("pk", filter=query) for name, query in views.items()}
    return Counts(**waiting().order_by().aggregate(**totals))


def found(text: str) -> list[FilingOrder]:
    """Submitted orders in any state whose number, subject, domain or filing number has `text`."""
    matches = (
        Q(number__icontains=text)
        | Q(subject_name__icontains=text)
        | Q(domain__icontains=text.lower())
        | Q(subject_number__icontains=text)
    )
    rows = FilingOrder.objects.filter(matches, round__gt=0).defer("dossier_sealed")
    return list(rows.select_related("assigned_to").order_by("-created_at")[:FOUND_AT_MOST])
