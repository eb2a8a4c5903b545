"""What our own register and running orders know that bears on an order: one query, whatever the
order holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    F,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast

from beian import clock
from beian.crypto.digests import digest
from beian.models import InternetService, RegisteredPerson, ServiceDomain, Subject
from orders.submitted_people import DIGESTS, digests_of, of_running_orders
from rules.domains import Domain, read_domain

if TYPE_CHECKING:
    from orders.dossier import Dossier, Person
    from orders.models import FilingOrder

_DOMAIN, _SUBJECT, _SERVICE, _OWN_DOMAIN = "domain", "subject", "service", "own_domain"
# A person who is in charge of a unit's service; a use by the person's own filing as an individual.
_SERVING, _OWN = "serving", ".own"
# The subject's legal representative in the filing of another unit.
_SAME = ".same"
PERSONAL = "personal"


@dataclass(frozen=True)
class RegisterView:
    """Digests used by other subjects, domains on record with the day they were filed, and whether
    the subject's certificate is on record, with which services (their names; None before it is
    entered) and which domains (as ASCII).

    `own` are uses by a filing of the very person as an individual, `same` those of the legal
    representative for other units, `serving` the certificates of people in charge of another
    unit's service.
    """

    used: frozenset[tuple[str, str]]
    domains: dict[str, date]
    has_subject: bool = False
    service_names: tuple[str, ...] | None = None
    own_domains: frozenset[str] = frozenset()
    own: frozenset[tuple[str, str]] = frozenset()
    same: frozenset[tuple[str, str]] = frozenset()
    serving: frozenset[str] = frozenset()

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
        same person (process.md §6, F44); None without any use."""
        seen = _uses_of(principal)
        return not seen & (self.used | self.own) if seen & self._all_uses else None

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
    parts = [*_domains(dossier), *_subjects(dossier), *_people(order, dossier)]
    if not parts:
        return RegisterView(frozenset(), {})
    first, *others = parts
    rows = list(first.union(*others, all=True) if others else first)
    return RegisterView(
        used=frozenset((column, value) for column, value, _at in rows if column in DIGESTS),
        domains={
            name: at.astimezone(clock.SHANGHAI).date() for what, name, at in rows if what == _DOMAIN
        },
        has_subject=any(what == _SUBJECT for what, _value, _at in rows),
        service_names=tuple(name for what, name, _at in rows if what == _SERVICE)
        if dossier.subject.cert_number
        else None,
        own_domains=frozenset(name for what, name, _at in rows if what == _OWN_DOMAIN),
        own=frozenset(
            (what.removesuffix(_OWN), value) for what, value, _at in rows if what.endswith(_OWN)
        ),
        same=frozenset(
            (what.removesuffix(_SAME), value) for what, value, _at in rows if what.endswith(_SAME)
        ),
        serving=frozenset(value for what, value, _at in rows if what == _SERVING),
    )


def _part(rows: QuerySet, what: str | Case, value: str, at: str | None = None) -> QuerySet:
    """Rows as (what, value, when): one shape for all tables, so that one query asks them all."""
    when = F(at) if at else Cast(Value(None), DateTimeField())
    named = rows.order_by().annotate(
        seen_what=Value(what, output_field=CharField()) if isinstance(what, str) else what,
        seen_value=F(value),
        seen_at=when,
    )
    return named.values_list("seen_what", "seen_value", "seen_at")


def _domains(dossier: "Dossier") -> Iterator[QuerySet]:
    read = [read_domain(name) for service in dossier.services for name in service.domains]
    names = [domain.ascii for domain in read if isinstance(domain, Domain)]
    if names:
        rows = ServiceDomain.objects.filter(punycode__in=names, removed_at__isnull=True)
        yield _part(rows, _DOMAIN, "punycode", "service__filed_at")


def _subjects(dossier: "Dossier") -> Iterator[QuerySet]:
    if number := dossier.subject.cert_number:
        own = digest("certificate", number)
        yield _part(Subject.objects.filter(cert_digest=own), _SUBJECT, "cert_digest")
        services = InternetService.objects.filter(subject__cert_digest=own)
        yield _part(services, _SERVICE, "name")
        domains = ServiceDomain.objects.filter(service__subject__cert_digest=own)
        yield _part(domains.filter(removed_at__isnull=True), _OWN_DOMAIN, "punycode")


def _people(order: "FilingOrder", dossier: "Dossier") -> Iterator[QuerySet]:
    """Who else uses the phones, mails and certificates of the order's people, column by column: on
    record, or in an order that was submitted."""
    people = [dossier.subject.principal, *(service.principal for service in dossier.services)]
    values = _values(people)
    head = _legal_representative(dossier)
    on_record = RegisteredPerson.objects.exclude(subject__account_id=order.account_id)
    yield from _uses(on_record, values, "subject__nature", head, Q(service__isnull=False))
    yield from _uses(of_running_orders(order), values, "nature", head, Q(is_in_charge=True))


def _legal_representative(dossier: "Dossier") -> str:
    """Digest of the number of a unit's head; "" where nobody says so."""
    principal = dossier.subject.principal
    is_head = principal.is_legal_representative and not dossier.is_personal
    return digests_of(principal)["cert"] if is_head else ""


def _uses(
    others: QuerySet[Any], values: Mapping[str, set[str]], nature: str, head: str, in_charge: Q
) -> Iterator[QuerySet]:
    """`nature` is where the rows have that of the subject, `head` whom it may know elsewhere."""
    own = Q(**{nature: PERSONAL}, cert_digest__in=sorted(values["cert"]))
    for column, digests in values.items():
        if digests:
            name = f"{column}_digest"
            found = others.filter(**{f"{name}__in": sorted(digests)})
            yield _part(found, _use(column, own, head), name)
    if values["cert"]:
        serving = others.filter(in_charge, cert_digest__in=sorted(values["cert"]))
        yield _part(serving.exclude(**{nature: PERSONAL}), _SERVING, "cert_digest")


def _use(column: str, own: Q, head: str) -> Case:
    """Name a use by its column, and apart where one of these people files as an individual or the
    legal representative for another unit."""
    same = [When(cert_digest=head, then=Value(column + _SAME))] if head else []
    return Case(
        When(own, then=Value(column + _OWN)),
        *same,
        default=Value(column),
        output_field=CharField(),
    )


def _uses_of(person: "Person") -> set[tuple[str, str]]:
    return {(column, value) for column, values in _values([person]).items() for value in values}


def _values(people: Iterable["Person"]) -> dict[str, set[str]]:
    columns: dict[str, set[str]] = {name: set() for name in DIGESTS}
    for person in people:
        for column, value in digests_of(person).items():
            if value:
                columns[column].add(value)
    return columns
