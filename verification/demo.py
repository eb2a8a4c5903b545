"""The people of a demo installation. Every person, company and number is fictitious."""

import json
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from beian import actors, clock
from beian.actions.consents import person_digest_of_phone, record_consent
from beian.actions.inventory import request_inventory
from beian.actions.site_settings import override_setting
from beian.crypto.digests import digest
from beian.enums import MembershipRole, RealNameState, StaffRoleName
from beian.models import Account, Membership, SettingOverride, User

COMPANY = "示例科技（杭州）有限公司"
CREDIT_CODE = "91330102MA0000001C"
PERSON, ID_NUMBER = "许示例", "33010219951123004X"


@dataclass(frozen=True)
class DemoApplicant:
    phone: str
    account: str
    role: MembershipRole
    zh: str
    en: str


@dataclass(frozen=True)
class DemoStaff:
    name: str
    role: StaffRoleName
    en: str


APPLICANTS = (
    DemoApplicant("13800000034", "示例科技", MembershipRole.OWNER, "主账号，已实名认证",
                  "main account, verified"),
    DemoApplicant("13800000035", "样例商贸", MembershipRole.OWNER, "主账号，未实名认证",
                  "main account, not verified"),
    DemoApplicant("13800000036", "示例科技", MembershipRole.BEIAN_ADMINISTRATOR,
                  "子用户，有备案权限", "sub-user with the filing role"),
    DemoApplicant("13800000037", "示例科技", MembershipRole.NONE,
                  "子用户，没有备案权限", "sub-user without the role"),
    DemoApplicant("13800000038", "示例个人", MembershipRole.OWNER, "主账号，个人，已实名认证",
                  "an individual, verified"),
)  # fmt: skip
# Accounts whose real name has been checked: name and certificate of the holder.
VERIFIED_ACCOUNTS = {"示例科技": (COMPANY, CREDIT_CODE), "示例个人": (PERSON, ID_NUMBER)}

STAFF = (
    DemoStaff("reviewer-1", StaffRoleName.REVIEWER, "reviewer"),
    DemoStaff("reviewer-2", StaffRoleName.REVIEWER, "reviewer"),
    DemoStaff("senior-1", StaffRoleName.SENIOR_REVIEWER, "senior reviewer"),
    DemoStaff("submitter-1", StaffRoleName.BUREAU_SUBMITTER, "bureau submitter"),
    DemoStaff("audit-officer-1", StaffRoleName.AUDIT_OFFICER, "audit officer"),
    DemoStaff("auditor-1", StaffRoleName.AUDITOR, "auditor"),
    DemoStaff("operator-1", StaffRoleName.OPERATOR, "operator"),
    DemoStaff("operator-2", StaffRoleName.OPERATOR, "second operator"),
    DemoStaff("support-1", StaffRoleName.SUPPORT, "support"),
    DemoStaff("admin-1", StaffRoleName.ADMINISTRATOR, "administrator"),
)


def staff_password() -> str:
    """One password for all demo staff, made once per installation."""
    path = settings.KEYS_DIR / "demo.json"
    if path.is_file():
        return json.loads(path.read_text())["staff_password"]
    password = f"demo-{secrets.token_hex(5)}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"staff_password": password}))
    path.chmod(0o600)
    return password


@transaction.atomic
def load() -> int:
    """Make whoever is missing; returns how many people were made."""
    made = sum(_make_applicant(person) for person in APPLICANTS)
    made += sum(_make_staff(person) for person in STAFF)
    if not SettingOverride.objects.filter(name="staff.second_factor").exists():
        # One-time passwords follow the clock, and the clock of a demo may be moved.
        override_setting(
            actors.SYSTEM,
            name="staff.second_factor",
            value=False,
            reason="演示环境的时钟可以移动，动态口令会失效",
        )
    return made


def _account(name: str) -> Account:
    account, is_new = Account.objects.get_or_create(name=name)
    if is_new and name in VERIFIED_ACCOUNTS:
        account.real_name, account.real_name_certificate = VERIFIED_ACCOUNTS[name]
        account.real_name_certificate_digest = digest("certificate", account.real_name_certificate)
        account.real_name_state = RealNameState.VERIFIED
        account.real_name_requested_at = account.real_name_decided_at = clock.now()
        account.save()
        request_inventory(account)
    return account


def _make_applicant(person: DemoApplicant) -> bool:
    if User.objects.filter(phone_digest=digest("phone", person.phone)).exists():
        return False
    user = User.objects.create_applicant(phone=person.phone)
    account = _account(person.account)
    Membership.objects.create(account=account, user=user, role=person.role)
    for purpose, text in (
        ("account_terms", "account_terms"),
        ("account_privacy", "privacy_notice"),
    ):
        record_consent(
            person_digest=person_digest_of_phone(person.phone),
            purpose=purpose,
            text_key=text,
            user=user,
            account=account,
        )
    return True


def _make_staff(person: DemoStaff) -> bool:
    if User.objects.filter(login=f"staff:{person.name}").exists():
        return False
    User.objects.create_staff(username=person.name, password=staff_password(), roles=[person.role])
    return True
