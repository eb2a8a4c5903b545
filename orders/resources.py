"""Resources a filing can rest on: which ones of the account may be used, why not, and their slots.

A slot is held when an order is submitted, consumed for good when it is filed, and freed when the
order is given up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from beian import clock
from beian.data_language import data_language
from beian.enums import ResourceUseState
from beian.models import Resource, ResourceUse
from beian.site_settings import setting
from rules.enumerations import resource_kinds

if TYPE_CHECKING:
    from orders.models import FilingOrder

TAKEN = (ResourceUseState.HELD, ResourceUseState.CONSUMED)
# How many services one resource of a kind carries, and how long it must be rented.
SLOTS = {
    "ecs": "resource.services_per_server",
    "application_server": "resource.services_per_server",
    "enterprise_portal": "resource.domains_per_portal",
}
RENTAL = {"dedicated_cloud": "resource.dedicated_rental_months"}


@dataclass(frozen=True)
class ResourceChoice:
    """A resource as the form offers it; `reason` is empty where it may be chosen."""

    resource: Resource
    reason: str
    used: int
    limit: int | None

    @property
    def key(self) -> str:
        return str(self.resource.pk)

    @property
    def is_eligible(self) -> bool:
        return not self.reason


def region_text(resource: Resource) -> str:
    """Inventories name regions in Chinese; in English the region's own id is shown."""
    return resource.region if data_language() == "en" else resource.region_label


def choices_of(order: "FilingOrder") -> list[ResourceChoice]:
    """Every resource of the account, eligible ones first. One query."""
    taken = Count("uses", filter=Q(uses__state__in=TAKEN) & ~Q(uses__order_id=order.pk))
    rows = Resource.objects.filter(account_id=order.account_id).annotate(taken=taken)
    choices = [_choice(row, row.known_use_count + row.taken) for row in rows]
    return sorted(choices, key=lambda choice: (not choice.is_eligible, choice.resource.name))


def chosen_among(choices: Iterable[ResourceChoice], order: "FilingOrder") -> ResourceChoice | None:
    """The resource the order names; None if nothing, or nothing of the account, was chosen."""
    wanted = order.content.services[0].resource
    return next((choice for choice in choices if choice.key == wanted), None)


def resource_of(order: "FilingOrder") -> Resource | None:
    """What the order names, whatever became of it since; one query."""
    wanted = order.content.services[0].resource
    if not wanted:
        return None
    return Resource.objects.filter(account_id=order.account_id, pk=wanted).first()


def refusal_of_chosen(order: "FilingOrder") -> str:
    """Why the order cannot rest on what was chosen, as things are now; empty if it can."""
    return refusal_among(choices_of(order), order)


def refusal_among(choices: Iterable[ResourceChoice], order: "FilingOrder") -> str:
    """The same, looking at resources that were read already."""
    if not order.content.services[0].resource:
        return _("请先选择备案资源。")
    choice = chosen_among(choices, order)
    if choice is None:
        return _("所选的备案资源已不在本账号中，请重新选择。")
    if not choice.is_eligible:
        return _("所选的备案资源“%(name)s”不能使用：%(reason)s") % {
            "name": choice.resource.name,
            "reason": choice.reason,
        }
    return ""


def _choice(resource: Resource, used: int) -> ResourceChoice:
    slots = SLOTS.get(resource.kind)
    limit = setting(slots) if slots else None
    return ResourceChoice(resource, _refusal(resource, used, limit), used, limit)


def _refusal(resource: Resource, used: int, limit: int | None) -> str:
    """The first thing that stands against it, in words of the page."""
    kind = next((row for row in resource_kinds() if row.key == resource.kind), None)
    if kind is None:
        return _("此类产品不能用于备案，请选择中国大陆的云服务器。")
    if not kind.more["eligible"]:
        return kind.more[f"condition_{data_language()}"] + _("。")
    return _refusal_of_terms(resource) or _refusal_of_capacity(used, limit)


def _refusal_of_terms(resource: Resource) -> str:
    months = setting(RENTAL.get(resource.kind, "resource.rental_months"))
    if not resource.is_mainland:
        return _("位于中国大陆以外，不能用于备案，请选择中国大陆节点的资源。")
    if not resource.is_prepaid:
        return _("按需计费的资源不能用于备案，请改为包年包月。")
    if _has_ended(resource.expires_on):
        return _("已经到期，请续费后更新列表。")
    if resource.months_total < months:
        return _("购买时长（含续费）不足 %(months)d 个月，请续费后更新列表。") % {"months": months}
    if not resource.public_ips:
        return _("没有绑定公网 IP，请绑定弹性公网 IP 后更新列表。")
    if resource.turned_into_codes:
        return _("已生成备案授权码，只能通过授权码使用。")
    return ""


def _has_ended(day: date | None) -> bool:
    return day is not None and day < clock.today()


def _refusal_of_capacity(used: int, limit: int | None) -> str:
    if limit is None or used < limit:
        return ""
    return _("用于备案的资源已达最大使用次数（%(limit)d 次），请选择其他资源。") % {"limit": limit}


def hold(order: "FilingOrder") -> None:
    """Take a slot of the chosen resource; a slot this order held elsewhere is freed.

    Inside the transition. Safe to repeat. Raises Refused, before anything is written, when another
    order took the last slot in the meantime.
    """
    from orders.workflow import Refused

    wanted = order.content.services[0].resource
    if wanted:
        # Orders that want the same resource queue here; the count below is made after the lock.
        own = Resource.objects.filter(account_id=order.account_id, pk=wanted)
        list(own.select_for_update(no_key=True).values_list("pk"))
    reason = refusal_of_chosen(order)
    if reason:
        raise Refused("resource_usable", reason)
    _held(order).exclude(resource_id=wanted).update(
        state=ResourceUseState.RELEASED, changed_at=clock.now()
    )
    use = ResourceUse(
        resource_id=wanted,
        order_id=order.pk,
        state=ResourceUseState.HELD,
        changed_at=clock.now(),
    )
    # One that it has already stays as it is.
    ResourceUse.objects.bulk_create([use], ignore_conflicts=True)


def release(order: "FilingOrder") -> None:
    """Free the slot an abandoned or expired order held. Safe to repeat."""
    _held(order).update(state=ResourceUseState.RELEASED, changed_at=clock.now())


def consume(order: "FilingOrder") -> None:
    """The order is filed: its slot is used up for good. Safe to repeat."""
    _held(order).update(state=ResourceUseState.CONSUMED, changed_at=clock.now())


def _held(order: "FilingOrder"):
    return ResourceUse.objects.filter(order_id=order.pk, state=ResourceUseState.HELD)
