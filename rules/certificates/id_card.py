"""Citizen identity number (公民身份号码), GB 11643-1999.

Region 6 digits, birth date 8, serial number 3 (odd for men), check character 1.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.certificates.normalise import normalise_number
from rules.certificates.problem import Problem
from rules.regions import province_of_id_number

SHAPE = re.compile(r"[0-9]{17}[0-9X]")
FIRST_GENERATION = re.compile(r"[0-9]{15}")
WEIGHTS = tuple(pow(2, 17 - position, 11) for position in range(17))
CHECKS = "10X98765432"
EARLIEST_BIRTH = date(1900, 1, 1)

# 香港 81, 澳门 82, 台湾 83: residents of those places who hold a residence permit (since 2018).
OUTSIDE_REGIONS = {"81", "82", "83"}

FIRST_GENERATION_CARD = Problem(
    "id_card_first_generation",
    "第一代 15 位身份证号码已停止使用，请填写第二代居民身份证上的 18 位号码。",
    "Fifteen-digit ID numbers are no longer valid. Enter the 18-character number of the "
    "second-generation card.",
)
WRONG_SHAPE = Problem(
    "id_card_shape",
    "身份证号码应为 17 位数字加 1 位数字或字母 X，请对照证件重新填写。",
    "An ID number is 17 digits and one digit or the letter X. Type it again from the card.",
)
WRONG_REGION = Problem(
    "id_card_region",
    "身份证号码前两位不是有效的省级代码，请对照证件核对号码开头。",
    "The first two digits of the ID number are no province. Compare the start with the card.",
)
WRONG_DATE = Problem(
    "id_card_date",
    "身份证号码第 7 至 14 位不是有效的出生日期，请对照证件核对。",
    "Characters 7–14 of the ID number are not a possible birth date. Compare them with the card.",
)
WRONG_CHECK = Problem(
    "id_card_check",
    "身份证号码的校验位不符，其中至少有一位填写有误，请对照证件逐位核对。",
    "The check digit of the ID number does not fit: at least one digit is wrong. Compare it with "
    "the card, one by one.",
)


@dataclass(frozen=True, slots=True)
class IdCard:
    """What a sound ID number tells. `region` is where it was first issued, not an address."""

    number: str
    region: str
    birth_date: date
    sex: Literal["male", "female"]

    @property
    def province(self) -> str | None:
        return province_of_id_number(self.number)


def check_digit(body: str) -> str:
    """Return the 18th character for the first 17 digits (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return CHECKS[total % 11]


def birth_date_of(number: str) -> date | None:
    """Return the date in characters 7–14, or None if there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def check_id_card(value: str, *, today: date | None = None) -> Problem | None:
    """Return what is wrong with a resident ID number, or None.

    With `today` a birth date in the future is refused too.
    """
    number = normalise_number(value)
    if FIRST_GENERATION.fullmatch(number):
        return FIRST_GENERATION_CARD
    if not SHAPE.fullmatch(number):
        return WRONG_SHAPE
    if province_of_id_number(number) is None:
        return WRONG_REGION
    return check_birth_and_digit(number, today)


def check_birth_and_digit(number: str, today: date | None) -> Problem | None:
    """Check the parts that ID cards and residence permits share."""
    born = birth_date_of(number)
    if born is None or born < EARLIEST_BIRTH or (today is not None and born > today):
        return WRONG_DATE
    return None if check_digit(number[:17]) == number[17] else WRONG_CHECK


def read_id_card(value: str) -> IdCard | None:
    """Return what the number tells, or None for a number that fails its checks."""
    number = normalise_number(value)
    born = birth_date_of(number) if check_id_card(number) is None else None
    if born is None:
        return None
    sex: Literal["male", "female"] = "male" if int(number[16]) % 2 else "female"
    return IdCard(number=number, region=number[:6], birth_date=born, sex=sex)
