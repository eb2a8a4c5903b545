"""A bureau result as a person reads it, and what it would say about an order."""

from dataclasses import dataclass

from orders.actions.results import DECISION, DOMAIN_CHECK
from orders.actions.settling import DOMAIN_FAILED, GRANTED, REFUSED
from orders.dossier import ServicePart
from orders.models import BureauResult, FilingOrder

_OUTCOMES = {
    (DECISION, "granted"): GRANTED,
    (DECISION, "refused"): REFUSED,
    (DOMAIN_CHECK, "failed"): DOMAIN_FAILED,
}


@dataclass(frozen=True)
class NumberRow:
    """A service number of the result; `service` is empty where we know no such service."""

    number: str
    service: str


def outcome_of(result: BureauResult) -> str:
    """What the result says was decided; "" where that cannot be told."""
    return _OUTCOMES.get((result.kind, result.outcome), "")


def number_rows(result: BureauResult, order: FilingOrder | None) -> list[NumberRow]:
    services = services_of(order) if order else []
    names = {str(service.ref): service.name for service in services}
    return [
        NumberRow(str(number), names.get(ref, ""))
        for ref, number in sorted(result.service_numbers.items())
    ]


def services_of(order: FilingOrder) -> list[ServicePart]:
    """What was submitted last; nothing of an order whose personal data was erased."""
    if order.is_erased:
        return []
    return order.submissions.get(round=order.round).dossier.services


def initial_of(result: BureauResult, services: list[ServicePart]) -> dict[str, str]:
    """The decision form filled from the result: numbers where they can only mean one service."""
    values = {
        "outcome": outcome_of(result),
        "subject_number": result.subject_number,
        "opinion": result.text,
    }
    known = result.service_numbers
    is_plain = len(known) == len(services) == 1
    for position, service in enumerate(services):
        number = known.get(str(service.ref)) or (next(iter(known.values())) if is_plain else "")
        values[f"number_{position}"] = number
    return values
