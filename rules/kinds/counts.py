"""K18 cap per order, K19 cap in total, K20 papers from a number on, K21 domains per service."""

from collections.abc import Iterator
from typing import Literal

from rules.kinds.base import Case, Hit, Kind, MaterialKey, Number, Result, Unknown, kind, missing

EXISTING = "order.existing_services"
NEW = "order.new_services"
EXISTING_DOMAINS = "order.existing_domains"
NEW_DOMAINS = "order.new_domains"
LABELS = "order.domain_labels"
PER_SERVICE = "order.max_domains_per_service"

Unit = Literal["services", "domains", "resources"]
UNITS: dict[str, str] = {
    "services": NEW,
    "domains": NEW_DOMAINS,
    "resources": "service.resource_count",
}

Count = Literal[
    "services", "existing_services", "new_services", "domains", "new_domains", "domain_labels"
]
# The facts that are added up for each count.
COUNTS: dict[str, tuple[str, ...]] = {
    "services": (EXISTING, NEW),
    "existing_services": (EXISTING,),
    "new_services": (NEW,),
    "domains": (EXISTING_DOMAINS, NEW_DOMAINS),
    "new_domains": (NEW_DOMAINS,),
    "domain_labels": (LABELS,),
}
# What is counted where nobody told the number itself: a filed service has one domain, and there
# are at most as many labels as domains.
STAND_INS: dict[str, tuple[str, ...]] = {
    EXISTING_DOMAINS: (EXISTING,),
    LABELS: (EXISTING_DOMAINS, NEW_DOMAINS),
}


def told(case: Case, *facts: str) -> tuple[str, ...] | None:
    """Return the known facts to add up for these numbers, None where one has no stand-in."""
    found: tuple[str, ...] = ()
    for fact in facts:
        stand_ins = STAND_INS.get(fact, ())
        own = (fact,) if fact in case.facts else told(case, *stand_ins) if stand_ins else None
        if own is None:
            return None
        found += own
    return found


def with_stand_ins(facts: tuple[str, ...]) -> tuple[str, ...]:
    more = tuple(name for fact in facts for name in with_stand_ins(STAND_INS.get(fact, ())))
    return tuple(dict.fromkeys((*facts, *more)))


@kind("per_order_cap", "K18")
class PerOrderCap(Kind):
    """At most `max` new services or domains in one order, or cloud resources on one service.

    With `when_existing_over` only for subjects that have filed more services than that.
    """

    unit: Unit
    max: Number
    when_existing_over: Number | None = None

    def reads(self) -> tuple[str, ...]:
        fact = UNITS[self.unit]
        return (fact,) if self.when_existing_over is None else (fact, EXISTING)

    def abouts(self) -> tuple[str, ...]:
        return ("too_many",)

    def check(self, case: Case) -> Iterator[Result]:
        absent = missing(case, *self.reads())
        if absent:
            yield Unknown(absent)
            return
        if self.when_existing_over is not None and case.facts[EXISTING] <= self.when_existing_over:
            return
        if case.facts[UNITS[self.unit]] > self.max:
            yield Hit("too_many", self.reads())


@kind("total_cap", "K19")
class TotalCap(Kind):
    """Services filed and new together are at most `max`."""

    max: Number

    def reads(self) -> tuple[str, ...]:
        return (EXISTING, NEW)

    def abouts(self) -> tuple[str, ...]:
        return ("too_many",)

    def check(self, case: Case) -> Iterator[Result]:
        absent = missing(case, EXISTING, NEW)
        if absent:
            yield Unknown(absent)
        elif case.facts[EXISTING] + case.facts[NEW] > self.max:
            yield Hit("too_many", (EXISTING, NEW))


@kind("total_needs_material", "K20", additive=True)
class TotalNeedsMaterial(Kind):
    """Over `threshold` (`inclusive`: from the threshold itself on) all `materials` are there.

    `count` says what is counted: services or domains filed and new together, only the filed or
    only the new ones, or the different labels before the suffix of all domains.
    """

    threshold: Number
    inclusive: bool
    materials: tuple[MaterialKey, ...]
    count: Count = "services"

    def reads(self) -> tuple[str, ...]:
        return with_stand_ins(COUNTS[self.count])

    def abouts(self) -> tuple[str, ...]:
        return self.materials

    def check(self, case: Case) -> Iterator[Result]:
        counted = told(case, *COUNTS[self.count])
        if counted is None:
            yield Unknown(missing(case, *COUNTS[self.count]))
            return
        total = sum(case.facts[fact] for fact in counted)
        if total > self.threshold or (self.inclusive and total == self.threshold):
            for material in self.materials:
                if material not in case.materials:
                    yield Hit(material, counted, material=material)


@kind("domains_per_service", "K21")
class DomainsPerService(Kind):
    """No service of the order has more than `max` domains."""

    max: Number

    def reads(self) -> tuple[str, ...]:
        return (PER_SERVICE,)

    def abouts(self) -> tuple[str, ...]:
        return ("too_many",)

    def check(self, case: Case) -> Iterator[Result]:
        most = case.facts.get(PER_SERVICE)
        if most is None:
            yield Unknown((PER_SERVICE,))
        elif most > self.max:
            yield Hit("too_many", (PER_SERVICE,))
