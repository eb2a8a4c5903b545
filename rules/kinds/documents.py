"""K27 papers everybody brings, K29 register status."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from rules.calendar import add_working_days
from rules.kinds.base import (
    Case,
    FactName,
    Hit,
    Kind,
    MaterialKey,
    Number,
    Result,
    Unknown,
    WorkingDays,
    kind,
)
from rules.kinds.conditions import NamedSubjects
from rules.kinds.paper_facts import PaperFact
from rules.vocabulary import FACTS

FILED = "domain.filed_before"
RESOURCES = "service.resource_count"
STATUS = "subject.registry_status"


@kind("always_required_document", "K27", additive=True)
class AlwaysRequiredDocument(NamedSubjects):
    """One paper of `any_of` and every paper of `all_of` is there, whatever else the facts say.

    `filed_from` limits it to domains first filed on that day or later (never filed counts as
    today), `resources_over` to services on more cloud resources than that. A paper signed on
    the day in the fact `signed_on` is too old after `max_working_days`.
    """

    any_of: tuple[MaterialKey, ...] = ()
    all_of: tuple[MaterialKey, ...] = ()
    filed_from: date | None = None
    resources_over: Number | None = None
    signed_on: FactName | None = None
    max_working_days: WorkingDays | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.any_of and not self.all_of:
            raise ValueError("any_of or all_of names a paper")
        if (self.signed_on is None) != (self.max_working_days is None):
            raise ValueError("signed_on and max_working_days go together")
        if self.signed_on is not None and FACTS[self.signed_on].type != "date":
            raise ValueError(f"{self.signed_on} is no date")
        return self

    def reads(self) -> tuple[str, ...]:
        facts = [*self.name_facts()]
        facts += [FILED] if self.filed_from is not None else []
        facts += [RESOURCES] if self.resources_over is not None else []
        return (*facts, *((self.signed_on,) if self.signed_on is not None else ()))

    def paper_facts(self) -> tuple[PaperFact, ...]:
        if self.signed_on is None:
            return ()
        return (PaperFact(self.signed_on, self.any_of or self.all_of, is_past=True),)

    def abouts(self) -> tuple[str, ...]:
        lacking = ("lacking",) if self.any_of else ()
        return (*lacking, *self.all_of, *(("too_old",) if self.signed_on is not None else ()))

    def look(self, case: Case) -> Iterator[Result]:
        absent = self._undecided(case)
        if absent:
            yield Unknown(absent)
        elif self._is_asked(case):
            yield from self._papers(case)

    def _undecided(self, case: Case) -> tuple[str, ...]:
        asked = {FILED: self.filed_from, RESOURCES: self.resources_over}
        return tuple(
            fact for fact, limit in asked.items() if limit is not None and fact not in case.facts
        )

    def _is_asked(self, case: Case) -> bool:
        filed = case.facts.get(FILED)
        if self.filed_from is not None and filed is not None and filed < self.filed_from:
            return False
        return self.resources_over is None or case.facts[RESOURCES] > self.resources_over

    def _papers(self, case: Case) -> Iterator[Result]:
        if self.any_of and case.materials.isdisjoint(self.any_of):
            yield Hit("lacking", (), material=self.any_of[0], any_of=self.any_of)
        elif self.signed_on is not None and self.max_working_days is not None:
            yield from self._age(case, self.signed_on, self.max_working_days)
        for paper in self.all_of:
            if paper not in case.materials:
                yield Hit(paper, (), material=paper)

    def _age(self, case: Case, fact: str, most: int) -> Iterator[Result]:
        signed = case.facts.get(fact)
        if signed is None:
            yield Unknown((fact,))
        elif add_working_days(signed, most, case.days) < case.today:
            yield Hit("too_old", (fact,), material=next(iter(self.any_of), None))


@kind("registry_status", "K29")
class RegistryStatus(Kind):
    """The company register does not show one of the `bad` states."""

    bad: tuple[Literal["abnormal", "revoked", "cancelled"], ...]

    def reads(self) -> tuple[str, ...]:
        return (STATUS,)

    def abouts(self) -> tuple[str, ...]:
        return self.bad

    def check(self, case: Case) -> Iterator[Result]:
        status = case.facts.get(STATUS)
        if status is None:
            yield Unknown((STATUS,))
        elif status in self.bad:
            yield Hit(status, (STATUS,))
