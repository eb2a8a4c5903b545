"""K12 contact data used elsewhere, K13 area of a mobile."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from rules.kinds.base import (
    BOTH_ROLES,
    FILING_PROVINCE,
    Case,
    FactName,
    Hit,
    Kind,
    Result,
    Role,
    Unknown,
    kind,
    separate_roles,
)
from rules.kinds.people import elsewhere, person_fact
from rules.regions import known_province

Key = Literal["id", "mobile", "emergency", "email"]
Contact = Literal["mobile", "emergency", "email"]
Roles = Annotated[tuple[Role, ...], Field(min_length=1)]
OWN_FILING = "other_use_is_own_personal_filing"
SAME_LEGAL_REP = "principal.other_use_is_same_legal_rep"
SERVES_OTHER = "serves_other_unit"


def _known_area(code: str) -> str:
    return code if code == FILING_PROVINCE else known_province(code)


Area = Annotated[str, AfterValidator(_known_area)]


def _differs(key: str) -> str:
    return f"principal.{key}_differs_at_own_units"


@kind("no_reuse", "K12", additive=True)
class NoReuse(Kind):
    """No other subject uses these data of the persons in `roles`.

    With `except_own_personal_filing` a person's own filing as an individual does not count, with
    `except_same_legal_rep` a legal representative's other units do not either; with
    `same_at_own_units` they give these contacts too, and no others. With `one_unit_only` nobody
    may be the service principal of a second unit.
    """

    keys: tuple[Key, ...] = ()
    roles: Roles = BOTH_ROLES
    except_own_personal_filing: bool = False
    except_same_legal_rep: bool = False
    same_at_own_units: tuple[Contact, ...] = ()
    one_unit_only: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not self.abouts():
            raise ValueError("keys, same_at_own_units or one_unit_only says what is asked")
        return self

    def reads(self) -> tuple[str, ...]:
        names = [f"{key}_used_by_other_subject" for key in self.keys]
        if self.except_own_personal_filing:
            names.append(OWN_FILING)
        facts = tuple(f"{role}.{name}" for role in self.roles for name in names)
        if self.except_same_legal_rep:
            facts = (*facts, SAME_LEGAL_REP)
        facts = (*facts, *map(_differs, self.same_at_own_units))
        return (*facts, f"service_principal.{SERVES_OTHER}") if self.one_unit_only else facts

    def abouts(self) -> tuple[str, ...]:
        used = tuple(f"{role}_{key}" for role in self.roles for key in self.keys)
        abouts = (*used, *(f"own_units_{key}" for key in self.same_at_own_units))
        return (*abouts, SERVES_OTHER) if self.one_unit_only else abouts

    def check(self, case: Case) -> Iterator[Result]:
        unknown: list[str] = []
        for role in separate_roles(case, self.roles):
            for key in self.keys:
                fact = person_fact(case, role, f"{key}_used_by_other_subject")
                used = case.facts.get(fact)
                if used is None:
                    unknown.append(fact)
                elif used and not self._is_excused(case, role):
                    yield Hit(f"{role}_{key}", (fact,))
        yield from self._own_units(case)
        if self.one_unit_only:
            yield from self._one_unit(case)
        if unknown:
            yield Unknown(tuple(dict.fromkeys(unknown)))

    def _is_excused(self, case: Case, role: Role) -> bool:
        """Whether the other use is one of the person's own; who tells of none has found none."""
        if self.except_same_legal_rep and role == "principal" and case.facts.get(SAME_LEGAL_REP):
            return True
        own = case.facts.get(person_fact(case, role, OWN_FILING))
        return self.except_own_personal_filing and own is True

    def _own_units(self, case: Case) -> Iterator[Hit]:
        """Whoever does not tell of other units has found none."""
        for key in self.same_at_own_units:
            if case.facts.get(_differs(key)):
                yield Hit(f"own_units_{key}", (_differs(key),))

    def _one_unit(self, case: Case) -> Iterator[Result]:
        fact = f"service_principal.{SERVES_OTHER}"
        serves = case.facts.get(fact)
        if serves is None:
            yield Unknown((fact,))
        elif serves:
            yield Hit(SERVES_OTHER, (fact,))


@kind("phone_area", "K13", additive=True)
class PhoneArea(Kind):
    """The mobile belongs to the filing province or one of `areas`.

    `when_id_elsewhere` limits it to people whose ID is from another province, which one of these
    facts tells.
    """

    areas: Annotated[tuple[Area, ...], Field(min_length=1)] = (FILING_PROVINCE,)
    roles: Roles = BOTH_ROLES
    when_id_elsewhere: tuple[FactName, ...] = ()

    def reads(self) -> tuple[str, ...]:
        mobiles = tuple(f"{role}.mobile_province" for role in self.roles)
        return (*mobiles, *self.when_id_elsewhere)

    def abouts(self) -> tuple[str, ...]:
        return self.roles

    def check(self, case: Case) -> Iterator[Result]:
        if self.when_id_elsewhere:
            found = elsewhere(case, self.when_id_elsewhere)
            if found is None:
                yield Unknown(self.when_id_elsewhere)
            if not found:
                return
        areas = {case.province if area == FILING_PROVINCE else area for area in self.areas}
        for role in separate_roles(case, self.roles):
            fact = person_fact(case, role, "mobile_province")
            area = case.facts.get(fact)
            if area is None:
                yield Unknown((fact,))
            elif area not in areas:
                yield Hit(role, (fact,))
