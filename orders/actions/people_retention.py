"""Digests of the people of orders that run no more: no other order is held against them."""

from beian.actions.retention import Keys, erase_past_term
from orders.submitted_people import of_orders_that_run_no_more


def erase_submitted_people() -> int:
    """Returns how many rows. An order that comes back writes its people anew."""
    rows = of_orders_that_run_no_more()

    def erase(keys: Keys) -> int:
        return rows.filter(pk__in=keys).delete()[0]

    return erase_past_term("erase_submitted_people", rows, erase)
