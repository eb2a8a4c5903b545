"""What the production check asks of the line to the bureau."""

from typing import Any

from django.core.checks import CheckMessage, register

from beian.production.checks import TAG, unusable_provider
from orders.bureau.registry import GATEWAYS, gateway_class


@register(TAG, deploy=True)
def check_line(**_options: Any) -> list[CheckMessage]:
    problem = unusable_provider("bureau", GATEWAYS, lambda _port: gateway_class())
    return [] if problem is None else [problem]
