"""What the production check asks of the line to the bureau."""

from typing import Any

from django.core.checks import CheckMessage, register

from beian.production.checks import TAG, unknown_provider
from orders.bureau.registry import GATEWAYS


@register(TAG, deploy=True)
def check_line(**_options: Any) -> list[CheckMessage]:
    problem = unknown_provider("bureau", sorted(GATEWAYS))
    return [] if problem is None else [problem]
