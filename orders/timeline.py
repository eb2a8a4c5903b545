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
from beian.ui import TimelineItem
from orders.models import FilingOrder, OrderEvent
from orders.transitions import BY_NAME, START

# Events that move nothing; written by deadlines and by the hand-over.
NOTES: dict[str, LazyText] = {
    "overdue": gettext_lazy("超过预计日期，仍在办理"),
    "reminder": gettext_lazy("已发送提醒"),
    "idle_reminder": gettext_lazy("已提醒申请人处理"),
    "sms_reminder": gettext_lazy("已提醒负责人完成短信核验"),
    "hand_over": gettext_lazy("接入商向管局发送资料"),
    "handed_over": gettext_lazy("接入商向管局发送资料"),
    "record_refused": gettext_lazy("管局系统拒收资料，接入商正在处理"),
    "person_verified": gettext_lazy("负责人完成短信核验"),
}
REFUSALS = frozenset(
    {
        "reject",
        "ask_supplement",
        "send_back",
        "refuse",
        "time_out_sms",
        "return_after_errors",
        "fail_domain_check",
        "expire",
        "record_refused",
        "overdue",
    }
)


@dataclass(frozen=True)
class Entry:
    """One event as people read it; `opinion` is the text given with it, `actor` hides names."""

    name: str
    title: str
    actor: str
    staff_name: str
    at: datetime
    round: int
    kind: Literal["event", "refusal"]
    opinion: str
    reason_codes: tuple[str, ...]

    @property
    def round_text(self) -> str:
        return _("第 %(round)d 轮") % {"round": self.round} if self.round else ""


def _title(name: str) -> str:
    if name == START.name:
        return str(START.told)
    if name in BY_NAME:
        return str(BY_NAME[name].told)
    return str(NOTES.get(name) or _("系统记录"))


def staff_label(user_id: int | None) -> str:
    """How the provider's people are called towards applicants: a number, never a name."""
    return _("接入商审核员 %(number)s") % {"number": f"{user_id or 0:04d}"}


def _actor(event: OrderEvent) -> str:
    if event.actor_kind == ActorKind.STAFF:
        return staff_label(event.actor_user_id)
    if event.actor_kind == ActorKind.APPLICANT:
        return event.actor_label or _("申请人")
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
        title=_title(event.name),
        actor=_actor(event),
        staff_name=event.actor_label if event.actor_kind == ActorKind.STAFF else "",
        at=event.at,
        round=event.round,
        kind="refusal" if event.name in REFUSALS else "event",
        opinion=event.opinion,
        reason_codes=tuple(event.reason_codes),
    )


def entries_of(order: FilingOrder) -> list[Entry]:
    """The whole history, oldest first; one query. The desk shows `staff_name` beside it."""
    return [_entry(event) for event in order.events.all()]


def items_of(entries: Iterable[Entry]) -> list[TimelineItem]:
    """The history for the timeline component, newest first."""
    return [_item(entry) for entry in reversed(list(entries))]


def _item(entry: Entry) -> TimelineItem:
    when = moment_text(entry.at)
    if entry.round:
        when = _("%(moment)s · 第 %(round)d 轮") % {"moment": when, "round": entry.round}
    return TimelineItem(entry.title, tuple(filter(None, (entry.actor, when))), entry.kind)
