"""What an order says and rests on: complete, allowed, still there."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beian.actors import Actor
from beian.enums import RealNameState
from beian.models import Account, Subject

if TYPE_CHECKING:
    from orders.models import FilingOrder


def dossier_complete(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    from orders.wizard import unfinished_steps

    steps = unfinished_steps(order)
    if not steps:
        return ""
    names = _("、").join(str(step.title) for step in steps)
    return _("还没有填完：%(steps)s。") % {"steps": names}


def no_blocking_finding(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    from orders.findings import blocking_findings

    count = len(blocking_findings(order))
    if not count:
        return ""
    return ngettext("还有 %(count)d 项必须处理。", "还有 %(count)d 项必须处理。", count) % {
        "count": count
    }


def data_still_valid(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    """Time passes between the steps: a certificate lapses, a domain is filed by another."""
    from beian.data_language import in_language
    from orders.findings import blocking_now

    problem = next((in_language(finding.message) for finding in blocking_now(order)), "")
    if not problem:
        return ""
    words = {"problem": problem}
    if order.is_editable:
        return _("%(problem)s请修改资料后重新提交初审。") % words
    return _("%(problem)s请退回申请人修改。") % words


def agreements_given(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    from orders.agreements import missing_agreements

    titles = [text.title for text in missing_agreements(order, actor)]
    return _("请先勾选：%(titles)s。") % {"titles": _("、").join(titles)} if titles else ""


def resource_usable(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    from orders.assessment import assessed
    from orders.resources import refusal_among, refusal_of_chosen

    looked = assessed(order)
    return refusal_among(looked.resources, order) if looked else refusal_of_chosen(order)


def no_rival_domain(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    """A domain is in one running order and under one filing at a time."""
    from orders.rival_domains import FILED, RUNNING, rivals_of

    rivals = rivals_of(order)
    if FILED in rivals:
        return _("域名 %(domain)s 已经备案，请核对域名。") % {"domain": order.domain}
    if RUNNING in rivals:
        return _("域名 %(domain)s 正在另一个订单中办理，请核对域名或联系客服。") % {
            "domain": order.domain
        }
    return ""


def draft_unchanged(order: "FilingOrder", actor: Actor, data: Mapping) -> str:
    from orders.dossier import to_bytes

    if to_bytes(order.submission.dossier) == to_bytes(order.dossier):
        # A draft that did not open when its pictures went names them still.
        return pictures_there(order, actor, data)
    if _lacks_only_pictures(order):
        # Whoever lost pictures to their term changed nothing.
        reason = pictures_there(order, actor, data)
        if reason:
            return reason
    return _("资料已经修改过，请重新提交初审。")


def _lacks_only_pictures(order: "FilingOrder") -> bool:
    from orders.dossier import to_bytes

    submitted, kept = order.submission.dossier, order.dossier.materials
    files = {name for names in submitted.materials.values() for name in names}
    if not files.issuperset(name for names in kept.values() for name in names):
        return False
    without = submitted.model_copy(update={"materials": kept})
    return to_bytes(without) == to_bytes(order.dossier)


def pictures_there(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    """What was submitted can be reviewed only as long as its pictures are kept."""
    erased_at = order.pictures_erased_at
    if erased_at is None or erased_at < order.submission.submitted_at:
        return ""
    return _("图片保存期满，已删除，须由申请人重新上传后提交。")


def not_erased(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    return _("订单的个人信息保存期满，已删除，请开始新的备案。") if order.is_erased else ""


def not_hidden(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    return _("已经从列表中删除。") if order.is_hidden else ""


def may_start(order: "FilingOrder", actor: Actor, _data: Mapping) -> str:
    """One account, one subject, one running order; real-name status first."""
    from orders.models import FilingOrder

    account = Account.objects.get(pk=order.account_id)
    if account.real_name_state != RealNameState.VERIFIED:
        return _("请先完成账号实名认证。")
    running = FilingOrder.objects.of_account(account.pk).open().exclude(pk=order.pk).first()
    if running is not None:
        return _("订单 %(number)s 还在办理，办完或放弃后才能开始新的备案。") % {
            "number": running.number
        }
    if Subject.objects.filter(account=account).exists():
        return _("本账号已有备案主体，首次备案只能办理一次。")
    return _rival_certificate(order)


def _rival_certificate(order: "FilingOrder") -> str:
    from orders.models import FilingOrder

    if not order.cert_digest:
        return ""
    rivals = FilingOrder.objects.open().filter(cert_digest=order.cert_digest)
    return _("此证件存在进行中的订单。") if rivals.exclude(pk=order.pk).exists() else ""


def comments_answered(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    from orders.replies import unanswered_comments

    count = len(unanswered_comments(order))
    if not count:
        return ""
    return ngettext("还有 %(count)d 条意见没有处理。", "还有 %(count)d 条意见没有处理。", count) % {
        "count": count
    }
