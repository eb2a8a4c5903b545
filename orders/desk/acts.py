"""Acts of the desk that ask for confirmation: what each does, said before it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from beian.lazy_text import LazyText
from orders.actions import applicant, review
from orders.models import FilingOrder


@dataclass(frozen=True)
class DeskAct:
    """`name` is the first word of the transition's; `opinion` says whether words go with it."""

    name: str
    title: LazyText
    button: LazyText
    effects: tuple[LazyText, ...]
    done: LazyText
    run: Callable[..., FilingOrder]
    opinion: Literal["none", "optional", "required"] = "none"
    # The messages the applicant gets, by their key in the notice texts.
    notice: str = ""
    sends_comments: bool = False
    # The list to go on with.
    then: str = "orders:queue"


ACTS = {
    act.name: act
    for act in (
        DeskAct(
            "release",
            _("释放订单"),
            _("确认释放"),
            (
                _("订单回到队列，由其他审核员领取。"),
                _("已写好、还没有发送的意见保留，下一位审核员可以继续使用。"),
            ),
            _("订单已释放，回到审核队列。"),
            review.release_order,
        ),
        DeskAct(
            "pass_initial_review",
            _("通过初审"),
            _("确认通过"),
            (
                _("订单转入待提交管局，由另一位同事提交。"),
                _("申请人会收到通知；已写的建议类意见不会发送。"),
            ),
            _("初审已通过，订单转入待提交管局。"),
            review.pass_initial_review,
            notice="initial_review_passed",
        ),
        DeskAct(
            "ask_supplement",
            _("退回待修改"),
            _("确认退回待修改"),
            (
                _("申请人只能修改意见中列出的字段和材料。"),
                _("申请人修改后重新提交，订单回到审核队列。"),
            ),
            _("已退回申请人修改，意见已发送。"),
            review.ask_supplement,
            notice="needs_supplement",
            opinion="optional",
            sends_comments=True,
        ),
        DeskAct(
            "reject",
            _("驳回"),
            _("确认驳回"),
            (
                _("订单结束本轮初审，申请人可以修改全部内容后重新提交。"),
                _("重新提交后从初审重新开始，时限重新计算。"),
            ),
            _("订单已驳回，意见已发送。"),
            review.reject_order,
            notice="rejected",
            opinion="optional",
            sends_comments=True,
        ),
        DeskAct(
            "recall",
            _("收回修改要求"),
            _("确认收回"),
            (
                _("申请人不能再修改，订单回到审核队列，需要重新领取。"),
                _("审核的仍是已提交的资料；申请人没有提交的修改另行保留，只有申请人能看到。"),
                _("已发送的意见仍然保留；不再需要的请逐条撤回，否则不能通过初审。"),
            ),
            _("修改要求已收回，订单回到审核队列。"),
            review.recall_order,
            notice="recalled",
        ),
        DeskAct(
            "resubmit_unchanged",
            _("原样重新提交管局"),
            _("确认原样重新提交"),
            (
                _("资料不作修改，订单回到待提交管局，不需要重新初审。"),
                _("管局接收后，负责人会收到新的验证码，须在期限内完成核验；旧验证码作废。"),
            ),
            _("订单已回到待提交管局。"),
            applicant.resubmit_unchanged,
            notice="resubmitted_unchanged",
            then="orders:returned",
        ),
        DeskAct(
            "send_back_supplement",
            _("按待修改退回"),
            _("确认退回待修改"),
            (
                _("订单不提交管局；申请人只能修改意见中列出的字段和材料，重新提交后回到审核队列。"),
                _("排队中、还没有发出的管局资料会取消。"),
            ),
            _("已退回申请人修改，意见已发送。"),
            review.send_back_for_supplement,
            notice="needs_supplement",
            opinion="optional",
            sends_comments=True,
            then="orders:handover",
        ),
        DeskAct(
            "send_back",
            _("按驳回退回"),
            _("确认驳回"),
            (
                _("订单不提交管局，按初审驳回处理，申请人可以修改全部内容后重新提交。"),
                _("排队中、还没有发出的管局资料会取消。"),
            ),
            _("订单已退回申请人。"),
            review.send_back_order,
            notice="sent_back",
            opinion="required",
            sends_comments=True,
            then="orders:handover",
        ),
    )
}
