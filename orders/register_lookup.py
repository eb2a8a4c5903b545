"""What our own register and running orders know that bears on an order: one query, whatever the
order holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from beian import clock
from beian.crypto.digests import digest
from beian.models import InternetService, ServiceDomain, Subject
from orders.people_elsewhere import (
    CONTACTS,
    PERSON,
    Uses,
    legal_representative,
    people_parts,
    uses_of,
    values_of,
)
from orders.register_rows import all_of, part
from orders.rival_domains import FILED, RUNNING, put_rivals, rival_rows
from orders.submitted_people import DIGESTS, digests_of
from rules.domains import Domain, read_domain
from verification.earlier_photos import earlier_photos
from verification.models import Document

if TYPE_CHECKING:
    from orders.dossier import Dossier, Person
    from orders.models import FilingOrder

_DOMAIN, _SUBJECT, _SERVICE, _OWN_DOMAIN = "domain", "subject", "service", "own_domain"
RIVALS = (FILED, RUNNING)
_PHOTO = "photo"


@dataclass(frozen=True)
class RegisterView:
    """Digests used by other subjects, domains on record with the day they were filed, and whether
    the subject's certificate is on record, with which services (their names; None before it is
    entered) and which domains (as ASCII).

    `own` are uses by a filing of the very person as an individual, `same` those of the legal
    representative for other units, `serving` the certificates of people in charge of another
    unit's service, `own_units` the contacts the legal representative's other units give.
    `photo_reused` says whether the verification photo served an earlier order; None without one.
    """

    used: frozenset[tuple[str, str]]
    domains: dict[str, date]
    has_subject: bool = False
    service_names: tuple[str, ...] | None = None
    own_domains: frozenset[str] = frozenset()
    own: frozenset[tuple[str, str]] = frozenset()
    same: frozenset[tuple[str, str]] = frozenset()
    serving: frozenset[str] = frozenset()
    own_units: frozenset[tuple[str, str]] = frozenset()
    photo_reused: bool | None = None

    def used_by_others(self, column: str, value: str) -> bool | None:
        """Whether a subject of another account is on record with this value, or an order of it was
        submitted with it; None if empty."""
        if not value:
            return None
        return (column, digest(DIGESTS[column], value)) in self._all_uses

    def only_own_filing(self, person: "Person") -> bool | None:
        """Whether all other uses of a person's data are the own filing; None without any use."""
        seen = uses_of(person)
        return not seen & (self.used | self.same) if seen & self._all_uses else None

    def only_same_legal_rep(self, principal: "Person") -> bool | None:
        """Whether all other uses of the legal representative's data are for other units of the
        same person; None without any use."""
        seen = uses_of(principal)
        return not seen & (self.used | self.own) if seen & self._all_uses else None

    def differs_at_own_units(self, principal: "Person") -> dict[str, bool | None]:
        """By contact, whether the legal representative's other units give another one, where all
        have to be the same; None for one that is not entered."""
        own = digests_of(principal)
        given = {
            column: {value for name, value in self.own_units if name == column}
            for column in CONTACTS
        }
        return {
            column: bool(given[column] - {own[column]}) if own[column] else None
            for column in CONTACTS
        }

    @property
    def _all_uses(self) -> frozenset[tuple[str, str]]:
        return self.used | self.own | self.same

    def serves_other_unit(self, person: "Person") -> bool | None:
        """Whether the person is in charge of another unit's service; None without a number."""
        if not person.cert_number:
            return None
        return digest("certificate", person.cert_number) in self.serving

    def filed_on(self, ascii_name: str) -> date | None:
        return self.domains.get(ascii_name)


def look_up(order: "FilingOrder", dossier: "Dossier") -> RegisterView:
    """Ask the register about the people and domains of the order's draft or submission."""
    people = [dossier.subject.principal, *(service.principal for service in dossier.services)]
    values = values_of(people)
    # What has no people in it goes last: it leaves their columns empty, of no type.
    rows = all_of(
        [
            *people_parts(order, values),
            *_domains(dossier),
            *_subjects(dossier),
            *_photos(order, dossier),
            *_rivals(order),
        ]
    )
    if order.round:
        put_rivals(order, (row.what for row in rows if row.what in RIVALS))
    seen = [row for row in rows if row.what == PERSON]
    uses = Uses(values, legal_representative(dossier), seen)
    return RegisterView(
        used=frozenset(uses.used),
        domains={
            row.value: row.at.astimezone(clock.SHANGHAI).date()
            for row in rows
            if row.what == _DOMAIN and row.at is not None
        },
        has_subject=any(row.what == _SUBJECT for row in rows),
        service_names=tuple(row.value for row in rows if row.what == _SERVICE)
        if dossier.subject.cert_number
        else None,
        own_domains=frozenset(row.value for row in rows if row.what == _OWN_DOMAIN),
        own=frozenset(uses.own),
        same=frozenset(uses.same),
        serving=frozenset(uses.serving),
        own_units=frozenset(uses.own_units),
        photo_reused=any(row.what == _PHOTO for row in rows)
        if dossier.materials.get(Document.VERIFICATION_PHOTO)
        else None,
    )


def _domains(dossier: "Dossier") -> Iterator[QuerySet]:
    read = [read_domain(name) for service in dossier.services for name in service.domains]
    names = [domain.ascii for domain in read if isinstance(domain, Domain)]
    if names:
        rows = ServiceDomain.objects.filter(punycode__in=names, removed_at__isnull=True)
        yield part(rows, _DOMAIN, value="punycode", at="service__filed_at")


def _subjects(dossier: "Dossier") -> Iterator[QuerySet]:
    if number := dossier.subject.cert_number:
        own = digest("certificate", number)
        yield part(Subject.objects.filter(cert_digest=own), _SUBJECT, value="cert_digest")
        services = InternetService.objects.filter(subject__cert_digest=own)
        yield part(services, _SERVICE, value="name")
        domains = ServiceDomain.objects.filter(service__subject__cert_digest=own)
        yield part(domains.filter(removed_at__isnull=True), _OWN_DOMAIN, value="punycode")


def _photos(order: "FilingOrder", dossier: "Dossier") -> Iterator[QuerySet]:
    if ids := dossier.materials.get(Document.VERIFICATION_PHOTO):
        yield part(earlier_photos(order.pk, ids), _PHOTO, value="kind")


def _rivals(order: "FilingOrder") -> Iterator[QuerySet]:
    """Of what was submitted: whoever looks at that asks for rivals of its domain next."""
    if order.round:
        for what, rows in rival_rows(order).items():
            yield part(rows, what)
