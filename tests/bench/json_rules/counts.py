"""How many services and domains there may be, and what comes with many."""

from __future__ import annotations

from datetime import date

from rules.kinds.combinations import FACTS_OF
from tests.bench.json_rules.expressions import (
    Logic,
    absent,
    compared,
    equal,
    every,
    known,
    lacks,
    negated,
    one_of,
    some,
    var,
)
from tests.bench.json_rules.translators import Parts, translates

EXISTING, NEW = "order.existing_services", "order.new_services"
UNITS = {"services": NEW, "domains": "order.new_domains", "resources": "service.resource_count"}
# A filed service has one domain where nobody told how many.
EXISTING_DOMAINS = var("order.existing_domains", EXISTING)
DOMAINS = [EXISTING_DOMAINS, var("order.new_domains")]
COUNTED: dict[str, list[Logic]] = {
    "services": [var(EXISTING), var(NEW)],
    "existing_services": [var(EXISTING)],
    "new_services": [var(NEW)],
    "domains": DOMAINS,
    "new_domains": [var("order.new_domains")],
}


def _total(numbers: list[Logic], sign: str, limit: int) -> tuple[Logic, Logic]:
    """Whether their sum is so, and whether one of them is unknown."""
    total = {"+": numbers} if len(numbers) > 1 else numbers[0]
    return every(*map(known, numbers), {sign: [total, limit]}), some(*map(absent, numbers))


@translates("per_order_cap")
def per_order_cap(kind, today: date) -> Parts:
    fact = UNITS[kind.unit]
    if kind.when_existing_over is None:
        return [(compared(fact, ">", kind.max), absent(fact))]
    many = compared(EXISTING, ">", kind.when_existing_over)
    return [(every(many, compared(fact, ">", kind.max)), some(absent(fact), absent(EXISTING)))]


@translates("total_cap")
def total_cap(kind, today: date) -> Parts:
    return [_total(COUNTED["services"], ">", kind.max)]


@translates("total_needs_material")
def total_needs_material(kind, today: date) -> Parts:
    sign = ">=" if kind.inclusive else ">"
    lacking = some(*(lacks((paper,)) for paper in kind.materials))
    if kind.count != "domain_labels":
        many, unknown = _total(COUNTED[kind.count], sign, kind.threshold)
        return [(every(many, lacking), unknown)]
    labels = "order.domain_labels"
    many, unknown = _total(DOMAINS, sign, kind.threshold)
    told = compared(labels, sign, kind.threshold)
    return [
        (every(some(told, every(absent(labels), many)), lacking), every(absent(labels), unknown))
    ]


@translates("domains_per_service")
def domains_per_service(kind, today: date) -> Parts:
    fact = "order.max_domains_per_service"
    return [(compared(fact, ">", kind.max), absent(fact))]


@translates("domain_certificate")
def domain_certificate(kind, today: date) -> Parts:
    lacking = lacks((kind.material,))
    if kind.from_total is None:
        return [(lacking, False)]
    many, unknown = _total(DOMAINS, ">=", kind.from_total)
    return [(every(lacking, many), every(lacking, unknown))]


@translates("order_combination")
def order_combination(kind, today: date) -> Parts:
    lacking = lacks(kind.unless) if kind.unless else True
    if kind.except_in:
        lacking = every(negated(one_of("province", kind.except_in)), lacking)
    parts: Parts = []
    for matter in kind.forbids:
        fact = FACTS_OF.get(matter)
        if fact is None:
            parts.append((lacking, False))
            continue
        none = equal(fact, 0)
        shown = none if matter == "empty_subject" else every(known(fact), negated(none))
        parts.append((every(lacking, shown), every(lacking, absent(fact))))
    return parts
