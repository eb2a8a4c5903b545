"""An order's history in words: what happened, who did it, when, in which round."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beian.actors import ActorKind
from beian.dates import moment_text
from beian.lazy_text import LazyText
from beian.ui import TimelineItem, joined
from orders.models import FilingOrder, OrderEvent
from orders.transitions import BY_NAME, START

# Events that move nothing; written by deadlines and by the hand-over.
NOTES: dict[str, LazyText] = {
    "hand_over": gettext_lazy("接入商向管局发送资料"),
    "truthfulness_confirmed": gettext_lazy("负责人完成真实性核验"),
    "truthfulness_withdrawn": gettext_lazy("负责人撤回同意，核验照片已销毁"),
    "photo_lapsed": gettext_lazy("核验服务没有给出结果，核验照片已销毁"),
    "truthfulness_restricted": gettext_lazy("负责人撤回同意，核验照片已封存"),
    "face_consent_withdrawn": gettext_lazy("负责人撤回同意，核验照片已销毁，视频会议照常进行"),
    "face_photo_withdrawn": gettext_lazy("负责人撤回同意，已结束的核验的照片已销毁"),
    "meeting_requested": gettext_lazy("预约视频会议核验"),
    "meeting_cancelled": gettext_lazy("取消视频会议核验"),
    "meeting_scheduled": gettext_lazy("视频会议时间已定"),
    "meeting_confirmed": gettext_lazy("视频会议已核实负责人身份"),
    "truthfulness_refused": gettext_lazy("审核员要求重新进行真实性核验"),
    "newer_check_ended": gettext_lazy("不再需要重新核验，之后重新做的核验已结束"),
    "call_failed": gettext_lazy("审核员致电负责人，没有接通"),
    "rule_objected": gettext_lazy("对规则提出异议"),
    "objection_taken_back": gettext_lazy("收回对规则的异议"),
    "rule_waived": gettext_lazy("审核员采纳异议，豁免了规则"),
    "waiver_revoked": gettext_lazy("审核员撤销了对规则的豁免"),
    "idle_reminder": gettext_lazy("已提醒您处理订单"),
    "sms_reminder": gettext_lazy("已提醒负责人完成短信核验"),
    "public_security_reminder": gettext_lazy("已提醒您办理公安备案"),
    "public_security_recorded": gettext_lazy("登记公安备案号"),
    "bureau_result_applied": gettext_lazy("接入商核对并登记了管局结果"),
    "warned_of_picture_erasure": gettext_lazy("已提醒您图片即将到期删除"),
    "warned_of_erasure": gettext_lazy("已提醒您订单的个人信息即将到期删除"),
    "personal_data_erased": gettext_lazy("个人信息保存期满，已删除"),
    "pictures_erased": gettext_lazy("图片保存期满，已删除"),
    "overdue_initial_review": gettext_lazy("初审超过预计日期，仍在办理"),
    "overdue_bureau_submission": gettext_lazy("提交管局超过预计日期，仍在办理"),
    "overdue_bureau_review": gettext_lazy("管局审核超过预计日期，仍在办理"),
}
REFUSALS = frozenset(
    {
        "reject",
        "ask_supplement",
        "send_back",
        "send_back_supplement",
        "refuse",
        "time_out_sms",
        "return_after_errors",
        "fail_domain_check",
        "expire",
    }
)


@dataclass(frozen=True)
class Entry:
    """One event as people read it; `opinion` is the text given with it, `actor` hides names."""

    name: str
    title: str
    actor: str
    staff_name: str
    to_name: str
    at: datetime
    round: int
    to_state: str
    moved: bool
    kind: Literal["event", "refusal"]
    opinion: str
    reason_codes: tuple[str, ...]

    @property
    def round_text(self) -> str:
        return _("第 %(round)d 轮") % {"round": self.round} if self.round else ""


def title_of(name: str) -> str:
    """What happened, from the name of an event."""
    if name == START.name:
        return str(START.told)
    if name in BY_NAME:
        return str(BY_NAME[name].told)
    return str(NOTES.get(name) or _("系统记录"))


def staff_label(user_id: int | None) -> str:
    """How the provider's people are called towards applicants: a number, never a name."""
    return _("接入商审核员 %(number)s") % {"number": f"{user_id or 0:04d}"}


def actor_name(event: OrderEvent) -> str:
    """Of whom the history may name inside the house; of an event read `with_people`."""
    is_applicant = event.actor_kind == ActorKind.APPLICANT
    # Older events carry the name that the account had then.
    return event.actor_label or (event.account_name if is_applicant else "")


def _actor(event: OrderEvent) -> str:
    if event.actor_kind == ActorKind.STAFF:
        return staff_label(event.actor_user_id)
    if event.actor_kind == ActorKind.APPLICANT:
        return actor_name(event)
    names = {
        ActorKind.SYSTEM: _("系统"),
        ActorKind.MINISTRY: _("工信部"),
        ActorKind.BUREAU: _("管局"),
        ActorKind.PERSON: _("负责人"),
    }
    return names.get(ActorKind(event.actor_kind), "")


def _entry(event: OrderEvent) -> Entry:
    return Entry(
        name=event.name,
        title=title_of(event.name),
        actor=_actor(event),
        staff_name=event.actor_label if event.actor_kind == ActorKind.STAFF else "",
        to_name=event.to_user.staff_name if event.to_user else "",
        at=event.at,
        round=event.round,
        to_state=event.to_state,
        moved=event.from_state != event.to_state,
        kind="refusal" if event.name in REFUSALS else "event",
        opinion=event.said,
        reason_codes=tuple(event.reason_codes),
    )


def entries_of(order: FilingOrder) -> list[Entry]:
    """The whole history, oldest first; one query. The desk shows `staff_name` beside it."""
    return [_entry(event) for event in order.events.with_people()]


def opinion_of(order: FilingOrder, entries: Iterable[Entry]) -> str:
    """What was said with the step that led into the present state; "" if nothing was."""
    steps = [entry for entry in entries if entry.moved]
    return steps[-1].opinion if steps and steps[-1].to_state == order.state else ""


def items_of(entries: Iterable[Entry]) -> list[TimelineItem]:
    """The history for the timeline component, newest first."""
    return [_item(entry) for entry in reversed(list(entries))]


def _item(entry: Entry) -> TimelineItem:
    when = joined(moment_text(entry.at), entry.round_text)
    return TimelineItem(entry.title, tuple(filter(None, (entry.actor, when))), entry.kind)
