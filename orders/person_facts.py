"""Facts about one responsible person: certificate, phones, and what the register knows of them."""

from typing import Any

from beian.site_settings import setting
from orders.certificates import birth_date_of, id_province_of, residency_of, sex_of
from orders.dossier import Dossier, Person
from orders.register_lookup import RegisterView
from rules.phone_areas import province_of_mobile

Facts = dict[str, Any]

# A null that says something: a certificate without end of validity.
NO_END = object()


def person_facts(role: str, person: Person, register: RegisterView) -> Facts:
    """Facts of the person in one role, by name with the role in front."""
    used = register.used_by_others
    facts: Facts = {
        "residency": residency_of(person.cert_type, person.cert_number),
        "id_type": person.cert_type,
        "birth_date": birth_date_of(person),
        "sex": sex_of(person),
        "id_province": id_province_of(person),
        "mobile": person.mobile,
        "mobile_province": province_of_mobile(person.mobile, corrected_areas()),
        "emergency_phone": person.emergency_phone,
        "mobile_used_by_other_subject": used("mobile", person.mobile),
        "emergency_used_by_other_subject": used("emergency", person.emergency_phone),
        "email_used_by_other_subject": used("email", person.email),
        "id_used_by_other_subject": used("cert", person.cert_number),
        "other_use_is_own_personal_filing": register.only_own_filing(person),
    }
    if person.valid_to or person.long_term:
        facts["id_expiry"] = NO_END if person.long_term else person.valid_to
    return {f"{role}.{name}": value for name, value in facts.items()}


def is_third_persons(person: Person, dossier: Dossier) -> bool | None:
    """Whether the emergency phone is somebody else's: no where it is a responsible person's mobile.

    Whose any other number is nobody here can tell.
    """
    people = (dossier.subject.principal, *(service.principal for service in dossier.services))
    mobiles = {each.mobile for each in people if each.mobile}
    return False if person.emergency_phone in mobiles else None


def corrected_areas() -> dict[str, str]:
    """Beginnings of mobile numbers with the province operators entered."""
    return dict(area.split("=") for area in setting("phones.corrected_areas"))
