"""States in the applicant's words: label, tone and who acts next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beian.lazy_text import LazyText
from beian.ui import TONE_ICONS, Tone
from orders.enums import REVIEW_STATES, ReturnReason
from orders.enums import OrderState as S
from orders.models import FilingOrder

TONES: dict[str, Tone] = {
    S.DRAFT: "neutral",
    S.INITIAL_REVIEW: "info",
    S.NEEDS_SUPPLEMENT: "warning",
    S.RESUBMITTED: "info",
    S.INITIAL_REJECTED: "danger",
    S.PENDING_BUREAU_SUBMISSION: "info",
    S.SMS_VERIFICATION: "warning",
    S.RETURNED_BY_MIIT: "danger",
    S.BUREAU_REVIEW: "bureau",
    S.BUREAU_REJECTED: "danger",
    S.FILED: "success",
    S.ABANDONED: "neutral",
    S.EXPIRED: "neutral",
}
# A pen says "being written"; that is wrong for orders that are over.
ICONS: dict[str, str] = {S.ABANDONED: "forbidden", S.EXPIRED: "clock"}

RETURN_LABELS: dict[str, LazyText] = {
    ReturnReason.SMS_TIMEOUT: gettext_lazy("工信部退回：短信核验未通过"),
    ReturnReason.SMS_TOO_MANY_ERRORS: gettext_lazy("工信部退回：短信核验未通过"),
    ReturnReason.DOMAIN_CHECK: gettext_lazy("工信部退回：域名核验未通过"),
}

# state → (who acts now, what that means for the applicant)
ACTORS: dict[str, tuple[LazyText, LazyText]] = {
    S.DRAFT: (gettext_lazy("您"), gettext_lazy("填完资料后提交")),
    S.INITIAL_REVIEW: (gettext_lazy("接入商审核员"), gettext_lazy("不需要您操作")),
    S.NEEDS_SUPPLEMENT: (gettext_lazy("您"), gettext_lazy("按意见补充后重新提交")),
    S.RESUBMITTED: (gettext_lazy("接入商审核员"), gettext_lazy("不需要您操作")),
    S.INITIAL_REJECTED: (gettext_lazy("您"), gettext_lazy("修改后重新提交")),
    S.PENDING_BUREAU_SUBMISSION: (gettext_lazy("接入商"), gettext_lazy("不需要您操作")),
    S.SMS_VERIFICATION: (gettext_lazy("负责人本人"), gettext_lazy("用收到的验证码完成核验")),
    S.RETURNED_BY_MIIT: (gettext_lazy("您"), gettext_lazy("原样重新提交，或修改后提交")),
    S.BUREAU_REVIEW: (gettext_lazy("管局"), gettext_lazy("不需要您操作")),
    S.BUREAU_REJECTED: (gettext_lazy("您"), gettext_lazy("修改后重新提交")),
    S.FILED: (gettext_lazy("已办结"), gettext_lazy("请完成备案后的事项")),
    S.ABANDONED: (gettext_lazy("已办结"), gettext_lazy("不能恢复，可以开始新的备案")),
    S.EXPIRED: (gettext_lazy("您"), gettext_lazy("资料保留，可以重新打开")),
}


@dataclass(frozen=True)
class StateDisplay:
    """How a state looks and who has to do something."""

    label: str
    tone: Tone
    icon: str
    who: str
    who_note: str


def label_of(order: FilingOrder) -> str:
    """The state's name; 初审中 once a reviewer took it, and the ministry's reason with 退回."""
    if order.state in REVIEW_STATES and order.is_claimed:
        return _("初审中")
    if order.state == S.RETURNED_BY_MIIT and order.return_reason:
        return str(RETURN_LABELS[order.return_reason])
    return str(S(order.state).label)


def display_of(order: FilingOrder) -> StateDisplay:
    tone = TONES[order.state]
    who, note = ACTORS[order.state]
    icon = ICONS.get(order.state) or TONE_ICONS[tone]
    return StateDisplay(label_of(order), tone, icon, str(who), str(note))
