"""Rows of the list as the page shows them: what it is about, why, and what to do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beian.actors import Actor
from beian.enums import Channel
from beian.enums import StaffRoleName as Role
from beian.lazy_text import LazyText
from beian.models import Deadline, Notice
from orders.attention.pages import Item
from orders.attention.sources import Source
from orders.models import BureauRecord, BureauResult, FilingOrder

# What a failing deadline would have done.
DEADLINES: dict[str, LazyText] = {
    "initial_review": gettext_lazy("初审时限"),
    "review_warning": gettext_lazy("无人领取的提醒"),
    "bureau_submission": gettext_lazy("提交管局时限"),
    "bureau_review": gettext_lazy("管局审核时限"),
    "sms_verification": gettext_lazy("短信核验时限"),
    "sms_reminder": gettext_lazy("短信核验提醒"),
    "idle_expiry": gettext_lazy("订单闲置失效"),
    "idle_reminder": gettext_lazy("订单闲置提醒"),
    "lease": gettext_lazy("领取到期释放"),
    "public_security_reminder": gettext_lazy("公安备案提醒"),
}
_READS_CASES = (Role.REVIEWER, Role.SENIOR_REVIEWER, Role.BUREAU_SUBMITTER)


@dataclass(frozen=True)
class Line:
    """`advice` says what to do, `url` where (both empty where nothing but waiting helps)."""

    source: Source
    since: datetime
    order: FilingOrder | None
    order_url: str
    detail: str
    advice: str
    url: str = ""


@dataclass(frozen=True)
class Words:
    detail: str
    advice: str
    url: str = ""


def _result(row: BureauResult) -> Words:
    advice = _("核对后登记到正确的订单，或写明理由不予登记")
    return Words(row.get_problem_display(), advice, reverse("orders:bureau-result", args=[row.key]))


def _refused(row: BureauRecord) -> Words:
    detail = _("回执代码 %(code)s：%(text)s") % {"code": row.answer_code, "text": row.answer_text}
    url = reverse("orders:handover-act", args=[row.order_id])
    return Words(detail, _("核对后再次提交，或退回申请人"), url)


def _silent(row: BureauRecord) -> Words:
    names = {"kind": row.get_record_type_display(), "state": row.get_state_display()}
    advice = _("系统仍在重试；请查看与管局的线路是否正常")
    return Words(
        _("%(kind)s：%(state)s") % names,
        advice,
        reverse("orders:handover"),
    )


def _unmoved(row: BureauRecord) -> Words:
    advice = _("系统仍在重试；请按编号 %(id)s 查看系统日志") % {"id": row.pk}
    return Words(_("已收到回执，订单仍是待提交管局"), advice)


def _overdue_review(row: FilingOrder) -> Words:
    return Words(_("初审期限已过"), _("领取并审核"), reverse("orders:case", args=[row.pk]))


def _overdue_submission(row: FilingOrder) -> Words:
    url = reverse("orders:handover-act", args=[row.pk])
    return Words(_("提交管局的期限已过"), _("核对并提交管局"), url)


def _overdue_bureau(row: FilingOrder) -> Words:
    url = reverse("orders:case", args=[row.pk])
    return Words(_("管局审核的期限已过，没有结果"), _("与管局核实办理情况"), url)


def _notice(row: Notice) -> Words:
    detail = _("%(channel)s：%(failure)s") % {
        "channel": Channel(row.channel).label,
        "failure": row.failure or "—",
    }
    url = reverse("orders:failed-notice", args=[row.pk])
    return Words(detail, _("重新发送，或用其他方式告知后登记"), url)


def _deadline(row: Deadline) -> Words:
    detail = _("%(kind)s：%(failure)s，已失败 %(count)d 次") % {
        "kind": DEADLINES.get(row.kind, row.kind),
        "failure": row.failure,
        "count": row.failure_count,
    }
    return Words(detail, _("系统仍在重试；请按编号 %(id)d 查看系统日志") % {"id": row.pk})


WORDS: dict[str, Callable[[Any], Words]] = {
    "result": _result,
    "refused": _refused,
    "silent": _silent,
    "unmoved": _unmoved,
    "overdue_review": _overdue_review,
    "overdue_submission": _overdue_submission,
    "overdue_bureau": _overdue_bureau,
    "notice": _notice,
    "deadline": _deadline,
}


def _order_id(item: Item) -> UUID | None:
    row = item.row
    if isinstance(row, FilingOrder):
        return row.pk
    if isinstance(row, BureauResult):
        return row.record.order_id if row.record else None
    return row.object_id if isinstance(row, Deadline) else row.order_id


def lines_of(items: Iterable[Item], actor: Actor) -> list[Line]:
    """Asks once for all orders the items speak of."""
    shown = list(items)
    ids = {_order_id(item) for item in shown} - {None}
    orders = FilingOrder.objects.defer("dossier_sealed").in_bulk(list(ids))
    return [_line(item, orders, actor.has_role(*_READS_CASES)) for item in shown]


def _line(item: Item, orders: dict[UUID, FilingOrder], reads_cases: bool) -> Line:
    order = orders.get(_order_id(item))  # type: ignore[arg-type]  # None is no key
    words = WORDS[item.source.kind](item.row)
    # Drafts are nobody else's business.
    is_case = order is not None and order.round > 0 and reads_cases
    return Line(
        source=item.source,
        since=item.key.since,
        order=order,
        order_url=reverse("orders:case", args=[order.pk]) if is_case and order else "",
        detail=words.detail,
        advice=words.advice,
        url=words.url,
    )
