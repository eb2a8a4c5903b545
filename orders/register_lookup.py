"""What our own register and running orders know that bears on an order: one query, whatever the
order holds."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from beian import clock
from beian.crypto.digests import digest
from beian.models import InternetService, RegisteredPerson, ServiceDomain, Subject
from orders.submitted_people import DIGESTS, digests_of, of_running_orders
from rules.domains import Domain, read_domain
from verification.earlier_photos import earlier_photos
from verification.models import Document

if TYPE_CHECKING:
    from orders.dossier import Dossier, Person
    from orders.models import FilingOrder

_DOMAIN, _SUBJECT, _SERVICE, _OWN_DOMAIN = "domain", "subject", "service", "own_domain"
_PHOTO, _PERSON = "photo", "person"
PERSONAL = "personal"
# How a person is reached; the certificate says who it is.
CONTACTS = ("mobile", "emergency", "email")


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
        seen = _uses_of(person)
        return not seen & (self.used | self.same) if seen & self._all_uses else None

    def only_same_legal_rep(self, principal: "Person") -> bool | None:
        """Whether all other uses of the legal representative's data are for other units of the
        same person; None without any use."""
        seen = _uses_of(principal)
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
    values = _values(people)
    # What has no people in it goes last: it leaves their columns empty, of no type.
    rows = _all_of(
        [
            *_people(order, values),
            *_domains(dossier),
            *_subjects(dossier),
            *_photos(order, dossier),
        ]
    )
    seen = [row for row in rows if row.what == _PERSON]
    uses = _Uses(values, _legal_representative(dossier), seen)
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


class _Row(NamedTuple):
    """One shape for all tables, so that one query asks them all. Of a person of another filing, on
    record or submitted, `cert` and the contacts are digests and `value` is empty."""

    what: str
    value: str
    at: datetime | None
    filing: UUID | None
    nature: str
    is_in_charge: bool
    mobile: str
    emergency: str
    email: str
    cert: str

    @property
    def digests(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in DIGESTS}


_EMPTY = Value(None, output_field=CharField())
_NEVER = Cast(Value(None), DateTimeField())


def _part(rows: QuerySet[Any], what: str, **columns: str | Q) -> QuerySet[Any, tuple]:
    """Rows as `_Row`; `columns` are those that are not empty."""
    named = {name: F(at) if isinstance(at, str) else at for name, at in columns.items()}
    told = {"at": _NEVER, **named, "what": Value(what, output_field=CharField())}
    shown = {f"seen_{name}": told.get(name, _EMPTY) for name in _Row._fields}
    return rows.order_by().annotate(**shown).values_list(*shown)


def _all_of(parts: list[QuerySet[Any, tuple]]) -> list[_Row]:
    """The rows of every part in one query; none where nothing is asked."""
    if not parts:
        return []
    first, *others = parts
    rows = first.union(*others, all=True) if others else first
    return [_Row(*row) for row in rows]


def _domains(dossier: "Dossier") -> Iterator[QuerySet]:
    read = [read_domain(name) for service in dossier.services for name in service.domains]
    names = [domain.ascii for domain in read if isinstance(domain, Domain)]
    if names:
        rows = ServiceDomain.objects.filter(punycode__in=names, removed_at__isnull=True)
        yield _part(rows, _DOMAIN, value="punycode", at="service__filed_at")


def _subjects(dossier: "Dossier") -> Iterator[QuerySet]:
    if number := dossier.subject.cert_number:
        own = digest("certificate", number)
        yield _part(Subject.objects.filter(cert_digest=own), _SUBJECT, value="cert_digest")
        services = InternetService.objects.filter(subject__cert_digest=own)
        yield _part(services, _SERVICE, value="name")
        domains = ServiceDomain.objects.filter(service__subject__cert_digest=own)
        yield _part(domains.filter(removed_at__isnull=True), _OWN_DOMAIN, value="punycode")


def _photos(order: "FilingOrder", dossier: "Dossier") -> Iterator[QuerySet]:
    if ids := dossier.materials.get(Document.VERIFICATION_PHOTO):
        yield _part(earlier_photos(order.pk, ids), _PHOTO, value="kind")


class _Uses:
    """Who else uses the phones, mails and certificates of the order's people, by column."""

    def __init__(self, values: Mapping[str, set[str]], head: str, people: Iterable[_Row]) -> None:
        self.values = values
        # Digest of the number of a unit's head, whom other units may have as well.
        self.head = head
        self.used: set[tuple[str, str]] = set()
        self.own: set[tuple[str, str]] = set()
        self.same: set[tuple[str, str]] = set()
        self.serving: set[str] = set()
        self.own_units: set[tuple[str, str]] = set()
        units = {person.filing for person in people if self.heads(person)}
        for person in people:
            self._add(person, units)

    def heads(self, person: _Row) -> bool:
        """Whether it is the legal representative, as the person responsible for another unit: who
        is in charge of a unit's website only may be anybody it employs."""
        is_head = bool(self.head) and person.cert == self.head
        return is_head and not person.is_in_charge and person.nature != PERSONAL

    def _add(self, person: _Row, units: Container[UUID | None]) -> None:
        """Note what a person elsewhere has in common with the order's people; `units` are those
        of the same legal representative."""
        seen = person.digests.items()
        shared = {(name, value) for name, value in seen if value in self.values[name]}
        is_known = person.cert in self.values["cert"]
        if person.nature == PERSONAL and is_known:
            self.own |= shared
        elif person.cert == self.head and person.filing in units:
            self.same |= shared
        else:
            self.used |= shared
        if self.heads(person):
            self.own_units |= {(name, value) for name, value in seen if name in CONTACTS and value}
        if person.is_in_charge and is_known and person.nature != PERSONAL:
            self.serving.add(person.cert)


def _people(order: "FilingOrder", values: Mapping[str, set[str]]) -> Iterator[QuerySet]:
    """People of other accounts who share a value: on record, or in an order that was submitted."""
    shares = Q()
    for name, digests in values.items():
        if digests:
            shares |= Q(**{f"{name}_digest__in": sorted(digests)})
    if not shares:
        return
    digest_columns = {name: f"{name}_digest" for name in DIGESTS}
    on_record = RegisteredPerson.objects.exclude(subject__account_id=order.account_id)
    yield _part(
        on_record.filter(shares),
        _PERSON,
        filing="subject_id",
        nature="subject__nature",
        is_in_charge=Q(service__isnull=False),
        **digest_columns,
    )
    yield _part(
        of_running_orders(order).filter(shares),
        _PERSON,
        filing="order_id",
        nature="nature",
        is_in_charge="is_in_charge",
        **digest_columns,
    )


def _legal_representative(dossier: "Dossier") -> str:
    """Digest of the number of a unit's head; "" where nobody says so."""
    principal = dossier.subject.principal
    is_head = principal.is_legal_representative and not dossier.is_personal
    return digests_of(principal)["cert"] if is_head else ""


def _uses_of(person: "Person") -> set[tuple[str, str]]:
    return {(column, value) for column, values in _values([person]).items() for value in values}


def _values(people: Iterable["Person"]) -> dict[str, set[str]]:
    columns: dict[str, set[str]] = {name: set() for name in DIGESTS}
    for person in people:
        for column, value in digests_of(person).items():
            if value:
                columns[column].add(value)
    return columns
