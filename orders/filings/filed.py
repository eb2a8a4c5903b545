"""What a filed order put on record, ready for the pages that show it."""

from dataclasses import dataclass

from beian.models import InternetService, PublicSecurityFiling
from orders.filings.footer import Footer, footer_of
from orders.models import FilingOrder
from orders.public_security import number_of
from orders.queries import filed_services_of


@dataclass(frozen=True)
class FiledService:
    """A service on record, its domains, and the line for its foot."""

    service: InternetService
    domains: list[str]
    footer: Footer
    security: PublicSecurityFiling | None


def filed_services(order: FilingOrder) -> list[FiledService]:
    return [
        FiledService(
            service,
            [domain.name for domain in service.domains.all()],
            footer_of(service.subject, service),
            number_of(service),
        )
        for service in filed_services_of(order)
    ]
