"""All findings of an order with five services, against its budget of a millisecond."""

from __future__ import annotations

from collections.abc import Iterator

from rules.engine import evaluate_services, split_facts
from tests.bench.frame import Measure, bench, best_of, times_as_long
from tests.rules.cases import CLEAN_ENTERPRISE, TODAY, ZHEJIANG

SERVICES = 5
BUDGET_SECONDS = 0.001


@bench("findings-five-services")
def findings_of_five_services() -> Iterator[Measure]:
    order, service = split_facts(
        {
            **CLEAN_ENTERPRISE,
            "principal.emergency_phone": CLEAN_ENTERPRISE["principal.mobile"],
            "domain.expiry": "2026-12-01",
            "service.name": "示例科技新闻",
        }
    )

    def evaluate_all() -> None:
        evaluate_services(
            order, [service] * SERVICES, province=ZHEJIANG, order_type="first", today=TODAY
        )

    ours = best_of(evaluate_all, rounds=5, calls=100)
    yield times_as_long("findings-five-services", ours, BUDGET_SECONDS, goal="<=1")
