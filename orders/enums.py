"""Choices of the filing order: stable values, Chinese labels for people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrderState(TextChoices):
    """States a filing order can be in."""

    DRAFT = "draft", _("待完善备案信息")
    INITIAL_REVIEW = "initial_review", _("等待初审")
    NEEDS_SUPPLEMENT = "needs_supplement", _("接入商审核为待修改")
    RESUBMITTED = "resubmitted", _("已修改待审核")
    INITIAL_REJECTED = "initial_rejected", _("初审驳回")
    PENDING_BUREAU_SUBMISSION = "pending_bureau_submission", _("待提交管局")
    SMS_VERIFICATION = "sms_verification", _("待短信核验")
    RETURNED_BY_MIIT = "returned_by_miit", _("工信部退回")
    BUREAU_REVIEW = "bureau_review", _("待管局审核")
    BUREAU_REJECTED = "bureau_rejected", _("管局驳回")
    FILED = "filed", _("已备案")
    ABANDONED = "abandoned", _("已放弃")
    EXPIRED = "expired", _("订单失效")


CLOSED_STATES = frozenset({OrderState.FILED, OrderState.ABANDONED, OrderState.EXPIRED})
OPEN_STATES = frozenset(OrderState) - CLOSED_STATES
REVIEW_STATES = frozenset({OrderState.INITIAL_REVIEW, OrderState.RESUBMITTED})
# Submitted and not decided: a domain is in one of these at a time.
RUNNING_STATES = frozenset(
    {
        OrderState.INITIAL_REVIEW,
        OrderState.RESUBMITTED,
        OrderState.PENDING_BUREAU_SUBMISSION,
        OrderState.SMS_VERIFICATION,
        OrderState.BUREAU_REVIEW,
    }
)
# The bureau holds the order's data, or decided by it.
AT_BUREAU_STATES = frozenset(
    {OrderState.SMS_VERIFICATION, OrderState.BUREAU_REVIEW, OrderState.FILED}
)
# The due time is one that the provider or the bureau has to keep.
PROVIDER_STATES = REVIEW_STATES | {
    OrderState.PENDING_BUREAU_SUBMISSION,
    OrderState.BUREAU_REVIEW,
}
# The applicant may change anything here; in needs_supplement only what was named.
EDITABLE_STATES = frozenset(
    {
        OrderState.DRAFT,
        OrderState.INITIAL_REJECTED,
        OrderState.RETURNED_BY_MIIT,
        OrderState.BUREAU_REJECTED,
    }
)


# Closed without a number, or sent back to the applicant: left alone, they lose what they hold.
ENDED_STATES = frozenset({OrderState.ABANDONED, OrderState.EXPIRED})
SENT_BACK_STATES = frozenset(
    {
        OrderState.NEEDS_SUPPLEMENT,
        OrderState.INITIAL_REJECTED,
        OrderState.BUREAU_REJECTED,
        OrderState.RETURNED_BY_MIIT,
    }
)
WITHOUT_RESULT_STATES = ENDED_STATES | SENT_BACK_STATES


class OrderType(TextChoices):
    """Order types this release can carry; the others join with their journeys."""

    FIRST = "first", _("首次备案")


class ServiceKind(TextChoices):
    WEBSITE = "website", _("网站")


class ReturnReason(TextChoices):
    """Why the ministry returned an order."""

    SMS_TIMEOUT = "sms_timeout", _("短信核验未在期限内完成")
    SMS_TOO_MANY_ERRORS = "sms_too_many_errors", _("短信核验连续输错次数过多")
    DOMAIN_CHECK = "domain_check", _("域名核验未通过")


class CommentSeverity(TextChoices):
    MUST_FIX = "must_fix", _("必须修改")
    MATERIAL = "material", _("需要材料")
    ADVICE = "advice", _("建议")


class NewCheck(TextChoices):
    """Which way to be recognised again a reviewer's reason leaves to the person."""

    ANY = "any", _("照片或视频会议")
    MEETING = "meeting", _("视频会议")


class Verdict(TextChoices):
    """A reviewer's answer to an item of the checklist."""

    PASS = "pass", _("通过")
    FAIL = "fail", _("不通过")
    NOT_APPLICABLE = "not_applicable", _("不适用")


class CallOutcome(TextChoices):
    """How a reviewer's phone call ended."""

    CONFIRMED = "confirmed", _("接通，本人知情，资料属实")
    DENIED = "denied", _("接通，本人否认或资料不符")
    NO_ANSWER = "no_answer", _("无人接听")
    UNREACHABLE = "unreachable", _("关机、停机或空号")


class ReplyState(TextChoices):
    OPEN = "open", _("还没有处理")
    DONE = "done", _("已修改")
    EXPLAINED = "explained", _("已说明")


class HandoverState(TextChoices):
    """Where a record for the bureau is."""

    QUEUED = "queued", _("待发送")
    SENT = "sent", _("已发送，等待回执")
    ACCEPTED = "accepted", _("管局已接收")
    REFUSED = "refused", _("管局系统拒收")
    UNKNOWN = "unknown", _("回执丢失，正在核对")
    CANCELLED = "cancelled", _("已取消")


class RecordType(TextChoices):
    """Messages to the bureau this release sends."""

    FIRST_FILING = "XZBA", _("首次备案")
    SMS_RESULT = "DXHY", _("短信核验结果")


class ResultState(TextChoices):
    """What became of a result of the bureau."""

    WAITING = "waiting", _("等待登记")
    APPLIED = "applied", _("已登记")
    STOPPED = "stopped", _("需要人工处理")
    DISMISSED = "dismissed", _("不予登记")


class ResultProblem(TextChoices):
    """Why a result was not applied when it came."""

    UNREADABLE = "unreadable", _("内容无法读取")
    NO_RECORD = "no_record", _("没有找到它所说的资料")
    UNKNOWN_RESULT = "unknown_result", _("不认识这种结果")
    RECORD_CLOSED = "record_closed", _("它所说的资料此前已有结果")
    INCOMPLETE = "incomplete", _("结果缺少备案号或意见")
    MALFORMED_NUMBER = "malformed_number", _("备案号的格式不对，或服务与主体的备案号不一致")
    REGISTER_CONFLICT = "register_conflict", _("与备案库中已有的记录冲突")
    TOO_EARLY = "too_early", _("订单还没有到登记结果的阶段")
    FAILED = "failed", _("登记时出错，系统会继续重试")


class Withdrawal(TextChoices):
    """What came of a consent taken back, as the person is told; values are names of events."""

    ERASED = "truthfulness_withdrawn", _("已撤回同意，照片已销毁。")
    RESTRICTED = (
        "truthfulness_restricted",
        _("已撤回同意。资料已提交管局，照片封存到保存期限届满，不再使用，也不再给审核员查看。"),
    )
    # Of a check that was over before: the order does not rest on it.
    PHOTO_ERASED = "face_photo_withdrawn", _("已撤回同意，保存的照片已销毁。")
    MEETING_GOES_ON = "face_consent_withdrawn", _("已撤回同意，照片已销毁。视频会议照常进行。")


class RuleEditState(TextChoices):
    """Where an operator's edit of a filing rule is."""

    DRAFT = "draft", _("草稿")
    PROPOSED = "proposed", _("待发布")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤回")


OPEN_RULE_EDITS = frozenset({RuleEditState.DRAFT, RuleEditState.PROPOSED})
