"""The six stages of a filing, and what still lies ahead."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from beian.dates import short_day_text
from beian.lazy_text import LazyText
from beian.site_settings import setting
from beian.ui import Stage, TimelineItem
from orders.enums import CLOSED_STATES
from orders.enums import OrderState as S
from orders.filings.state_display import label_of
from orders.filings.timeline import Entry
from orders.models import FilingOrder

FILLING, REVIEW, HAND_OVER, SMS, BUREAU, DONE = range(6)
STAGE_OF: dict[str, int] = {
    S.DRAFT: FILLING,
    S.INITIAL_REVIEW: REVIEW,
    S.NEEDS_SUPPLEMENT: REVIEW,
    S.RESUBMITTED: REVIEW,
    S.INITIAL_REJECTED: REVIEW,
    S.PENDING_BUREAU_SUBMISSION: HAND_OVER,
    S.SMS_VERIFICATION: SMS,
    S.RETURNED_BY_MIIT: SMS,
    S.BUREAU_REVIEW: BUREAU,
    S.BUREAU_REJECTED: BUREAU,
    S.FILED: DONE,
}
# The transition whose date stands under a stage once it is over.
ENDED_BY = {
    FILLING: frozenset({"submit", "resubmit", "submit_again"}),
    REVIEW: frozenset({"pass_initial_review"}),
    HAND_OVER: frozenset({"accept_at_bureau"}),
    SMS: frozenset({"confirm_sms"}),
    BUREAU: frozenset({"grant"}),
}

# Under the present stage; the review stages say what the tag says.
NOW: dict[str, LazyText] = {
    S.DRAFT: gettext_lazy("等您填写"),
    S.NEEDS_SUPPLEMENT: gettext_lazy("等您修改"),
    S.INITIAL_REJECTED: gettext_lazy("已驳回，等您修改"),
    S.PENDING_BUREAU_SUBMISSION: gettext_lazy("接入商处理中"),
    S.SMS_VERIFICATION: gettext_lazy("等负责人核验"),
    S.RETURNED_BY_MIIT: gettext_lazy("已退回，等您处理"),
    S.BUREAU_REVIEW: gettext_lazy("管局处理中"),
    S.BUREAU_REJECTED: gettext_lazy("已驳回，等您修改"),
}


def _now(order: FilingOrder) -> str:
    return str(NOW.get(order.state) or label_of(order))


def _names() -> list[str]:
    return [
        _("填写资料"),
        _("接入商初审"),
        _("提交管局"),
        _("短信核验"),
        _("管局审核"),
        _("已备案"),
    ]


def _days(order: FilingOrder, first: str, last: str) -> str:
    days = {"first": setting(first, order.province), "last": setting(last, order.province)}
    return _("%(first)d–%(last)d 个工作日") % days


def _ahead(order: FilingOrder) -> list[str]:
    submit = {"days": setting("bureau.submit_working_days", order.province)}
    hours = {"hours": setting("sms.code_hours", order.province)}
    return [
        "",
        _days(order, "review.initial_shown_from", "review.initial_working_days"),
        ngettext("%(days)d 个工作日内", "%(days)d 个工作日内", submit["days"]) % submit,
        _("%(hours)d 小时内") % hours,
        _days(order, "bureau.review_shown_from", "bureau.review_working_days"),
        "",
    ]


def _done_note(stage: int, entries: Iterable[Entry]) -> str:
    names = ENDED_BY[stage]
    ended = [entry.at for entry in entries if entry.name in names]
    return _("%(day)s完成") % {"day": short_day_text(ended[-1])} if ended else ""


def stages_of(order: FilingOrder, entries: list[Entry]) -> list[Stage]:
    """The progress strip; empty for orders that ended without a number."""
    if order.state in CLOSED_STATES and order.state != S.FILED:
        return []
    here, ahead = STAGE_OF[order.state], _ahead(order)
    stages = []
    for number, name in enumerate(_names()):
        if number < here:
            stages.append(Stage(name, _done_note(number, entries), "done"))
        elif number > here:
            stages.append(Stage(name, ahead[number], "later"))
        elif order.state == S.FILED:
            stages.append(Stage(name, short_day_text(order.state_entered_at), "done"))
        else:
            stages.append(Stage(name, _now(order), "current"))
    return stages


def upcoming_of(order: FilingOrder) -> list[TimelineItem]:
    """接下来会发生什么: the steps after the present one, as far as people have to know them."""
    here = STAGE_OF.get(S(order.state), DONE)
    hours = setting("sms.code_hours", order.province)
    items = [
        (REVIEW, _("初审电话"), _("审核员会拨打负责人的手机，核对资料。")),
        (
            SMS,
            _("核验短信"),
            _("%(sender)s 发出验证码，负责人须在 %(hours)d 小时内完成。")
            % {"sender": setting("sms.sender"), "hours": hours},
        ),
        (BUREAU, _("管局审核"), _("期间不能撤回或修改。")),
        (
            DONE,
            _("备案成功"),
            _(
                "管局作出决定后，结果通常在 %(hours)d 小时内显示在这里。"
                "网站底部标明备案号，%(days)d 日内办理公安备案。"
            )
            % {
                "hours": setting("bureau.sync_shown_hours"),
                "days": setting("after.public_security_days"),
            },
        ),
    ]
    return [
        TimelineItem(title, (text,), "future")
        for stage, title, text in items
        if stage > here or (stage == here == REVIEW)
    ]
