"""From a granted order to the register."""

from beian.actions.register import FiledPerson, FiledService, FiledSubject, write_first_filing
from beian.masking import mask_name
from beian.models import Resource
from orders.dossier import Dossier, Person
from orders.models import FilingOrder


def _person(person: Person) -> FiledPerson:
    return FiledPerson(
        full_name=person.full_name,
        cert_type=person.cert_type,
        cert_number=person.cert_number,
        mobile=person.mobile,
        emergency_phone=person.emergency_phone,
        email=person.email,
    )


def _subject(order: FilingOrder, dossier: Dossier) -> FiledSubject:
    subject = dossier.subject
    return FiledSubject(
        subject_number=order.subject_number,
        province=subject.province,
        nature=subject.nature,
        # The whole name of a natural person stands encrypted with the principal.
        name=mask_name(subject.name) if dossier.is_personal else subject.name,
        cert_type=subject.cert_type,
        cert_number=subject.cert_number,
        cert_address=subject.cert_address,
        contact_address=f"{subject.contact_region} {subject.contact_address}".strip(),
        principal=_person(subject.principal),
    )


def _resource_refs(dossier: Dossier) -> dict[str, str]:
    """What the inventory calls the resources of the services, by their keys here."""
    keys = {service.resource for service in dossier.services if service.resource}
    rows = Resource.objects.filter(pk__in=keys).order_by().values_list("pk", "ref")
    return {str(key): ref for key, ref in rows}


def _service(dossier: Dossier, index: int, number: str, refs: dict[str, str]) -> FiledService:
    service = dossier.services[index]
    return FiledService(
        service_number=number,
        dossier_ref=service.ref,
        kind=service.kind,
        name=service.name,
        domains=tuple(service.domains),
        content_categories=tuple(service.content_categories),
        languages=tuple(service.languages),
        remarks=service.remarks,
        resource_ref=refs.get(service.resource, ""),
        ips=tuple(service.ips),
        principal=_person(dossier.service_principal(index)),
    )


def write_register_of(order: FilingOrder, service_numbers: dict[str, str]) -> None:
    """Write what was submitted (not the draft) with the numbers the bureau gave.

    `service_numbers` maps service refs of the dossier to numbers; raises KeyError if one lacks.
    """
    dossier = order.submission.dossier
    refs = _resource_refs(dossier)
    write_first_filing(
        account_id=order.account_id,
        order_id=order.pk,
        subject=_subject(order, dossier),
        services=[
            _service(dossier, index, service_numbers[str(service.ref)], refs)
            for index, service in enumerate(dossier.services)
        ],
    )
