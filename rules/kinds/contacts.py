"""K12 contact data used elsewhere, K13 area of a mobile, K14 numbers that must differ."""

from collections.abc import Iterator
from typing import Literal

from rules.facts import same_phone
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
    missing,
    separate_roles,
)
from rules.kinds.roles import SAME

Key = Literal["id", "mobile", "emergency", "email"]


@kind("no_reuse", "K12", additive=True)
class NoReuse(Kind):
    """No other subject uses these data of the persons in `roles`."""

    keys: tuple[Key, ...]
    roles: tuple[Role, ...] = BOTH_ROLES

    def reads(self) -> tuple[str, ...]:
        return tuple(self._fact(role, key) for role in self.roles for key in self.keys)

    def abouts(self) -> tuple[str, ...]:
        return tuple(f"{role}_{key}" for role in self.roles for key in self.keys)

    def check(self, case: Case) -> Iterator[Result]:
        unknown = []
        for role in separate_roles(case, self.roles):
            for key in self.keys:
                fact = self._fact(role, key)
                used = case.facts.get(fact)
                if used is None:
                    unknown.append(fact)
                elif used:
                    yield Hit(f"{role}_{key}", (fact,))
        if unknown:
            yield Unknown(tuple(unknown))

    @staticmethod
    def _fact(role: str, key: str) -> str:
        return f"{role}.{key}_used_by_other_subject"


@kind("phone_area", "K13", additive=True)
class PhoneArea(Kind):
    """The mobile belongs to the filing province or one of `areas`."""

    areas: tuple[str, ...] = (FILING_PROVINCE,)
    roles: tuple[Role, ...] = BOTH_ROLES

    def reads(self) -> tuple[str, ...]:
        return tuple(f"{role}.mobile_province" for role in self.roles)

    def abouts(self) -> tuple[str, ...]:
        return self.roles

    def check(self, case: Case) -> Iterator[Result]:
        areas = {case.province if area == FILING_PROVINCE else area for area in self.areas}
        for role in separate_roles(case, self.roles):
            fact = f"{role}.mobile_province"
            area = case.facts.get(fact)
            if area is None:
                yield Unknown((fact,))
            elif area not in areas:
                yield Hit(role, (fact,))


class Pair(Kind):
    """Two phone facts that must differ, and the tag of their text."""

    about: str
    left: FactName
    right: FactName

    @property
    def facts(self) -> tuple[str, ...]:
        return (self.left, self.right)


@kind("phones_distinct", "K14", additive=True)
class PhonesDistinct(Kind):
    """The numbers of each pair differ.

    Pairs that name the service principal are skipped where both principals are one person, and
    `email_differs` asks the two to give different mail addresses.
    """

    pairs: tuple[Pair, ...] = ()
    email_differs: bool = False

    def reads(self) -> tuple[str, ...]:
        facts = tuple(fact for pair in self.pairs for fact in pair.facts)
        return (*facts, "service_principal.email_equals_principal") if self.email_differs else facts

    def abouts(self) -> tuple[str, ...]:
        abouts = tuple(pair.about for pair in self.pairs)
        return (*abouts, "same_email") if self.email_differs else abouts

    def check(self, case: Case) -> Iterator[Result]:
        one_person = case.facts.get(SAME) is True
        for pair in self.pairs:
            if not (one_person and _names_service_principal(pair)):
                yield from _compare(case, pair)
        if self.email_differs and not one_person:
            yield from _compare_mail(case)


def _names_service_principal(pair: Pair) -> bool:
    return any(fact.startswith("service_principal.") for fact in pair.facts)


def _compare(case: Case, pair: Pair) -> Iterator[Result]:
    absent = missing(case, *pair.facts)
    if absent:
        yield Unknown(absent)
    elif same_phone(case.facts[pair.left], case.facts[pair.right]):
        yield Hit(pair.about, pair.facts)


def _compare_mail(case: Case) -> Iterator[Result]:
    fact = "service_principal.email_equals_principal"
    same = case.facts.get(fact)
    if same is None:
        yield Unknown((fact,))
    elif same:
        yield Hit("same_email", (fact,))
