"""Which fields have to be filled in before a step is done; their content is checked elsewhere."""

from collections.abc import Iterator
from uuid import UUID

from beian.enums import Channel
from orders.certificates import birth_date_of, has_printed_address
from orders.dossier import Dossier, Person
from verification.actions.proofs import is_proved, proved_of

SUBJECT_FIELDS = (
    "name",
    "cert_type",
    "cert_number",
    "cert_address",
    "contact_region",
    "contact_address",
)
# What a natural person says about themselves under the subject, and then as a principal.
IDENTITY_FIELDS = ("name", "cert_type", "cert_number", "cert_valid_from")
HOME_FIELDS = ("contact_region", "contact_address")
CONTACT_FIELDS = ("mobile", "emergency_phone", "email")
PERSON_FIELDS = (
    "full_name",
    "cert_type",
    "cert_number",
    "valid_from",
    "mobile",
    "emergency_phone",
    "email",
)
SERVICE_FIELDS = ("domains", "name", "content_categories", "languages", "pre_approvals")
RESOURCE_FIELDS = ("resource", "ips")
# Contact fields that are confirmed by a code, and how the code travels.
PROVED_FIELDS = {"mobile": Channel.SMS, "email": Channel.MAIL}


def missing_fields(dossier: Dossier) -> list[str]:
    """Paths that are still empty, in the order of the pages."""
    if dossier.is_personal:
        return [*_own_identity(dossier), *_own_contacts_and_services(dossier)]
    return [*_subject(dossier), *_people_and_services(dossier)]


def _own_identity(dossier: Dossier) -> Iterator[str]:
    subject = dossier.subject
    yield from _empty(subject, "subject", IDENTITY_FIELDS)
    if subject.cert_valid_to is None and not subject.cert_long_term:
        yield "subject.cert_valid_to"
    if subject.cert_number and birth_date_of(subject.principal) is None:
        yield "subject.principal.birth_date"
    if has_printed_address(subject.cert_type):
        yield from _empty(subject, "subject", ("cert_address",))
    yield from _empty(subject, "subject", HOME_FIELDS)


def _own_contacts_and_services(dossier: Dossier) -> Iterator[str]:
    yield from _empty(dossier.subject.principal, "subject.principal", CONTACT_FIELDS)
    for index, service in enumerate(dossier.services):
        yield from _empty(service, f"services[{index}]", (*SERVICE_FIELDS, *RESOURCE_FIELDS))


def _subject(dossier: Dossier) -> Iterator[str]:
    subject = dossier.subject
    yield from _empty(subject, "subject", SUBJECT_FIELDS)
    if subject.cert_valid_to is None and not subject.cert_long_term:
        yield "subject.cert_valid_to"


def _people_and_services(dossier: Dossier) -> Iterator[str]:
    principal = dossier.subject.principal
    yield from _person(principal, "subject.principal")
    if principal.is_legal_representative is None:
        yield "subject.principal.is_legal_representative"
    for index, service in enumerate(dossier.services):
        prefix = f"services[{index}]"
        yield from _empty(service, prefix, SERVICE_FIELDS)
        chosen = service.principal.same_as_subject_principal
        if chosen is None:
            yield f"{prefix}.principal.same_as_subject_principal"
        elif chosen is False:
            yield from _person(service.principal, f"{prefix}.principal")
            if dossier.may_head(index) and service.principal.is_legal_representative is None:
                yield f"{prefix}.principal.is_legal_representative"
        yield from _empty(service, prefix, RESOURCE_FIELDS)


def _person(person: Person, prefix: str) -> Iterator[str]:
    yield from _empty(person, prefix, PERSON_FIELDS)
    if person.valid_to is None and not person.long_term:
        yield f"{prefix}.valid_to"
    if person.cert_number and birth_date_of(person) is None:
        yield f"{prefix}.birth_date"


def _empty(part: object, prefix: str, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if not getattr(part, name):
            yield f"{prefix}.{name}"


def people(dossier: Dossier) -> Iterator[tuple[str, Person]]:
    """Each distinct person with the path of its part; the same one in two roles comes once."""
    yield "subject.principal", dossier.subject.principal
    for index, service in enumerate(dossier.services):
        if service.principal.same_as_subject_principal is False:
            yield f"services[{index}].principal", service.principal


def is_mobile_proved(owner: UUID, mobile: str) -> bool:
    """Whether the number answered a code of this order."""
    return is_proved(owner, PROVED_FIELDS["mobile"], mobile)


def unproved_contacts(owner: UUID, dossier: Dossier) -> list[str]:
    """Paths of phones and mails that are filled in but have not answered a code yet. One query."""
    contacts = {
        f"{prefix}.{field}": (str(channel), getattr(person, field))
        for prefix, person in people(dossier)
        for field, channel in PROVED_FIELDS.items()
        if getattr(person, field)
    }
    proved = proved_of(owner, contacts.values())
    return [path for path, contact in contacts.items() if contact not in proved]
