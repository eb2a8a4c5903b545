"""Which line to the bureau this installation uses."""

from functools import lru_cache
from typing import Any

from beian.ports.choice import chosen_class
from orders.bureau.base import BureauGateway

GATEWAYS = {"simulated": "orders.bureau.simulated.SimulatedBureau"}


def gateway_class() -> type[Any]:
    """The class of the line to the bureau here. Raises UnknownProvider."""
    return chosen_class("bureau", GATEWAYS, BureauGateway)


@lru_cache
def gateway() -> BureauGateway:
    return gateway_class()()
