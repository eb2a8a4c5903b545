"""Reads of orders and of what they became, always within one account."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Subquery
from django.http import Http404

from beian.actors import Actor
from beian.models import Account, InternetService, ServiceDomain, Subject
from orders.enums import CLOSED_STATES
from orders.guards import may_start
from orders.models import FilingOrder, PageDraft

# Column of an order read for one page.
TYPED = "typed_on_page"


@dataclass(frozen=True)
class StartOffer:
    """Whether a new filing can begin: not beside a running order, nor where `reason` says no."""

    running: FilingOrder | None
    reason: str

    @property
    def is_open(self) -> bool:
        return self.running is None and not self.reason


class OrderErased(Http404):
    """Nothing of the order can be shown or done; `page` (a URL name) says so to this reader."""

    def __init__(self, pk: UUID, page: str) -> None:
        super().__init__(f"order {pk} was erased")
        self.pk = pk
        self.page = page


def order_of(
    account: Account | None, pk: UUID, *, erased_too: bool = False, step: str = ""
) -> FilingOrder:
    """The account's order; Http404 for everybody else's, as for one that does not exist.

    What was typed on the page `step` and not stored comes along. Raises OrderErased for one that
    was, unless the page asks for those too.
    """
    rows = FilingOrder.objects.of_account(account.pk) if account else FilingOrder.objects.none()
    if step:
        typed = PageDraft.objects.filter(order=OuterRef("pk"), step=step)
        rows = rows.annotate(**{TYPED: Subquery(typed.values("sealed")[:1])})
    try:
        order = rows.with_key().get(pk=pk)
    except FilingOrder.DoesNotExist:
        raise Http404 from None
    if order.is_erased and not erased_too:
        raise OrderErased(pk, "orders:order")
    return order


def page_draft_of(order: FilingOrder, step: str) -> PageDraft | None:
    """What was typed on a page and not stored."""
    if TYPED not in order.__dict__:
        return order.page_drafts.filter(step=step).first()
    sealed = order.__dict__[TYPED]
    return PageDraft(order=order, step=step, sealed=sealed) if sealed else None


def saved_at(order: FilingOrder) -> datetime | None:
    """When the draft was saved last."""
    return order.revisions.values_list("created_at", flat=True).first()


def running_order(account: Account) -> FilingOrder | None:
    """The account's open order; the database allows one."""
    return FilingOrder.objects.of_account(account.pk).open().with_key().first()


def running_and_closed(account: Account) -> tuple[FilingOrder | None, list[FilingOrder]]:
    """The open order, and those filed, abandoned and expired without what was taken off the list.

    One query; newest first.
    """
    rows = FilingOrder.objects.of_account(account.pk).exclude(
        state__in=CLOSED_STATES, is_hidden=True
    )
    found = list(rows.with_key())
    running = next((order for order in found if order.is_open), None)
    return running, [order for order in found if order is not running]


def filed_subject(account: Account) -> Subject | None:
    """The account's subject on record, or None."""
    return Subject.objects.filter(account=account).first()


def services_of_subject(subject: Subject) -> list[InternetService]:
    """Services of a subject with their domains on record, in the order of their numbers."""
    domains = ServiceDomain.objects.filter(removed_at=None)
    rows = subject.services.prefetch_related(Prefetch("domains", queryset=domains))
    # What was filed together has one time, and the tenth comes after the ninth.
    return sorted(rows, key=lambda row: (row.filed_at, len(row.service_number), row.service_number))


def start_offer(account: Account, actor: Actor, running: FilingOrder | None) -> StartOffer:
    """What the start button says: T1's own guard, asked before the click."""
    if running is not None:
        return StartOffer(running, "")
    return StartOffer(None, may_start(FilingOrder(account=account), actor, {}))


def filed_services_of(order: FilingOrder) -> list[InternetService]:
    """What a filed order put on record, each with subject, domains and access."""
    domains = ServiceDomain.objects.filter(removed_at=None)
    rows = InternetService.objects.filter(order_id=order.pk)
    rows = rows.select_related("subject", "public_security")
    return list(rows.prefetch_related(Prefetch("domains", queryset=domains), "access"))
