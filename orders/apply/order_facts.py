"""The fact strip of an order: who acts, until when, and what the applicant has to know now."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from beian.lazy_text import LazyText
from beian.masking import mask_phone
from beian.site_settings import setting
from beian.ui import Fact
from orders.enums import OrderState as S
from orders.filings.due_words import due_fact
from orders.filings.footer import shows_subject_number
from orders.filings.state_display import display_of
from orders.models import FilingOrder
from orders.replies import Answer

# What is the same for every order in the state: (label, value, note).
PLAIN: dict[str, tuple[LazyText, LazyText, LazyText]] = {
    S.BUREAU_REVIEW: (
        gettext_lazy("办理期间"),
        gettext_lazy("不能撤回或修改"),
        gettext_lazy("结果会以短信和邮件告知"),
    ),
    S.BUREAU_REJECTED: (
        gettext_lazy("管局意见"),
        gettext_lazy("见管局原文"),
        gettext_lazy("修改后从初审重新开始"),
    ),
    S.ABANDONED: (
        gettext_lazy("占用的资源"),
        gettext_lazy("已释放"),
        gettext_lazy("订单内容和记录仍可查看"),
    ),
    S.EXPIRED: (
        gettext_lazy("已填的资料"),
        gettext_lazy("已保留"),
        gettext_lazy("重新打开后须再次提交初审"),
    ),
}


def mobiles_of(order: FilingOrder) -> list[str]:
    """Masked mobiles of the responsible persons, each once, the subject principal's first."""
    dossier = order.dossier
    people = [dossier.subject.principal]
    people += [dossier.service_principal(index) for index in range(len(dossier.services))]
    return [mask_phone(number) for number in dict.fromkeys(p.mobile for p in people) if number]


def _phones(order: FilingOrder) -> Fact:
    note = _("来电号码 %(phone)s") % {"phone": setting("site.phone")}
    return Fact(_("请保持电话畅通"), _("、").join(mobiles_of(order)), note)


def _comments(order: FilingOrder, answers: list[Answer]) -> Fact:
    if not answers:
        return Fact(_("审核意见"), _("见办理说明"), _("修改后从初审重新开始"))
    total = _("共 %(count)d 条") % {"count": len(answers)}
    done = sum(not answer.is_open for answer in answers)
    return Fact(_("审核意见"), total, _("已处理 %(count)d 条") % {"count": done})


def _draft(order: FilingOrder, _answers: list[Answer]) -> Fact:
    days = setting("review.initial_working_days", order.province)
    text = ngettext("%(days)d 个工作日内完成初审", "%(days)d 个工作日内完成初审", days)
    return Fact(_("提交以后"), text % {"days": days}, _("初审通过后提交管局"))


def _sms(order: FilingOrder, _answers: list[Answer]) -> Fact:
    sends = setting("sms.total_sends", order.province)
    note = _("每个手机号最多发送 %(count)d 次") % {"count": sends}
    return Fact(_("短信发送方"), setting("sms.sender"), note)


def _returned(order: FilingOrder, _answers: list[Answer]) -> Fact:
    reason = str(order.get_return_reason_display())
    return Fact(_("退回原因"), reason, _("资料无误可以原样重新提交"))


def _filed(order: FilingOrder, _answers: list[Answer]) -> Fact:
    is_subject = shows_subject_number(order.province)
    note = _("请在网站底部标明主体备案号") if is_subject else _("请在网站底部标明服务备案号")
    return Fact(_("主体备案号"), order.subject_number, note)


SPECIAL = {
    S.DRAFT: _draft,
    S.NEEDS_SUPPLEMENT: _comments,
    S.INITIAL_REJECTED: _comments,
    S.SMS_VERIFICATION: _sms,
    S.RETURNED_BY_MIIT: _returned,
    S.FILED: _filed,
}


def _third(order: FilingOrder, answers: list[Answer]) -> Fact:
    if order.state in SPECIAL:
        return SPECIAL[S(order.state)](order, answers)
    if order.state in PLAIN:
        label, value, note = PLAIN[order.state]
        return Fact(str(label), str(value), str(note))
    return _phones(order)


def facts_for_applicant(order: FilingOrder, answers: list[Answer]) -> list[Fact]:
    """Three facts; `answers` are those of the present round."""
    display = display_of(order)
    who = Fact(_("现在由谁处理"), display.who, display.who_note)
    return [who, due_fact(order), _third(order, answers)]
