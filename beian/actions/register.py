"""The register is written here and nowhere else, from what a bureau decided."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import idna
from django.db import transaction
from django.db.models import Q

from beian import clock
from beian.crypto.digests import digest
from beian.models import (
    AccessRecord,
    InternetService,
    RegisteredPerson,
    ServiceDomain,
    Subject,
)
from beian.site_settings import setting


class RegisterConflict(Exception):
    """The bureau's result does not fit what is on record; a person has to look."""


@dataclass(frozen=True)
class FiledPerson:
    full_name: str
    cert_type: str
    cert_number: str
    mobile: str
    emergency_phone: str
    email: str


@dataclass(frozen=True)
class FiledSubject:
    """`province` is a GB/T 2260 code; addresses are one line each."""

    subject_number: str
    province: str
    nature: str
    name: str
    cert_type: str
    cert_number: str
    cert_address: str
    contact_address: str
    principal: FiledPerson


@dataclass(frozen=True)
class FiledService:
    """`dossier_ref` ties the row to the service in the order it came from."""

    service_number: str
    dossier_ref: UUID
    kind: str
    name: str
    domains: tuple[str, ...]
    content_categories: tuple[str, ...]
    languages: tuple[str, ...]
    remarks: str
    resource_ref: str
    ips: tuple[str, ...]
    principal: FiledPerson


def _person(
    subject: Subject, service: InternetService | None, person: FiledPerson
) -> RegisteredPerson:
    return RegisteredPerson(
        subject=subject,
        service=service,
        full_name=person.full_name,
        cert_type=person.cert_type,
        cert_number=person.cert_number,
        cert_digest=digest("certificate", person.cert_number),
        mobile=person.mobile,
        mobile_digest=digest("phone", person.mobile),
        emergency_phone=person.emergency_phone,
        emergency_digest=digest("phone", person.emergency_phone),
        email=person.email,
        email_digest=digest("mail", person.email),
    )


def _service(
    subject: Subject, order_id: UUID, filed: FiledService, now: datetime
) -> InternetService:
    return InternetService(
        subject=subject,
        kind=filed.kind,
        name=filed.name,
        service_number=filed.service_number,
        content_categories=list(filed.content_categories),
        languages=list(filed.languages),
        remarks=filed.remarks,
        order_id=order_id,
        dossier_ref=filed.dossier_ref,
        filed_at=now,
    )


def _domain(service: InternetService, name: str) -> ServiceDomain:
    punycode = idna.encode(name, uts46=True).decode()
    return ServiceDomain(service=service, name=name, punycode=punycode)


def _access(service: InternetService, filed: FiledService, now: datetime) -> AccessRecord:
    return AccessRecord(
        service=service,
        provider=setting("site.provider_name"),
        resource_ref=filed.resource_ref,
        ips=list(filed.ips),
        since=now,
    )


@transaction.atomic(savepoint=False)
def write_first_filing(
    *, account_id: UUID, order_id: UUID, subject: FiledSubject, services: list[FiledService]
) -> Subject:
    """Put a new subject with its services on record; raises RegisterConflict.

    Must run inside the transition that a bureau result caused.
    """
    cert_digest = digest("certificate", subject.cert_number)
    rivals = Subject.objects.filter(Q(account_id=account_id) | Q(cert_digest=cert_digest))
    owners = set(rivals.values_list("account_id", flat=True))
    if account_id in owners:
        raise RegisterConflict(f"account {account_id} already owns a subject")
    if owners:
        raise RegisterConflict("this certificate is already on record")
    row = Subject.objects.create(
        account_id=account_id,
        subject_number=subject.subject_number,
        province=subject.province,
        nature=subject.nature,
        name=subject.name,
        cert_type=subject.cert_type,
        cert_number=subject.cert_number,
        cert_digest=cert_digest,
        cert_address=subject.cert_address,
        contact_address=subject.contact_address,
        filed_at=clock.now(),
    )
    _write_services(row, order_id, subject.principal, services)
    return row


def _write_services(
    subject: Subject, order_id: UUID, principal: FiledPerson, services: list[FiledService]
) -> None:
    now = clock.now()
    rows = [_service(subject, order_id, filed, now) for filed in services]
    pairs = list(zip(rows, services, strict=True))
    InternetService.objects.bulk_create(rows)
    ServiceDomain.objects.bulk_create(
        _domain(row, name) for row, filed in pairs for name in filed.domains
    )
    AccessRecord.objects.bulk_create(_access(row, filed, now) for row, filed in pairs)
    persons = [_person(subject, row, filed.principal) for row, filed in pairs]
    RegisteredPerson.objects.bulk_create([_person(subject, None, principal), *persons])
