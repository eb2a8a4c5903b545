"""Who walks: fictitious persons, a fictitious company and its website."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """A responsible person; fictitious."""

    full_name: str
    cert_number: str
    mobile: str
    emergency_phone: str
    email: str


@dataclass(frozen=True)
class Company:
    """An enterprise in Hangzhou and its website; fictitious."""

    name: str
    credit_code: str
    domain: str
    website: str


LEGAL = Person("林示例", "330102198501010014", "13800000034", "13700000021", "lin@example.com")
EDITOR = Person("周示例", "330102199003070027", "15900000006", "13700000022", "zhou@example.com")

COMPANY = Company(
    "示例科技（杭州）有限公司", "91330102MA0000001C", "shili-keji.com", "示例科技官网"
)

INDIVIDUAL = Person("许示例", "33010219951123004X", "13800000038", "13700000023", "xu@example.com")

# Nobody of the demo yet: for who begins with an account.
WORKSHOP = Company(
    "样例工坊（杭州）有限公司", "91330102MA0000002F", "yangli-gongfang.com", "样例工坊"
)
WORKSHOP_PHONE = "13800000039"
