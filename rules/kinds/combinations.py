"""K34: what cannot go together in one order, and orders that are not taken at all."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from rules.kinds.base import Case, Hit, Kind, MaterialKey, Result, Unknown, kind, lacks_all
from rules.kinds.counts import EXISTING
from rules.regions import ProvinceCode

Matter = Literal[
    "subject_data_change",
    "principal_replaced",
    "differs_from_record",
    "new_services",
    "empty_subject",
    "order_type",
]
# The fact that shows each matter in the order; the order type is shown by the order itself.
FACTS_OF: dict[str, str] = {
    "subject_data_change": "order.also_changes_subject_data",
    "principal_replaced": "principal.replaced_in_this_order",
    "differs_from_record": "order.differs_from_record",
    "new_services": "order.new_services",
    "empty_subject": EXISTING,
}


@kind("order_combination", "K34")
class OrderCombination(Kind):
    """Orders of the row's types come without any of `forbids`, unless a paper of `unless` is there.

    "order_type" refuses the order as such: the province takes another type in its place. The texts
    of an order that may pass name the `working_days` within which it has to be put right. The
    provinces in `except_in` take such orders.
    """

    forbids: Annotated[tuple[Matter, ...], Field(min_length=1)]
    unless: tuple[MaterialKey, ...] = ()
    working_days: Annotated[int, Field(ge=1)] | None = None
    except_in: tuple[ProvinceCode, ...] = ()

    def holds_in(self, province: str) -> bool:
        return province not in self.except_in

    def reads(self) -> tuple[str, ...]:
        return tuple(FACTS_OF[matter] for matter in self.forbids if matter in FACTS_OF)

    def abouts(self) -> tuple[str, ...]:
        return self.forbids

    def check(self, case: Case) -> Iterator[Result]:
        if not self.holds_in(case.province) or (self.unless and not lacks_all(case, self.unless)):
            return
        paper = next(iter(self.unless), None)
        for matter in self.forbids:
            fact = FACTS_OF.get(matter)
            if fact is None:
                yield Hit(matter, (), material=paper, any_of=self.unless)
            elif fact not in case.facts:
                yield Unknown((fact,))
            elif _shows(matter, case.facts[fact]):
                yield Hit(matter, (fact,), material=paper, any_of=self.unless)


def _shows(matter: str, value: bool | int) -> bool:
    return value == 0 if matter == "empty_subject" else bool(value)
