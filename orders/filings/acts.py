"""Acts of the applicant that ask for confirmation: what they do, said before they are done."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from beian.lazy_text import LazyText
from orders.actions import applicant
from orders.models import FilingOrder


@dataclass(frozen=True)
class Act:
    """`name` is the transition's; `effects` are whole sentences, the gravest first."""

    name: str
    title: LazyText
    button: LazyText
    effects: tuple[LazyText, ...]
    hint: LazyText
    done: LazyText
    run: Callable[..., FilingOrder]


ACTS = {
    act.name: act
    for act in (
        Act(
            "withdraw",
            _("撤销备案"),
            _("确认撤销"),
            (
                _("订单回到草稿，接入商停止审核。"),
                _("已填写的资料和已上传的材料全部保留，可以修改后再次提交。"),
                _("再次提交后从初审重新开始，初审时限重新计算。"),
            ),
            _("撤销后订单回到草稿，可修改后再提交。"),
            _("备案已撤销，订单回到草稿。"),
            applicant.withdraw_order,
        ),
        Act(
            "abandon",
            _("放弃备案"),
            _("确认放弃"),
            (
                _("订单结束并转入历史订单，不能恢复。"),
                _("占用的云资源备案名额随即释放。"),
                _(
                    "订单内容在保存期满之前仍可查看，删除前会通知您；需要时可以开始新的备案，资料须重新填写。"
                ),
            ),
            _("放弃后不能恢复，占用的资源随即释放。"),
            _("订单已放弃，占用的资源已释放。"),
            applicant.abandon_order,
        ),
        Act(
            "hide",
            _("从列表中删除"),
            _("确认删除"),
            (
                _("订单不再出现在“我的备案”的历史订单里。"),
                _("依照法律规定，办理记录仍在接入商处留存。"),
            ),
            _("删除后不再出现在历史订单里。"),
            _("订单已从列表中删除。"),
            applicant.hide_order,
        ),
        Act(
            "reopen",
            _("重新打开"),
            _("确认重新打开"),
            (
                _("订单回到草稿，原来的资料保留。"),
                _("请检查资料是否仍然有效，提交后从初审重新开始。"),
            ),
            _("重新打开后订单回到草稿，资料保留。"),
            _("订单已重新打开，请检查资料后提交。"),
            applicant.reopen_order,
        ),
        Act(
            "resubmit_unchanged",
            _("原样重新提交"),
            _("确认原样重新提交"),
            (
                _("资料不作修改，由接入商再次提交管局，不需要重新初审。"),
                _("管局接收后，负责人会收到新的验证码，须在期限内完成核验；旧验证码作废。"),
            ),
            _("资料不作修改，直接再次提交管局；负责人会收到新的验证码。"),
            _("订单已原样重新提交，接入商将再次提交管局。"),
            applicant.resubmit_unchanged,
        ),
    )
}
