"""K01 minimum age, K02 age band that needs a proof."""

from collections.abc import Iterator

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
    lacks_all,
    separate_roles,
)
from rules.kinds.dates import age_on


def _birth_fact(role: Role) -> str:
    return f"{role}.birth_date"


@kind("min_age", "K01")
class MinAge(Kind):
    """Nobody in `roles` is younger than `years`."""

    years: int
    roles: tuple[Role, ...] = BOTH_ROLES

    def reads(self) -> tuple[str, ...]:
        return tuple(_birth_fact(role) for role in self.roles)

    def abouts(self) -> tuple[str, ...]:
        return self.roles

    def check(self, case: Case) -> Iterator[Result]:
        for role in separate_roles(case, self.roles):
            born = case.facts.get(_birth_fact(role))
            if born is None:
                yield Unknown((_birth_fact(role),))
            elif age_on(case.today, born) < self.years:
                yield Hit(role, (_birth_fact(role),))


@kind("age_band_needs_proof", "K02")
class AgeBandNeedsProof(Kind):
    """Someone from `from_years` to under `to_years` brings one of the papers."""

    from_years: int = 0
    to_years: int
    any_of: tuple[MaterialKey, ...]
    roles: tuple[Role, ...] = BOTH_ROLES

    def reads(self) -> tuple[str, ...]:
        return tuple(_birth_fact(role) for role in self.roles)

    def abouts(self) -> tuple[str, ...]:
        return self.roles

    def check(self, case: Case) -> Iterator[Result]:
        for role in separate_roles(case, self.roles):
            born = case.facts.get(_birth_fact(role))
            if born is None:
                yield Unknown((_birth_fact(role),))
            elif self._in_band(age_on(case.today, born)) and lacks_all(case, self.any_of):
                yield Hit(role, (_birth_fact(role),), material=self.any_of[0], any_of=self.any_of)

    def _in_band(self, age: int) -> bool:
        return self.from_years <= age < self.to_years
