"""Models of the lowest room, one file per noun."""

from .account import Account, Membership
from .audit import AuditEntry
from .audit_seal import AuditSeal
from .consent import ConsentRecord
from .data_key import DataKey
from .deadline import Deadline
from .heartbeat import Heartbeat
from .idempotency import IdempotencyKey
from .limit import AttemptBucket
from .notice import Notice
from .public_security import PublicSecurityFiling
from .register import AccessRecord, InternetService, RegisteredPerson, ServiceDomain, Subject
from .resource import Resource, ResourceUse
from .setting_override import SettingOverride
from .staff_notice import StaffNotice, StaffNoticeRead
from .unsent_file import UnsentFile
from .user import StaffRole, User

__all__ = [
    "AccessRecord",
    "Account",
    "AttemptBucket",
    "AuditEntry",
    "AuditSeal",
    "ConsentRecord",
    "DataKey",
    "Deadline",
    "Heartbeat",
    "IdempotencyKey",
    "InternetService",
    "Membership",
    "Notice",
    "PublicSecurityFiling",
    "RegisteredPerson",
    "Resource",
    "ResourceUse",
    "ServiceDomain",
    "SettingOverride",
    "StaffNotice",
    "StaffNoticeRead",
    "StaffRole",
    "Subject",
    "UnsentFile",
    "User",
]
