"""Numbers printed on certificates: what they must look like and what they give away."""

from rules.certificates.check import CheckedNumber, check_number
from rules.certificates.credit_code import check_credit_code, is_sole_proprietors
from rules.certificates.id_card import IdCard, check_id_card, read_id_card
from rules.certificates.legacy import check_legacy_licence, check_organisation_code, replaced
from rules.certificates.permits import (
    check_free_text,
    check_hk_macau_permit,
    check_passport,
    check_permanent_residence,
    check_residence_permit,
    check_taiwan_permit,
    residency_named_by,
)
from rules.certificates.problem import Problem

__all__ = [
    "CheckedNumber",
    "IdCard",
    "Problem",
    "check_credit_code",
    "check_free_text",
    "check_hk_macau_permit",
    "check_id_card",
    "check_legacy_licence",
    "check_number",
    "check_organisation_code",
    "check_passport",
    "check_permanent_residence",
    "check_residence_permit",
    "check_taiwan_permit",
    "is_sole_proprietors",
    "read_id_card",
    "replaced",
    "residency_named_by",
]
