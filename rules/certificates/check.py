"""One door for all number formats; which type has which format is enumeration data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rules.certificates.credit_code import check_credit_code
from rules.certificates.id_card import birth_date_of, check_id_card
from rules.certificates.legacy import check_legacy_licence, check_organisation_code
from rules.certificates.normalise import normalise_number
from rules.certificates.permits import (
    check_free_text,
    check_hk_macau_permit,
    check_passport,
    check_permanent_residence,
    check_residence_permit,
    check_taiwan_permit,
)
from rules.certificates.problem import Problem
from rules.regions import province_of_credit_code, province_of_id_number

CHECKS: dict[str, Callable[[str], Problem | None]] = {
    "credit_code": check_credit_code,
    "legacy_licence": check_legacy_licence,
    "organisation_code": check_organisation_code,
    "hk_macau_permit": check_hk_macau_permit,
    "taiwan_permit": check_taiwan_permit,
    "passport": check_passport,
    "free_text": check_free_text,
}
DATED_CHECKS: dict[str, Callable[..., Problem | None]] = {
    "id_card": check_id_card,
    "residence_permit": check_residence_permit,
    "permanent_residence": check_permanent_residence,
}
FORMATS = CHECKS.keys() | DATED_CHECKS.keys()
LICENCE_LENGTH = 15
CARD_LENGTH = 18
LEGACY = {"legacy_licence", "organisation_code"}


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """A number in printed form, with what it says about itself. `problem` None means sound."""

    number: str
    problem: Problem | None
    province: str | None = None
    birth_date: date | None = None
    is_legacy: bool = False


def check_number(number_format: str, value: str, *, today: date | None = None) -> CheckedNumber:
    """Check a typed number against one of FORMATS.

    Where a unified code is asked for, a number of the old kinds is read as such, so that its
    holder sees what to do. Raises KeyError for an unknown format.
    """
    number = value.strip() if number_format == "free_text" else normalise_number(value)
    if number_format == "credit_code":
        number_format = _format_of_unit_number(number)
    if number_format in DATED_CHECKS:
        problem = DATED_CHECKS[number_format](number, today=today)
    else:
        problem = CHECKS[number_format](number)
    if problem is not None:
        return CheckedNumber(number, problem)
    return CheckedNumber(
        number,
        None,
        province=_province(number_format, number),
        birth_date=_birth_date(number_format, number),
        is_legacy=number_format in LEGACY,
    )


def _format_of_unit_number(number: str) -> str:
    if number.isascii() and number.isdigit() and len(number) == LICENCE_LENGTH:
        return "legacy_licence"
    return "credit_code" if check_organisation_code(number) else "organisation_code"


def _birth_date(number_format: str, number: str) -> date | None:
    """The day a sound number names; permanent residents' old cards have no full year in it."""
    has_date = number_format in DATED_CHECKS and len(number) == CARD_LENGTH
    return birth_date_of(number) if has_date else None


def _province(number_format: str, number: str) -> str | None:
    if number_format == "id_card":
        return province_of_id_number(number)
    if number_format == "credit_code":
        return province_of_credit_code(number)
    return None
