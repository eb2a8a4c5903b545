"""The service principals of a dossier, as persons a truthfulness check is about."""

from orders.dossier import Dossier, Person
from verification.actions.truthfulness import CheckedPerson


def as_checked(person: Person) -> CheckedPerson:
    """Who that is for a truthfulness check."""
    return CheckedPerson(person.full_name, person.cert_type, person.cert_number, person.mobile)


def principals_of(dossier: Dossier) -> dict[CheckedPerson, list[str]]:
    """Each distinct service principal with the names of the services he or she answers for."""
    found: dict[str, tuple[CheckedPerson, list[str]]] = {}
    for index, service in enumerate(dossier.services):
        person = as_checked(dossier.service_principal(index))
        _person, services = found.setdefault(person.digest, (person, []))
        services.append(service.name or (service.domains[0] if service.domains else ""))
    return dict(found.values())
