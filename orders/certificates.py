"""What a certificate tells besides its number: of a person, and of a unit."""

from datetime import date

from orders.dossier import Person
from rules.certificates import check_number, read_id_card, residency_named_by
from rules.enumerations import certificate_type, personal_certificate_type

CREDIT_CODE = "credit_code"


def birth_date_in(cert_type: str, number: str) -> date | None:
    """The birth date a sound number carries; None for permits and passports, whose has none."""
    kind = personal_certificate_type(cert_type)
    if kind is None or not number:
        return None
    return check_number(str(kind.more["format"]), number).birth_date


def birth_date_of(person: Person) -> date | None:
    """From the number where it is in there, else as the person says."""
    return birth_date_in(person.cert_type, person.cert_number) or person.birth_date


def sex_of(person: Person) -> str | None:
    """The sex a sound resident ID number tells; other certificates' numbers do not."""
    kind = personal_certificate_type(person.cert_type)
    if kind is None or kind.more["format"] != "id_card":
        return None
    card = read_id_card(person.cert_number)
    return card.sex if card else None


def id_province_of(person: Person) -> str | None:
    """Where a resident ID was first issued; the address printed on it may be elsewhere by now."""
    kind = personal_certificate_type(person.cert_type)
    if kind is None or kind.more["format"] != "id_card":
        return None
    card = read_id_card(person.cert_number)
    return card.province if card else None


def residency_of(cert_type: str, number: str) -> str | None:
    """Whose certificate it is: mainland, hk, macau, tw, foreign; None where nobody can tell."""
    kind = personal_certificate_type(cert_type)
    if kind is None:
        return None
    residencies = kind.more["residencies"]
    if len(residencies) == 1:
        return residencies[0]
    named = residency_named_by(str(kind.more["format"]), number)
    return named if named in residencies else None


def has_printed_address(cert_type: str) -> bool:
    """Whether a home address is printed on certificates of this type."""
    kind = personal_certificate_type(cert_type)
    return bool(kind is None or kind.more["has_address"])


def bears_credit_code(cert_type: str, number: str) -> bool | None:
    """Whether a unit's certificate bears a unified credit code (统一社会信用代码).

    None for certificates that bear other numbers, and while the number is missing or wrong.
    """
    kind = certificate_type(cert_type)
    if kind is None or kind.more["format"] != CREDIT_CODE:
        return None
    checked = check_number(CREDIT_CODE, number)
    return None if checked.problem else not checked.is_legacy
