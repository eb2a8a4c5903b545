"""Orders that a rule of medium confidence stops: a new website with two domains (rule N17)."""

from orders.actions.objections import object_to_rule, revoke_waiver, waive_rule
from orders.assessment import assess
from orders.models import FilingOrder, Objection, Waiver
from orders.objections import Objectionable
from tests.builders import Applicant, Staff
from tests.life import Life

RULE = "N17"
DOMAINS = "services[0].domains"
THREE_DOMAINS = ["shili-keji.com", "shili-keji.net", "shili-keji.cn"]
TWO_DOMAINS = {DOMAINS: ["shili-keji.com", "shili-keji.net"]}
REASON = "两个域名指向同一个网站，管局电话答复可以一并备案。"
WAIVER = "已与管局电话核实，两个域名可以一并备案。"
REVOCATION = "申请人删除了管局的答复函，豁免没有依据了。"


def fresh(order: FilingOrder) -> FilingOrder:
    return FilingOrder.objects.get(pk=order.pk)


def entry_of(order: FilingOrder, rule: str = RULE) -> Objectionable:
    """The finding as the draft stands now."""
    entries = assess(fresh(order)).objectionables
    return next(entry for entry in entries if entry.finding.rule == rule)


def objected(applicant: Applicant, order: FilingOrder, reason: str = REASON) -> Objection:
    mark = entry_of(order).mark
    return object_to_rule(applicant.actor, order_id=order.pk, mark=mark, reason=reason)


def waive(life: Life, who: Staff | None = None, reason: str = WAIVER, **more) -> Waiver:
    """The reviewer waives what the present submission objects to."""
    actor = (who or life.reviewer).actor
    (entry,) = life.order.submission.objections
    return waive_rule(
        actor, order_id=life.order_id, objection_id=entry["id"], reason=reason, **more
    )


def revoke(life: Life, who: Staff | None = None, reason: str = REVOCATION, **more) -> None:
    """The reviewer takes the waiver of the present submission's objection back."""
    actor = (who or life.reviewer).actor
    (entry,) = life.order.submission.objections
    revoke_waiver(actor, order_id=life.order_id, objection_id=entry["id"], reason=reason, **more)
