"""Where an order's domain is already: on record, or in another running order."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, QuerySet, Value

from beian.models import ServiceDomain
from orders.enums import RUNNING_STATES

if TYPE_CHECKING:
    from orders.models import FilingOrder

FILED, RUNNING = "filed", "running"
_KEPT = "_rival_domains"


def rival_rows(order: "FilingOrder") -> dict[str, QuerySet[Any]]:
    """The rows that have the order's domain, by what they are; none without a domain."""
    from orders.models import FilingOrder

    if not order.domain:
        return {}
    filed = ServiceDomain.objects.filter(name=order.domain, removed_at=None)
    running = FilingOrder.objects.filter(domain=order.domain, state__in=RUNNING_STATES)
    return {FILED: filed.order_by(), RUNNING: running.order_by().exclude(pk=order.pk)}


def put_rivals(order: "FilingOrder", rivals: Iterable[str]) -> None:
    """Hand over what `rivals_of` would ask, where it was read together with the register."""
    order.__dict__[_KEPT] = (order.domain, frozenset(rivals))


def rivals_of(order: "FilingOrder") -> frozenset[str]:
    """Which rivals the order's domain has; a second call on the same object asks nothing."""
    domain, found = order.__dict__.get(_KEPT, (None, frozenset()))
    if domain != order.domain:
        found = _read(order)
        put_rivals(order, found)
    return found


def _read(order: "FilingOrder") -> frozenset[str]:
    named = [
        rows.values_list(Value(what, output_field=CharField()))
        for what, rows in rival_rows(order).items()
    ]
    if not named:
        return frozenset()
    first, *others = named
    return frozenset(what for (what,) in first.union(*others))
