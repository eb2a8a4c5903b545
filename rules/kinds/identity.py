"""K07 ID types by residency, K09 where an ID was issued."""

from collections.abc import Iterator, Mapping

from pydantic import model_validator

from rules.kinds.base import (
    FILING_PROVINCE,
    Case,
    FactName,
    Hit,
    Kind,
    MaterialKey,
    Result,
    Unknown,
    kind,
    known_fact,
    lacks_all,
    missing,
)
from rules.kinds.roles import SAME
from rules.vocabulary import RESIDENCIES


@kind("id_types_by_residency", "K07")
class IdTypesByResidency(Kind):
    """The document type is one of those `allowed` for the person's residency.

    A residency that `allowed` does not mention is free.
    """

    type_fact: FactName
    residency_fact: FactName
    allowed: Mapping[str, tuple[str, ...]]

    @model_validator(mode="after")
    def _residencies_exist(self) -> "IdTypesByResidency":
        strange = set(self.allowed) - set(RESIDENCIES)
        if strange:
            raise ValueError(f"no such residency: {', '.join(sorted(strange))}")
        return self

    def reads(self) -> tuple[str, ...]:
        return (self.type_fact, self.residency_fact)

    def abouts(self) -> tuple[str, ...]:
        return tuple(sorted(self.allowed))

    def check(self, case: Case) -> Iterator[Result]:
        if self.type_fact.startswith("service_principal.") and case.facts.get(SAME) is True:
            return
        absent = missing(case, self.type_fact, self.residency_fact)
        if absent:
            yield Unknown(absent)
            return
        residency = case.facts[self.residency_fact]
        if case.facts[self.type_fact] not in self.allowed.get(
            residency, (case.facts[self.type_fact],)
        ):
            yield Hit(residency, (self.type_fact, self.residency_fact))


@kind("id_locality", "K09")
class IdLocality(Kind):
    """The ID was issued in the filing province, or one of the papers in `any_of` is there.

    Several `area_facts` tell the same; one that differs decides. Without `any_of` there is no way
    round.
    """

    area_facts: tuple[FactName, ...]
    any_of: tuple[MaterialKey, ...] = ()

    def reads(self) -> tuple[str, ...]:
        return self.area_facts

    def abouts(self) -> tuple[str, ...]:
        return ("elsewhere",)

    def check(self, case: Case) -> Iterator[Result]:
        known = [fact for fact in self.area_facts if fact in case.facts]
        elsewhere = tuple(fact for fact in known if case.facts[fact] != case.province)
        if not known:
            yield Unknown(self.area_facts)
        elif elsewhere and (not self.any_of or lacks_all(case, self.any_of)):
            yield Hit(
                "elsewhere",
                elsewhere,
                material=self.any_of[0] if self.any_of else None,
                any_of=self.any_of,
            )


@kind("same_area", "K16")
class SameArea(Kind):
    """Two areas are equal; "province" stands for the filing province, "city" needs two facts."""

    left: FactName
    right: str = FILING_PROVINCE

    @model_validator(mode="after")
    def _right_exists(self) -> "SameArea":
        if self.right != FILING_PROVINCE:
            known_fact(self.right)
        return self

    def reads(self) -> tuple[str, ...]:
        return (self.left,) if self.right == FILING_PROVINCE else (self.left, self.right)

    def abouts(self) -> tuple[str, ...]:
        return ("differs",)

    def check(self, case: Case) -> Iterator[Result]:
        absent = missing(case, *self.reads())
        if absent:
            yield Unknown(absent)
            return
        right = case.province if self.right == FILING_PROVINCE else case.facts[self.right]
        if case.facts[self.left] != right:
            yield Hit("differs", self.reads())
