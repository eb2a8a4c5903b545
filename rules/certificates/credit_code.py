"""Unified social credit code (统一社会信用代码), GB 32100-2015.

Eighteen characters: registration authority 1, type 1, region 6, organisation code 9 (GB 11714),
check 1. The letters I, O, S, V, Z never occur: they look like digits or each other.
"""

from rules.certificates.legacy import organisation_code_check
from rules.certificates.normalise import normalise_number
from rules.certificates.problem import Problem

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
MODULUS = 31
WEIGHTS = tuple(pow(3, position, MODULUS) for position in range(LENGTH - 1))
VALUES = {character: value for value, character in enumerate(ALPHABET)}
EXCLUDED = frozenset("IOSVZ")
# Registered with the market regulator (9), of type 2: 个体工商户.
SOLE_PROPRIETOR = "92"

WRONG_LENGTH = Problem(
    "credit_code_length",
    "统一社会信用代码应为 18 位，请对照证件重新填写。",
    "A unified social credit code has 18 characters. Type it again from the certificate.",
)
WRONG_LETTER = Problem(
    "credit_code_letter",
    "统一社会信用代码不使用字母 I、O、S、V、Z，请检查是否与数字 1、0、5、2 混淆。",
    "A unified social credit code never contains I, O, S, V or Z. "
    "Check for confusion with 1, 0, 5 or 2.",
)
WRONG_CHARACTER = Problem(
    "credit_code_character",
    "统一社会信用代码只能包含数字和大写字母，请删除其他字符。",
    "A unified social credit code contains digits and capital letters only. Remove the rest.",
)
WRONG_CHECK = Problem(
    "credit_code_check",
    "统一社会信用代码的校验位不符，其中至少有一位填写有误，请对照证件逐位核对。",
    "The check character of the unified social credit code does not fit: at least one character "
    "is wrong. Compare it with the certificate, one by one.",
)


def check_character(body: str) -> str:
    """Return the 18th character for the first 17; all of them must be of the alphabet."""
    total = sum(VALUES[char] * weight for char, weight in zip(body, WEIGHTS, strict=True))
    return ALPHABET[-total % MODULUS]


def check_credit_code(value: str) -> Problem | None:
    """Return what is wrong with a credit code, or None."""
    number = normalise_number(value)
    if len(number) != LENGTH:
        return WRONG_LENGTH
    if EXCLUDED & set(number):
        return WRONG_LETTER
    if not set(number) <= VALUES.keys():
        return WRONG_CHARACTER
    return None if check_character(number[:17]) == number[17] else WRONG_CHECK


def is_sole_proprietors(number: str) -> bool:
    """Whether a credit code is one of a sole proprietor (个体工商户)."""
    return number.startswith(SOLE_PROPRIETOR)


def organisation_part_fits(number: str) -> bool:
    """Tell whether the organisation code inside a sound credit code passes its own check.

    A second, independent check for machine-read numbers. Never a reason to refuse: a few real
    codes fail it.
    """
    return organisation_code_check(number[8:16]) == number[16]
