"""Which line to the bureau this installation uses."""

from functools import lru_cache
from importlib import import_module

from django.conf import settings

from orders.bureau.base import BureauGateway

GATEWAYS = {"simulated": "orders.bureau.simulated.SimulatedBureau"}


class UnknownGateway(Exception):
    """Settings name a line that does not exist."""


@lru_cache
def gateway() -> BureauGateway:
    name = settings.PORTS["bureau"]
    if name not in GATEWAYS:
        raise UnknownGateway(f"no line {name!r} to the bureau")
    module, _dot, attribute = GATEWAYS[name].rpartition(".")
    return getattr(import_module(module), attribute)()
