"""Every subject nature with its certificates: sound numbers, all fictitious, and wrong ones."""

from dataclasses import dataclass

from rules.certificates.credit_code import check_character
from rules.certificates.id_card import check_digit
from rules.enumerations import Entry, certificate_types, natures, personal_certificate_types

# Registration authority and type of the body, GB 32100; the rest says where.
PREFIXES = {
    "government": "11",
    "public_institution": "12",
    "law_practice": "31",
    "social_organisation": "51",
    "private_non_enterprise": "52",
    "foundation": "53",
    "mass_organisation": "81",
    "enterprise": "91",
    "collective_economy": "N2",
}
OWN_NUMBERS = {
    "military_unit_code": "示例61000部队",
    "religious_venue_registration": "宗场证字（浙）A000000001号",
    "overseas_body_certificate": "HK-0000001",
}
PERMIT_NUMBERS = {
    "id_card": "330102199003070027",
    "passport": "E12345678",
    "hk_travel_permit": "H12345678",
    "tw_travel_permit": "12345678",
    "foreign_permanent_residence": "ABC123456789012",
}
WRONG_NUMBERS = {
    "credit_code": "913301020000000000",
    "id_card": "330102199003070028",
    "passport": "E123",
    "hk_macau_permit": "A12345678",
    "residence_permit": "330102199003070027",
    "taiwan_permit": "1234567",
    "permanent_residence": "ABC",
    "free_text": "。。",
}


@dataclass(frozen=True)
class Sample:
    """A certificate that may be chosen, for one nature."""

    nature: str
    kind: Entry
    number: str

    def __str__(self) -> str:
        return f"{self.nature}-{self.kind.key}".lstrip("-")


def credit_code(prefix: str) -> str:
    body = f"{prefix}330102MA0000001"
    return body + check_character(body)


def residence_number(region: str) -> str:
    body = f"{region}000019900307002"
    return body + check_digit(body)


def personal_number(kind: Entry) -> str:
    if kind.more["format"] == "residence_permit":
        return residence_number("81" if kind.key == "hk_macau_residence_permit" else "83")
    return PERMIT_NUMBERS[kind.key]


def _number(nature: str, kind: Entry) -> str:
    if nature == "personal":
        return personal_number(kind)
    if kind.more["format"] == "credit_code":
        return credit_code(PREFIXES[nature])
    return OWN_NUMBERS.get(kind.key, "示例字第000001号")


def unit_samples() -> list[Sample]:
    """Of every nature that files, and once more for a sole proprietor (个体工商户)."""
    units = [
        Sample(nature.key, kind, _number(nature.key, kind))
        for nature in natures()
        for kind in certificate_types(nature.key)
        if nature.key != "personal" and "refused" not in nature.more
    ]
    licence = next(kind for kind in certificate_types("enterprise"))
    return [*units, Sample("sole_proprietor", licence, credit_code("92"))]


def personal_samples() -> list[Sample]:
    kinds = certificate_types("personal")
    return [Sample("personal", kind, _number("personal", kind)) for kind in kinds]


def principal_samples() -> list[Sample]:
    """The certificates of a responsible person."""
    kinds = personal_certificate_types()
    return [Sample("", kind, personal_number(kind)) for kind in kinds]
