"""Choices; the labels carry Chinese and English side by side, as every page here does."""

from django.db.models import TextChoices


class Channel(TextChoices):
    SMS = "sms", "短信 SMS"
    MAIL = "mail", "邮件 Mail"


class HandOverState(TextChoices):
    WAITING_SMS = "waiting_sms", "等待短信核验 Waiting for SMS verification"
    WAITING_DECISION = "waiting_decision", "等待审核 Waiting for decision"
    RETURNED = "returned", "短信核验未通过，已退回 Returned: SMS verification failed"
    DOMAIN_FAILED = "domain_failed", "域名核验未通过，已退回 Returned: domain check failed"
    GRANTED = "granted", "已通过 Granted"
    REFUSED = "refused", "已驳回 Refused"


class NextUpload(TextChoices):
    ACCEPT = "accept", "正常接收 Accept"
    REFUSE = "refuse", "拒收并返回代码 Refuse with the code below"
    DROP_AFTER = "drop_after", "收下但不答复（断开连接）Store it, then drop the reply"
    DROP_BEFORE = "drop_before", "不收也不答复（断开连接）Drop it before storing"


class RealNameResult(TextChoices):
    MATCH = "match", "一致 match"
    MISMATCH = "mismatch", "不一致 mismatch"
    UNAVAILABLE = "unavailable", "暂不可用 unavailable"


class FaceResult(TextChoices):
    """What the face provider says; all but the first and the last are reasons of failure."""

    PASS = "pass", "通过 pass"
    LOW_SCORE = "low_score", "通过但分数低 pass with a low score"
    WRONG_MOVEMENT = "wrong_movement", "头部姿势不对 wrong movement"
    POOR_LIGHT = "poor_light", "光线不合适 poor light"
    BACKGROUND = "background", "背景不是白色 background not white"
    FACE_COVERED = "face_covered", "面部被遮挡 face covered"
    IDENTITY_MISMATCH = "identity_mismatch", "姓名与证件号码不一致 name and number do not match"
    NOT_PERSON = "not_person", "不是本人 not this person"
    UNAVAILABLE = "unavailable", "服务不可用 provider down"


class DomainProblem(TextChoices):
    NONE = "", "没有问题 None"
    SUFFIX = "suffix", "域名后缀未经批准 Suffix not approved"
    REGISTRAR = "registrar", "注册商未经批准 Registrar not approved"
    EXPIRED = "expired", "域名已过期 Domain expired"
    NO_REAL_NAME = "no_real_name", "未实名认证 No real-name verification"
    FRESH_REAL_NAME = "fresh_real_name", "当天刚完成实名认证 Real name verified only today"
    RESOLVES = "resolves", "域名已有解析 Domain already resolves"


class RefusalCode(TextChoices):
    """Return codes worth trying on the product (V3.0 interface text)."""

    NOT_THIS_PROVINCE = "13", "13 不是本省接入单位 Not a provider of this province"
    SEQUENCE_GAP = "14", "14 序号不连续 Gap in sequence"
    QUEUE_FULL = "15", "15 待处理文件过多 Too many files waiting"
    NOT_OPEN = "19", "19 上报权限未开通 Reporting permission not open"
    OUT_OF_HOURS = "20", "20 不在上报时间内 Outside reporting hours"
    MAINTENANCE = "901", "901 系统维护 Maintenance"
    OTHER = "999", "999 其他 Other"
