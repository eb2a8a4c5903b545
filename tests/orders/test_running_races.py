"""Two orders with the same phones submitted at one moment: exactly one of them waits."""

from functools import partial

import pytest

from orders import workflow
from orders.agreements import give_agreements, required_of
from orders.findings import blocking_now
from orders.models import FilingOrder
from tests.builders import make_applicant
from tests.life import make_ready_order, own_person
from tests.racing import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 6


def ready(number: int) -> tuple[FilingOrder, partial]:
    """A draft of its own account and subject with the phones of the others, and its submit."""
    applicant = make_applicant(phone=f"1380000{number:04}", account_name=f"样例商贸{number}")
    own = {
        "subject.cert_number": f"91330102MA0000{number:04}",
        "services[0].domains": [f"yangli-{number}.cn"],
        # One legal representative may have the same phones for several units.
        "subject.principal.cert_number": own_person(number)["subject.principal.cert_number"],
    }
    order = make_ready_order(applicant, **own)
    give_agreements(applicant.actor, order, keys=required_of(order))
    return order, partial(submitted, order, applicant)


def submitted(order, applicant) -> str:
    """ "done", or the refusal's code."""
    try:
        workflow.apply(order.pk, "submit", applicant.actor)
    except workflow.Refused as refusal:
        return refusal.code
    return "done"


def test_exactly_one_of_two_goes_on():
    for number in range(ROUNDS):
        first, second = ready(2 * number), ready(2 * number + 1)

        found = race([first[1], second[1]])

        orders = [FilingOrder.objects.get(pk=order.pk) for order, _submit in (first, second)]
        running = [order for order in orders if order.state == "initial_review"]
        going_on = [order for order in running if not blocking_now(order)]
        assert set(found) <= {"done", "no_blocking_finding"}
        assert len(going_on) == 1
        for order in running:
            FilingOrder.objects.filter(pk=order.pk).update(state="expired", due_at=None)
