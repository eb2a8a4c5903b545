"""Permits and passports of people who hold no mainland ID card."""

import re
from datetime import date

from rules.certificates.id_card import OUTSIDE_REGIONS, SHAPE, check_birth_and_digit
from rules.certificates.normalise import normalise_number
from rules.certificates.problem import Problem

HK_MACAU_PERMIT = re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?")  # two more digits count renewals
TAIWAN_PERMIT = re.compile(r"[0-9]{8}")
PASSPORT = re.compile(r"(?=.*[0-9])[A-Z0-9]{5,17}")
PERMANENT_RESIDENCE_OLD = re.compile(r"[A-Z]{3}[0-9]{12}")
PERMANENT_RESIDENCE_NEW = re.compile(r"9[0-9]{16}[0-9X]")
FREE_TEXT_LENGTH = 50

WRONG_HK_MACAU_PERMIT = Problem(
    "hk_macau_permit",
    "港澳居民来往内地通行证号码应为字母 H 或 M 加 8 位数字，请对照证件核对。",
    "A mainland travel permit number is H or M and 8 digits. Compare it with the permit.",
)
WRONG_TAIWAN_PERMIT = Problem(
    "taiwan_permit",
    "台湾居民来往大陆通行证号码应为 8 位数字，请对照证件核对。",
    "A Taiwan compatriot permit number is 8 digits. Compare it with the permit.",
)
WRONG_RESIDENCE_PERMIT = Problem(
    "residence_permit",
    "港澳台居民居住证号码应为 18 位，且以 81、82 或 83 开头，请对照证件核对。",
    "A residence permit number has 18 characters and starts with 81, 82 or 83. Compare it with "
    "the permit.",
)
WRONG_PASSPORT = Problem(
    "passport",
    "护照号码应为 5 至 17 位字母和数字，至少有一位数字，请对照护照资料页核对。",
    "A passport number is 5 to 17 letters and digits, with one digit at least. Compare it with "
    "the data page.",
)
WRONG_PERMANENT_RESIDENCE = Problem(
    "permanent_residence",
    "外国人永久居留身份证号码应为 3 位字母加 12 位数字，或以 9 开头的 18 位号码，请对照证件核对。",
    "A foreign permanent resident ID number is 3 letters and 12 digits, or 18 characters starting "
    "with 9. Compare it with the card.",
)
WRONG_FREE_TEXT = Problem(
    "certificate_number_length",
    "请照证件填写编号，至少有一个汉字、字母或数字，不超过 50 个字。",
    "Enter the number as printed on the certificate: at least one letter or digit, at most 50 "
    "characters.",
)


# The letter of a travel permit, and the region code a residence permit begins with.
RESIDENCIES = {"H": "hk", "M": "macau", "81": "hk", "82": "macau", "83": "tw"}


def residency_named_by(number_format: str, value: str) -> str | None:
    """Where the holder of a permit is at home: hk, macau, tw; None for a wrong number."""
    number = normalise_number(value)
    if number_format == "hk_macau_permit" and check_hk_macau_permit(number) is None:
        return RESIDENCIES[number[0]]
    if number_format == "residence_permit" and check_residence_permit(number) is None:
        return RESIDENCIES[number[:2]]
    return None


def check_hk_macau_permit(value: str) -> Problem | None:
    return None if HK_MACAU_PERMIT.fullmatch(normalise_number(value)) else WRONG_HK_MACAU_PERMIT


def check_taiwan_permit(value: str) -> Problem | None:
    return None if TAIWAN_PERMIT.fullmatch(normalise_number(value)) else WRONG_TAIWAN_PERMIT


def check_residence_permit(value: str, *, today: date | None = None) -> Problem | None:
    number = normalise_number(value)
    if not SHAPE.fullmatch(number) or number[:2] not in OUTSIDE_REGIONS:
        return WRONG_RESIDENCE_PERMIT
    return check_birth_and_digit(number, today)


def check_passport(value: str) -> Problem | None:
    return None if PASSPORT.fullmatch(normalise_number(value)) else WRONG_PASSPORT


def check_permanent_residence(value: str, *, today: date | None = None) -> Problem | None:
    number = normalise_number(value)
    if PERMANENT_RESIDENCE_OLD.fullmatch(number):
        return None
    if PERMANENT_RESIDENCE_NEW.fullmatch(number):
        return check_birth_and_digit(number, today)
    return WRONG_PERMANENT_RESIDENCE


def check_free_text(value: str) -> Problem | None:
    text = value.strip()
    is_number = len(text) <= FREE_TEXT_LENGTH and any(char.isalnum() for char in text)
    return None if is_number else WRONG_FREE_TEXT
