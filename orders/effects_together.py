"""What effects.py does to the rows of one order, for many orders in a few statements each.

An edge that is taken for many orders at once (workflow.apply_together) has all its effects here.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from orders.effects import close_records
from orders.enums import ReturnReason

if TYPE_CHECKING:
    from orders.models import FilingOrder

Effect = Callable[[list["FilingOrder"]], None]


def return_sms_timeout(orders: list["FilingOrder"]) -> None:
    from orders.actions.handover import queue_sms_results

    for order in orders:
        order.return_reason = ReturnReason.SMS_TIMEOUT
    queue_sms_results(orders, state="returned")
    close_records(orders)


def close_sms_challenges(orders: list["FilingOrder"]) -> None:
    from verification.actions.sms import close_challenges_of_owners

    close_challenges_of_owners(order.pk for order in orders)


EFFECTS: dict[str, Effect] = {
    effect.__name__: effect for effect in (return_sms_timeout, close_sms_challenges)
}
