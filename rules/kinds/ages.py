"""K01 minimum age, K02 age band that needs a proof, K03 maximum age."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rules.kinds.base import (
    BOTH_ROLES,
    Case,
    Hit,
    Kind,
    MaterialKey,
    Result,
    Role,
    Unknown,
    kind,
    separate_roles,
)
from rules.kinds.dates import age_on
from rules.kinds.papers import PaperSet, lacking
from rules.kinds.people import IS_LEGAL_REP, legal_rep_fact, legal_rep_facts, person_fact

BIRTH, SEX = "birth_date", "sex"
Years = Annotated[int, Field(ge=0, le=120)]
Roles = Annotated[tuple[Role, ...], Field(min_length=1)]
AgeRole = Literal["principal", "service_principal", "legal_rep"]


@kind("min_age", "K01")
class MinAge(Kind):
    """Nobody in `roles` is younger than `years`; "legal_rep" may be one of them."""

    years: Years
    roles: Annotated[tuple[AgeRole, ...], Field(min_length=1)] = BOTH_ROLES

    def reads(self) -> tuple[str, ...]:
        own = [
            legal_rep_facts(BIRTH) if role == "legal_rep" else (f"{role}.{BIRTH}",)
            for role in self.roles
        ]
        return tuple(dict.fromkeys(fact for facts in own for fact in facts))

    def abouts(self) -> tuple[str, ...]:
        return self.roles

    def check(self, case: Case) -> Iterator[Result]:
        for about, fact in self._births(case):
            born = case.facts.get(fact)
            if born is None:
                yield Unknown((fact,))
            elif age_on(case.today, born) < self.years:
                yield Hit(about, (fact,))

    def _births(self, case: Case) -> Iterator[tuple[str, str]]:
        """Who is looked at and which fact tells the birth date; nobody twice."""
        for role in separate_roles(case, self._people):
            yield role, person_fact(case, role, BIRTH)
        if "legal_rep" in self.roles and not self._looks_at_legal_rep(case):
            yield "legal_rep", legal_rep_fact(case, BIRTH)

    @cached_property
    def _people(self) -> tuple[Role, ...]:
        return tuple(role for role in self.roles if role != "legal_rep")

    def _looks_at_legal_rep(self, case: Case) -> bool:
        """Whether the subject principal, who is looked at anyway, is that person."""
        return "principal" in self.roles and case.facts.get(IS_LEGAL_REP) is True


@kind("age_band_needs_proof", "K02")
class AgeBandNeedsProof(Kind):
    """Someone from `from_years` to under `to_years` brings one of the papers in `any_of`, or one
    of the `sets` as a whole."""

    from_years: Years = 0
    to_years: Years
    any_of: tuple[MaterialKey, ...] = ()
    sets: tuple[PaperSet, ...] = ()
    roles: Roles = BOTH_ROLES

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.from_years >= self.to_years:
            raise ValueError("from_years lies below to_years")
        if not self.any_of and not self.sets:
            raise ValueError("any_of or sets names the papers")
        return self

    def reads(self) -> tuple[str, ...]:
        return tuple(f"{role}.{BIRTH}" for role in self.roles)

    def abouts(self) -> tuple[str, ...]:
        return self.roles

    def check(self, case: Case) -> Iterator[Result]:
        for role in separate_roles(case, self.roles):
            fact = person_fact(case, role, BIRTH)
            born = case.facts.get(fact)
            if born is None:
                yield Unknown((fact,))
            elif self.from_years <= age_on(case.today, born) < self.to_years:
                for material, equals in lacking(case, self.any_of, self.sets):
                    yield Hit(role, (fact,), material=material, any_of=equals)


@kind("max_age", "K03")
class MaxAge(Kind):
    """Nobody in `roles` is older than `years`, women not older than `years_women`."""

    years: Years
    years_women: Years | None = None
    roles: Roles = BOTH_ROLES

    def reads(self) -> tuple[str, ...]:
        names = (BIRTH,) if self.years_women is None else (BIRTH, SEX)
        return tuple(f"{role}.{name}" for role in self.roles for name in names)

    def abouts(self) -> tuple[str, ...]:
        return self.roles

    def check(self, case: Case) -> Iterator[Result]:
        for role in separate_roles(case, self.roles):
            fact, sex_fact = person_fact(case, role, BIRTH), person_fact(case, role, SEX)
            born = case.facts.get(fact)
            if born is None:
                yield Unknown((fact,))
                continue
            limits = self._limits(case.facts.get(sex_fact))
            age = age_on(case.today, born)
            if age > max(limits):
                yield Hit(role, (fact,))
            elif age > min(limits):
                yield Unknown((sex_fact,))

    def _limits(self, sex: str | None) -> tuple[int, ...]:
        """The one limit that holds, or both while the sex is not known."""
        women = self.years if self.years_women is None else self.years_women
        return {"female": (women,), "male": (self.years,)}.get(sex or "", (self.years, women))
