"""Beginning a first filing (T1)."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from beian import clock
from beian.actions.inventory import request_inventory
from beian.actors import Actor
from beian.models import Account
from orders import workflow
from orders.apply.prefill import new_dossier
from orders.apply.start_options import nature_names, nature_refusals
from orders.enums import OrderType, ServiceKind
from orders.models import DraftRevision, FilingOrder, OrderNumberSeries
from rules.regions import provinces


def start_first_filing(actor: Actor, *, province: str, nature: str) -> FilingOrder:
    """Open a draft in a province (two-digit code) for a nature of `nature_names`; raises Refused.

    Both are fixed from here on. Two starts at once: the account's unique open order decides.
    """
    if province not in provinces():
        raise workflow.Refused("province", _("请从列表中选择备案省份。"))
    if nature not in nature_names():
        raise workflow.Refused("nature", _("请从列表中选择主办单位性质。"))
    refusal = nature_refusals().get(nature)
    if refusal:
        raise workflow.Refused("nature", refusal)
    try:
        return _start(actor, province, nature)
    except IntegrityError as error:
        reason = _("本账号刚刚开始了另一个订单，请在“我的备案”中继续办理。")
        raise workflow.Refused("may_start", reason) from error


@transaction.atomic
def _start(actor: Actor, province: str, nature: str) -> FilingOrder:
    account = Account.objects.get(pk=actor.account_id)
    order = FilingOrder(
        number=_next_number(),
        account=account,
        created_by_id=actor.user_id,
        order_type=OrderType.FIRST,
        service_kind=ServiceKind.WEBSITE,
    )
    order.put_dossier(new_dossier(province=province, nature=nature))
    workflow.start(order, actor)
    revision = DraftRevision(order=order, version=order.version, created_at=clock.now())
    revision.put(order.dossier)
    revision.save()
    request_inventory(account)
    return order


def _next_number() -> str:
    """BA20261120-0032: the day in Shanghai and the order's place in it."""
    day = clock.today()
    OrderNumberSeries.objects.get_or_create(day=day)
    series = OrderNumberSeries.objects.filter(day=day)
    # The update locks the row until the order is stored, so no two orders get one number.
    series.update(last=F("last") + 1)
    return f"BA{day:%Y%m%d}-{series.get().last:04d}"
