"""Choices of the lowest room: stable values, Chinese labels for people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MembershipRole(TextChoices):
    """What a user may do in an account (a sub-user has one role or none)."""

    OWNER = "owner", _("主账号")
    BEIAN_ADMINISTRATOR = "beian_administrator", _("备案服务管理员（Beian Administrator）")
    NONE = "none", _("子用户（没有备案权限）")


FILING_ROLES = frozenset({MembershipRole.OWNER, MembershipRole.BEIAN_ADMINISTRATOR})


class StaffRoleName(TextChoices):
    """Roles of the provider's people; one person may hold several."""

    REVIEWER = "reviewer", _("审核员")
    SENIOR_REVIEWER = "senior_reviewer", _("高级审核员")
    BUREAU_SUBMITTER = "bureau_submitter", _("管局提交专员")
    AUDIT_OFFICER = "audit_officer", _("核查专员")
    AUDITOR = "auditor", _("审计员")
    OPERATOR = "operator", _("规则运营")
    SUPPORT = "support", _("客服")
    ADMINISTRATOR = "administrator", _("管理员")


class RealNameState(TextChoices):
    """Real-name verification of an account."""

    UNVERIFIED = "unverified", _("未实名认证")
    PENDING = "pending", _("认证中")
    VERIFIED = "verified", _("已实名认证")
    REFUSED = "refused", _("认证未通过")


class Channel(TextChoices):
    """How a notice reaches a person."""

    PORTAL = "portal", _("站内消息")
    SMS = "sms", _("短信")
    MAIL = "mail", _("邮件")


class NoticeState(TextChoices):
    QUEUED = "queued", _("待发送")
    SENDING = "sending", _("发送中")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")


class ResourceUseState(TextChoices):
    HELD = "held", _("占用中")
    CONSUMED = "consumed", _("已使用")
    RELEASED = "released", _("已释放")


class StaffAudience(TextChoices):
    """Whom a message in the desk's inbox is for."""

    REVIEWERS = "reviewers", _("审核员")
    SUBMITTERS = "submitters", _("管局提交专员")
    CONTACTS = "contacts", _("与申请人联系的人员")
    TECHNICAL = "technical", _("管理员")
    OVERSEERS = "overseers", _("审计和运营人员")
    OPERATORS = "operators", _("运营人员")


AUDIENCE_ROLES: dict[StaffAudience, frozenset[str]] = {
    StaffAudience.REVIEWERS: frozenset({StaffRoleName.REVIEWER, StaffRoleName.SENIOR_REVIEWER}),
    StaffAudience.SUBMITTERS: frozenset({StaffRoleName.BUREAU_SUBMITTER}),
    StaffAudience.CONTACTS: frozenset(
        {
            StaffRoleName.REVIEWER,
            StaffRoleName.SENIOR_REVIEWER,
            StaffRoleName.BUREAU_SUBMITTER,
            StaffRoleName.SUPPORT,
        }
    ),
    StaffAudience.TECHNICAL: frozenset(
        {StaffRoleName.SENIOR_REVIEWER, StaffRoleName.ADMINISTRATOR}
    ),
    StaffAudience.OVERSEERS: frozenset({StaffRoleName.AUDITOR, StaffRoleName.OPERATOR}),
    StaffAudience.OPERATORS: frozenset({StaffRoleName.OPERATOR}),
}
