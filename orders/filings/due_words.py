"""The fact strip's second cell: until when, as an absolute date, and what is left of it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from beian import clock
from beian.dates import day_text, due_text, remaining_text
from beian.lazy_text import LazyText
from beian.ui import Fact
from orders import working_days
from orders.enums import OrderState as S
from orders.models import FilingOrder

# What the provider or the bureau promises; counted in working days.
PROMISES: dict[str, LazyText] = {
    S.INITIAL_REVIEW: gettext_lazy("初审预计"),
    S.RESUBMITTED: gettext_lazy("初审预计"),
    S.PENDING_BUREAU_SUBMISSION: gettext_lazy("提交管局预计"),
    S.BUREAU_REVIEW: gettext_lazy("管局审核预计"),
}
ENDED: dict[str, LazyText] = {
    S.FILED: gettext_lazy("备案日期"),
    S.ABANDONED: gettext_lazy("放弃日期"),
    S.EXPIRED: gettext_lazy("失效日期"),
}


def _working_days_note(due_at: datetime) -> str:
    if clock.now() > due_at:
        return _("已超过预计日期，仍在办理中")
    last = due_at.astimezone(clock.SHANGHAI).date()
    days = working_days.between(clock.today(), last)
    if not days:
        return _("预计今天完成")
    text = ngettext("还有 %(days)d 个工作日", "还有 %(days)d 个工作日", days) % {"days": days}
    return text + working_days.provisional_note(last)


def _promise(order: FilingOrder, due_at: datetime) -> Fact:
    value = _("%(day)s前完成") % {"day": day_text(due_at)}
    return Fact(str(PROMISES[order.state]), value, _working_days_note(due_at))


def _own_limit(due_at: datetime) -> Fact:
    note = _("逾期订单失效，资料保留，可重新打开")
    return Fact(_("请在此日期前提交"), day_text(due_at), note)


def due_fact(order: FilingOrder) -> Fact:
    """Label, absolute date and what it means, for every state."""
    if order.state in ENDED:
        return Fact(str(ENDED[order.state]), day_text(order.state_entered_at))
    if order.due_at is None:
        return Fact(_("截止日期"), _("没有截止日期"))
    if order.state in PROMISES:
        return _promise(order, order.due_at)
    if order.state == S.SMS_VERIFICATION:
        return Fact(_("短信核验截止"), due_text(order.due_at), remaining_text(order.due_at))
    return _own_limit(order.due_at)
