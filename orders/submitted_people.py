"""The people of submitted orders by digests, so that orders of other subjects meet them."""

from typing import TYPE_CHECKING, Any

from django.db.models import Min, OuterRef, QuerySet, Subquery

from beian.crypto.digests import digest
from orders.dossier import Dossier, Person
from orders.enums import RUNNING_STATES
from orders.models.submitted_person import SubmittedPerson

if TYPE_CHECKING:
    from orders.models import FilingOrder

# Kind of digest of each personal column, and where a person's value is.
DIGESTS = {"mobile": "phone", "emergency": "phone", "email": "mail", "cert": "certificate"}


def digests_of(person: Person) -> dict[str, str]:
    """By column; "" where nothing was entered."""
    values = {
        "mobile": person.mobile,
        "emergency": person.emergency_phone,
        "email": person.email,
        "cert": person.cert_number,
    }
    return {name: digest(DIGESTS[name], value) if value else "" for name, value in values.items()}


def columns_of(dossier: Dossier) -> list[dict[str, Any]]:
    """What a row says of each person of a dossier: the subject's, then each service's."""
    in_charge = [dossier.service_principal(index) for index in range(len(dossier.services))]
    people = [(dossier.subject.principal, False), *((person, True) for person in in_charge)]
    return [
        {
            "nature": dossier.subject.nature,
            "is_in_charge": is_in_charge,
            **{f"{name}_digest": value for name, value in digests_of(person).items()},
        }
        for person, is_in_charge in people
    ]


def keep_people(order: "FilingOrder", *, is_first: bool) -> None:
    """Put the people of what runs from now on in place of those of an earlier round."""
    if not is_first:
        SubmittedPerson.objects.filter(order=order).delete()
    rows = columns_of(order.dossier)
    SubmittedPerson.objects.bulk_create(SubmittedPerson(order=order, **row) for row in rows)


def of_running_orders(order: "FilingOrder") -> QuerySet[SubmittedPerson]:
    """People of other accounts' orders that were submitted and are not decided. Once `order` itself
    is one, only of those that were there before it: of two, the later one waits."""
    rows = SubmittedPerson.objects.filter(order__state__in=sorted(RUNNING_STATES))
    others = rows.exclude(order__account_id=order.account_id)
    if order.state not in RUNNING_STATES:
        return others
    # By the first row of each order: those of two that are written at once may take turns.
    people = SubmittedPerson.objects.order_by()
    first = people.values("order").annotate(first=Min("pk")).values("first")
    theirs = Subquery(first.filter(order=OuterRef("order")))
    return others.alias(theirs=theirs).filter(theirs__lt=first.filter(order=order))


def of_orders_that_run_no_more() -> QuerySet[SubmittedPerson]:
    """What is filed is in the register, what was sent back or ended is nobody's rival."""
    return SubmittedPerson.objects.exclude(order__state__in=sorted(RUNNING_STATES))
