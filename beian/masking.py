"""How personal data is shown by default. Masking is done here, never in a template."""

import re
from datetime import date

_COMPOUND_FAMILY_NAMES = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "司徒",
    "东方",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
)

# Province, prefecture and county as written at the head of an address; each may be missing.
_TO_COUNTY = re.compile(
    r"(?:[^省市区县旗盟]{2,8}(?:省|自治区|特别行政区))?"
    r"(?:[^省市区县旗盟]{1,10}(?:市|地区|自治州|盟))?"
    r"(?:[^省市区县旗盟]{1,10}(?:区|县|旗|市))?"
)


def mask_certificate(number: str) -> str:
    """First and last character: 9****************B."""
    if len(number) < 3:
        return "*" * len(number)
    return f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}"


def mask_phone(number: str) -> str:
    """First three and last two digits: 138******34."""
    if len(number) < 6:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"


def mask_phone_tail(number: str) -> str:
    """For other parties: the last two digits only."""
    return f"{'*' * max(len(number) - 2, 0)}{number[-2:]}"


def mask_name(name: str) -> str:
    """Family name and one star per following character, at most one: 张*."""
    family = next((item for item in _COMPOUND_FAMILY_NAMES if name.startswith(item)), name[:1])
    return f"{family}*" if len(name) > len(family) else family


def mask_mail(address: str) -> str:
    """First character and the domain: a***@example.com."""
    local, at, domain = address.partition("@")
    return f"{local[:1]}***{at}{domain}" if at else "***"


def mask_address(address: str) -> str:
    """As far as the county: 浙江省杭州市上城区***."""
    head = _TO_COUNTY.match(address)
    shown = head[0] if head else ""
    return f"{shown}***" if len(shown) < len(address) else shown


def mask_birth_date(day: date) -> str:
    """The year: 1985-**-**."""
    return f"{day.year}-**-**"
