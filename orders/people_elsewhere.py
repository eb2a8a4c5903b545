"""Who else uses the phones, mails and certificates of an order's people: on record, or in an order
that was submitted."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from beian.models import RegisteredPerson
from orders.register_rows import Row, part
from orders.submitted_people import DIGESTS, digests_of, of_running_orders

if TYPE_CHECKING:
    from orders.dossier import Dossier, Person
    from orders.models import FilingOrder

PERSON = "person"
PERSONAL = "personal"
# How a person is reached; the certificate says who it is.
CONTACTS = ("mobile", "emergency", "email")


class Uses:
    """Who else uses the phones, mails and certificates of the order's people, by column."""

    def __init__(self, values: Mapping[str, set[str]], head: str, people: Sequence[Row]) -> None:
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

    def heads(self, person: Row) -> bool:
        """Whether it is the legal representative, as the person responsible for another unit: who
        is in charge of a unit's website only may be anybody it employs."""
        is_head = bool(self.head) and person.cert == self.head
        return is_head and not person.is_in_charge and person.nature != PERSONAL

    def _add(self, person: Row, units: Container[UUID | None]) -> None:
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


def people_parts(order: "FilingOrder", values: Mapping[str, set[str]]) -> Iterator[QuerySet]:
    """People of other accounts who share a value: on record, or in an order that was submitted."""
    shares = Q()
    for name, digests in values.items():
        if digests:
            shares |= Q(**{f"{name}_digest__in": sorted(digests)})
    if not shares:
        return
    digest_columns = {name: f"{name}_digest" for name in DIGESTS}
    on_record = RegisteredPerson.objects.exclude(subject__account_id=order.account_id)
    yield part(
        on_record.filter(shares),
        PERSON,
        filing="subject_id",
        nature="subject__nature",
        is_in_charge=Q(service__isnull=False),
        **digest_columns,
    )
    yield part(
        of_running_orders(order).filter(shares),
        PERSON,
        filing="order_id",
        nature="nature",
        is_in_charge="is_in_charge",
        **digest_columns,
    )


def legal_representative(dossier: "Dossier") -> str:
    """Digest of the number of a unit's head; "" where nobody says so."""
    principal = dossier.subject.principal
    is_head = principal.is_legal_representative and not dossier.is_personal
    return digests_of(principal)["cert"] if is_head else ""


def uses_of(person: "Person") -> set[tuple[str, str]]:
    return {(column, value) for column, values in values_of([person]).items() for value in values}


def values_of(people: Iterable["Person"]) -> dict[str, set[str]]:
    columns: dict[str, set[str]] = {name: set() for name in DIGESTS}
    for person in people:
        for column, value in digests_of(person).items():
            if value:
                columns[column].add(value)
    return columns
