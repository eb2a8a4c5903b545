"""公安备案 after an order was filed: until when, for which services it is still open."""

from collections.abc import Iterable
from datetime import date, timedelta

from beian import clock
from beian.models import InternetService, PublicSecurityFiling
from beian.site_settings import setting
from orders.models import FilingOrder
from orders.queries import filed_services_of


def number_of(service: InternetService) -> PublicSecurityFiling | None:
    """What was recorded for a service; asks nothing if the row was fetched with it."""
    return getattr(service, "public_security", None)


def services_without_number(order: FilingOrder) -> list[InternetService]:
    return [service for service in filed_services_of(order) if number_of(service) is None]


def security_due(order: FilingOrder) -> date:
    """The last day, counted from the approval: when a site opens, we cannot know."""
    filed_on = order.state_entered_at.astimezone(clock.SHANGHAI).date()
    return filed_on + timedelta(days=setting("after.public_security_days"))


def reminder_facts(order: FilingOrder, services: Iterable[InternetService]) -> dict[str, str]:
    """What the reminder says beside the facts of every message of an order."""
    names = [domain.name for service in services for domain in service.domains.all()]
    return {
        "domains": ", ".join(names),
        "security_due": f"{security_due(order):%Y-%m-%d}",
        "order_id": str(order.pk),
    }
