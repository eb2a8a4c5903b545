"""What our own register knows that bears on an order: three queries, whatever the order holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from beian import clock
from beian.crypto.digests import digest
from beian.models import RegisteredPerson, ServiceDomain, Subject
from rules.domains import Domain, read_domain

if TYPE_CHECKING:
    from orders.dossier import Dossier, Person
    from orders.models import FilingOrder

# Kind of digest of each personal column.
DIGESTS = {"mobile": "phone", "emergency": "phone", "email": "mail", "cert": "certificate"}


@dataclass(frozen=True)
class RegisterView:
    """Digests used by other subjects, domains on record with the day they were filed, and whether
    the subject's certificate is on record."""

    used: frozenset[tuple[str, str]]
    domains: dict[str, date]
    has_subject: bool = False
    service_count: int = 0

    def used_by_others(self, column: str, value: str) -> bool | None:
        """Whether a subject of another account is on record with this value; None if empty."""
        if not value:
            return None
        return (column, digest(DIGESTS[column], value)) in self.used

    def filed_on(self, ascii_name: str) -> date | None:
        return self.domains.get(ascii_name)


def look_up(order: "FilingOrder") -> RegisterView:
    """Ask the register about the people and domains of the order's draft."""
    number = order.dossier.subject.cert_number
    known = (
        bool(number) and Subject.objects.filter(cert_digest=digest("certificate", number)).exists()
    )
    return RegisterView(_used_elsewhere(order), _domains_on_record(order.dossier), known)


def _values(people: Iterable["Person"]) -> dict[str, set[str]]:
    columns: dict[str, set[str]] = {name: set() for name in DIGESTS}
    for person in people:
        values = {
            "mobile": person.mobile,
            "emergency": person.emergency_phone,
            "email": person.email,
            "cert": person.cert_number,
        }
        for column, value in values.items():
            if value:
                columns[column].add(digest(DIGESTS[column], value))
    return columns


def _used_elsewhere(order: "FilingOrder") -> frozenset[tuple[str, str]]:
    dossier = order.dossier
    people = [dossier.subject.principal, *(service.principal for service in dossier.services)]
    wanted = _values(people)
    match = Q()
    for column, digests in wanted.items():
        if digests:
            match |= Q(**{f"{column}_digest__in": digests})
    if not match:
        return frozenset()
    rows = RegisteredPerson.objects.filter(match).exclude(subject__account_id=order.account_id)
    found = rows.values_list(*(f"{column}_digest" for column in DIGESTS))
    return frozenset(
        (column, value)
        for row in found
        for column, value in zip(DIGESTS, row, strict=True)
        if value in wanted[column]
    )


def _domains_on_record(dossier: "Dossier") -> dict[str, date]:
    read = [read_domain(name) for service in dossier.services for name in service.domains]
    names = [domain.ascii for domain in read if isinstance(domain, Domain)]
    if not names:
        return {}
    rows = ServiceDomain.objects.filter(punycode__in=names, removed_at__isnull=True)
    return {
        name: filed.astimezone(clock.SHANGHAI).date()
        for name, filed in rows.values_list("punycode", "service__filed_at")
    }
