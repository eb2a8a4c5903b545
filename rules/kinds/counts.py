"""K18 cap per order, K19 cap in total, K20 papers from a number on, K21 domains per service."""

from collections.abc import Iterator
from typing import Literal

from rules.kinds.base import Case, Hit, Kind, MaterialKey, Result, Unknown, kind, missing

EXISTING = "order.existing_services"
NEW = "order.new_services"
PER_SERVICE = "order.max_domains_per_service"


@kind("per_order_cap", "K18")
class PerOrderCap(Kind):
    """At most `max` new services or domains in one order.

    With `when_existing_over` only for subjects that have filed more services than that.
    """

    unit: Literal["services", "domains"]
    max: int
    when_existing_over: int | None = None

    @property
    def _fact(self) -> str:
        return f"order.new_{self.unit}"

    def reads(self) -> tuple[str, ...]:
        return (self._fact,) if self.when_existing_over is None else (self._fact, EXISTING)

    def abouts(self) -> tuple[str, ...]:
        return ("too_many",)

    def check(self, case: Case) -> Iterator[Result]:
        absent = missing(case, *self.reads())
        if absent:
            yield Unknown(absent)
            return
        if self.when_existing_over is not None and case.facts[EXISTING] <= self.when_existing_over:
            return
        if case.facts[self._fact] > self.max:
            yield Hit("too_many", self.reads())


@kind("total_cap", "K19")
class TotalCap(Kind):
    """Services filed and new together are at most `max`."""

    max: int

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
    """From `threshold` services on (`inclusive`: the threshold itself too) all `materials`."""

    threshold: int
    inclusive: bool
    materials: tuple[MaterialKey, ...]

    def reads(self) -> tuple[str, ...]:
        return (EXISTING, NEW)

    def abouts(self) -> tuple[str, ...]:
        return self.materials

    def check(self, case: Case) -> Iterator[Result]:
        absent = missing(case, EXISTING, NEW)
        if absent:
            yield Unknown(absent)
            return
        total = case.facts[EXISTING] + case.facts[NEW]
        if total > self.threshold or (self.inclusive and total == self.threshold):
            for material in self.materials:
                if material not in case.materials:
                    yield Hit(material, (EXISTING, NEW), material=material)


@kind("domains_per_service", "K21")
class DomainsPerService(Kind):
    """No service of the order has more than `max` domains."""

    max: int

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
