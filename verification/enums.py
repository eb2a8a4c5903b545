"""Choices of the verification app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CodePurpose(TextChoices):
    """What a portal code is good for: a code for one purpose opens nothing else."""

    REGISTER = "register", _("注册")
    SIGN_IN = "sign_in", _("登录")
    CONTACT = "contact", _("确认联系方式")
    RIGHTS = "rights", _("确认重要操作")
    STAFF = "staff", _("员工登录")


class RecipientRole(TextChoices):
    """Why the ministry texts somebody."""

    SUBJECT_PRINCIPAL = "subject_principal", _("主体负责人")
    SERVICE_PRINCIPAL = "service_principal", _("网站负责人")


class AttemptResult(TextChoices):
    """What one entry at the ministry came to."""

    VERIFIED = "verified", _("已完成核验")
    ALL_VERIFIED = "all_verified", _("全部完成核验")
    WRONG = "wrong", _("填写有误")
    RETURNS_ORDER = "returns_order", _("输错次数过多，订单退回")
    REFUSED = "refused", _("不能核验")


class TruthfulnessMethod(TextChoices):
    """How a service principal is recognised; nobody has to use the own face."""

    FACE = "face", _("人脸照片")
    MEETING = "meeting", _("视频会议")


class TruthfulnessStage(TextChoices):
    """Where a truthfulness check stands; those of a photo are FaceState's values."""

    OPEN = "open", _("未开始")
    WAITING = "waiting", _("正在比对照片")
    PASSED = "passed", _("等待本人确认照片")
    FAILED = "failed", _("照片未通过")
    DONE = "done", _("已完成")
    MEETING_REQUESTED = "meeting_requested", _("已预约会议，等待确认时间")
    MEETING_SCHEDULED = "meeting_scheduled", _("会议时间已定")
    LAPSED = "lapsed", _("核验已过有效期")
    CLOSED = "closed", _("已结束")


class FaceState(TextChoices):
    WAITING = "waiting", _("正在比对")
    PASSED = "passed", _("已通过，等待本人确认")
    FAILED = "failed", _("未通过")
    CONFIRMED = "confirmed", _("本人已确认")


class FaceFailure(TextChoices):
    """Why a photo did not pass, as the provider's page lists it."""

    WRONG_MOVEMENT = "wrong_movement", _("头部姿势不对：请正对镜头，不要低头、仰头或转头")
    POOR_LIGHT = "poor_light", _("光线太暗或太亮：请在光线均匀的地方拍摄")
    BACKGROUND = "background", _("背景不是白色：请站在白墙前拍摄")
    FACE_COVERED = "face_covered", _("面部被遮挡或角度不正：请摘下口罩、帽子和墨镜，露出双肩")
    IDENTITY_MISMATCH = (
        "identity_mismatch",
        _("姓名或证件号码与证件信息不一致：请备案申请人核对填写的内容"),
    )
    NOT_PERSON = "not_person", _("不是负责人本人：请由负责人本人拍摄")
    # Ours, not the provider's.
    UNREADABLE = "unreadable", _("照片没有保存好：请重新拍摄")


class LinkChannel(TextChoices):
    QR = "qr", _("二维码")
    SMS = "sms", _("短信链接")


class DeadLink(TextChoices):
    """Why a link cannot be opened, as the page tells whoever came by it."""

    UNKNOWN = "unknown", _("没有这个链接。请检查地址是否完整。")
    OPENED = (
        "opened",
        _("这个链接已经打开过一次，不能再次打开。如果不是您打开的，请联系备案申请人。"),
    )
    REPLACED = "replaced", _("已经有更新的链接，这个链接不能再使用。请使用最新的二维码或短信。")
    EXPIRED = "expired", _("这个链接已过有效期，没有人打开过它。")
    ENDED = "ended", _("这个链接对应的核验已经结束。")


class DeviceClass(TextChoices):
    PHONE = "phone", _("手机")
    TABLET = "tablet", _("平板电脑")
    COMPUTER = "computer", _("电脑")
    OTHER = "other", _("其他设备")


class MeetingState(TextChoices):
    REQUESTED = "requested", _("已预约，等待确认时间")
    SCHEDULED = "scheduled", _("时间已定")
    CONFIRMED = "confirmed", _("已核实是本人")
    REFUSED = "refused", _("未能核实")
    CANCELLED = "cancelled", _("已取消")


class CheckEnd(TextChoices):
    """Why a truthfulness check is over; the next one begins from nothing."""

    PERSON_CHANGED = "person_changed", _("负责人已更换")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("本人撤回同意，照片已销毁")
    CONSENT_RESTRICTED = "consent_restricted", _("本人撤回同意，照片已封存")
    REFUSED = "refused", _("审核员要求重新核验")
    ASKED_AGAIN = "asked_again", _("审核意见要求重新核验")
    NOT_NEEDED = "not_needed", _("审核员撤回了意见，不需要重新核验")
    ORDER_CLOSED = "order_closed", _("订单已结束")
