"""Numbers from before the merged licence of 2015: valid on old records only, to be replaced."""

import re

from rules.certificates.normalise import normalise_number
from rules.certificates.problem import Problem

ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714-1997
ORGANISATION = re.compile(r"[0-9A-Z]{8}[0-9X]")
LICENCE = re.compile(r"[0-9]{15}")
ORGANISATION_LENGTH = 9

WRONG_ORGANISATION_CODE = Problem(
    "organisation_code",
    "组织机构代码应为 8 位本体代码加 1 位校验码，请对照证件核对；"
    "已换发新证的，请填写统一社会信用代码。",
    "An organisation code is 8 characters and a check character. Compare it with the certificate; "
    "if it has been replaced, enter the unified social credit code.",
)
WRONG_LICENCE = Problem(
    "legacy_licence",
    "旧版营业执照注册号应为 15 位数字且校验位正确，请对照证件核对；"
    "已换发新证的，请填写统一社会信用代码。",
    "An old licence number is 15 digits with a check digit. Compare it with the licence; if it has "
    "been replaced, enter the unified social credit code.",
)

# Towards a new filing; the numbers themselves are sound.
REPLACED_LICENCE = Problem(
    "replaced_licence",
    "这是旧版营业执照的 15 位注册号，不能用于新的备案。请填写营业执照上的 18 位统一社会信用代码；"
    "还没有换发新版营业执照的，请先到登记机关换发。",
    "This is the 15-digit number of an old business licence, which no new filing can use. Enter "
    "the 18-character unified social credit code; if the licence has none, have the registration "
    "authority replace it first.",
)
REPLACED_ORGANISATION_CODE = Problem(
    "replaced_organisation_code",
    "这是 9 位组织机构代码，不能用于新的备案。请填写证件上的 18 位统一社会信用代码；"
    "还没有换发新证件的，请先到登记机关换发。",
    "This is a 9-character organisation code, which no new filing can use. Enter the 18-character "
    "unified social credit code of the certificate; if it has none, have the registration "
    "authority replace it first.",
)


def replaced(number: str) -> Problem:
    """Why a sound number of the old kind opens no new filing, with the remedy."""
    is_code = len(number) == ORGANISATION_LENGTH
    return REPLACED_ORGANISATION_CODE if is_code else REPLACED_LICENCE


def organisation_code_check(body: str) -> str:
    """Return the check character of an 8-character organisation code (GB 11714-1997)."""
    total = sum(
        int(char, 36) * weight for char, weight in zip(body, ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def licence_check(body: str) -> str:
    """Return the 15th digit of an old licence number (GS 15-2006, ISO 7064 MOD 11,10)."""
    product = 10
    for digit in body:
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def check_organisation_code(value: str) -> Problem | None:
    number = normalise_number(value)
    if not ORGANISATION.fullmatch(number):
        return WRONG_ORGANISATION_CODE
    return None if organisation_code_check(number[:8]) == number[8] else WRONG_ORGANISATION_CODE


def check_legacy_licence(value: str) -> Problem | None:
    number = normalise_number(value)
    if not LICENCE.fullmatch(number):
        return WRONG_LICENCE
    return None if licence_check(number[:14]) == number[14] else WRONG_LICENCE
