"""The persons of the canary's filing and what they type. Everybody is fictitious."""

from dataclasses import dataclass
from typing import Any

from tests.builders import COMPANY, CREDIT_CODE
from tests.canary.canaries import Canary


@dataclass(frozen=True)
class Person:
    """A responsible person; fictitious."""

    full_name: str
    cert_number: str
    mobile: str
    emergency_phone: str
    email: str


LEGAL = Person("林金丝", "330102198501010014", "13800000034", "13700000021", "lin@example.com")
EDITOR = Person("周雀儿", "330102199003070027", "15900000006", "13700000022", "zhou@example.com")
PEOPLE = (LEGAL, EDITOR)
SEEDED = [
    *(
        Canary(f"{role} {name}", value)
        for role, person in (("legal", LEGAL), ("editor", EDITOR))
        for name, value in vars(person).items()
    ),
    Canary("credit code", CREDIT_CODE),
]

# What reviewers, applicants and bureaus write about a case.
WORDS = (
    f"{LEGAL.full_name}（{LEGAL.cert_number}，{LEGAL.mobile}，{LEGAL.email}）与 "
    f"{EDITOR.full_name}（{EDITOR.cert_number}，{EDITOR.mobile}，{EDITOR.emergency_phone}）不一致"
)


def subject_page() -> dict[str, str]:
    return {
        "name": COMPANY,
        "cert_type": "business_licence",
        "cert_number": CREDIT_CODE,
        "cert_address": "浙江省杭州市上城区示范路100号3幢401室",
        "cert_valid_to_long_term": "on",
        "contact_same": "same",
    }


def website_page(name: str = "示例科技官网") -> dict[str, Any]:
    return {
        "domains": "shili-keji.com",
        "name": name,
        "content_categories": ["unit_portal"],
        "languages": ["zh_hans"],
        "pre_approvals": ["none"],
        "remarks": "介绍本公司的产品和联系方式，不提供下载。",
    }


def person_page(person: Person) -> dict[str, str]:
    dates = {
        f"{name}_{part}": str(value)
        for name, year in (("valid_from", 2021), ("valid_to", 2041))
        for part, value in (("year", year), ("month", 6), ("day", 12))
    }
    return {"cert_type": "id_card", **dates, **vars(person)}
