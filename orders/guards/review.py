"""Who may decide about a case, and what has to be done before."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from beian.actors import Actor, ActorKind
from beian.enums import StaffRoleName

if TYPE_CHECKING:
    from orders.models import FilingOrder

# A bar has room for so many names; the list itself is on the same page.
_NAMED_AT_MOST = 3


def not_own_account(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    if actor.kind is not ActorKind.STAFF:
        return ""
    is_own = order.is_of_member(actor.user_id)
    return _("不能审核自己账号的订单，请由其他同事处理。") if is_own else ""


def unclaimed(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    if not order.is_claimed:
        return ""
    if order.is_claimed_by(actor.user_id):
        return _("您已经领取了这个订单。")
    return _("同事刚刚领取了这个订单。")


def claimed_by_actor(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    if order.is_claimed_by(actor.user_id):
        return ""
    return _("请先领取这个订单：没有领取、领取已过期或由同事领取时不能处理。")


def no_must_fix_comment(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    return _("有未撤回的必须修改意见，不能通过。") if _blocking_comments(order) else ""


def has_must_fix_comment(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    if _blocking_comments(order):
        return ""
    return _("请至少给一个字段写明必须修改或需要材料的意见。")


def _blocking_comments(order: "FilingOrder") -> int:
    return sum(comment.is_blocking for comment in order.standing_comments)


def objections_waived(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    """A rule that was objected to is let go by a reviewer with a reason, or the order goes back."""
    from orders.objections import unwaived

    rules = [entry["rule"] for entry in unwaived(order.submission)]
    if not rules:
        return ""
    return _("申请人对规则 %(rules)s 提出异议：请逐条豁免并写明理由，或退回申请人。") % {
        "rules": _("、").join(rules)
    }


def checklist_complete(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    """The reviewer's own answers for this round: every compulsory item, and no failure."""
    from orders.checklist.standing import standing_of

    standing = standing_of(order, actor.user_id)
    failed = _("、").join(item.label for item in standing.failed_items)
    if failed:
        return _("核对清单有不通过的项目：%(items)s。") % {"items": failed}
    return _open_items([item.label for item in standing.open_items])


def _open_items(labels: list[str]) -> str:
    if not labels:
        return ""
    names = {"items": _("、").join(labels[:_NAMED_AT_MOST]), "count": len(labels)}
    if len(labels) > _NAMED_AT_MOST:
        return _("核对清单还有 %(count)d 项没有回答：%(items)s等。") % names
    return _("核对清单还没有完成：%(items)s。") % names


def senior_for_risk(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    from orders.risk import labels_of, senior_classes

    classes = senior_classes(order)
    if not classes or actor.has_role(StaffRoleName.SENIOR_REVIEWER):
        return ""
    words = {"classes": _("、").join(labels_of(classes))}
    return _("订单属于高风险类别（%(classes)s），须由高级审核员通过：请释放，由其领取。") % words


def may_release(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    if order.assigned_to_id is None:
        return _("这个订单没有被领取。")
    if actor.kind is ActorKind.SYSTEM:
        return _("领取还没有到期。") if order.is_claimed else ""
    if order.assigned_to_id == actor.user_id or actor.has_role(StaffRoleName.SENIOR_REVIEWER):
        return ""
    return _("只有领取人或高级审核员可以释放。")


def names_another_reviewer(order: "FilingOrder", _actor: Actor, data: Mapping) -> str:
    """`to_user_id` is one of the reviewers who may take this order, and not the one who has it."""
    from orders.reviewers import reviewers_for

    chosen = data.get("to_user_id")
    if chosen is None:
        return _("请选择一位审核员。")
    if order.is_claimed_by(chosen):
        return _("这位审核员已经领取了这个订单。")
    if not reviewers_for(order).filter(pk=chosen).exists():
        return _("这位同事不能审核这个订单，请另选一位审核员。")
    return ""
