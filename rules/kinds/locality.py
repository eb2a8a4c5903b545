"""K09 where an ID was issued, K16 equal areas."""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Self

from pydantic import model_validator

from rules.kinds.base import (
    FILING_PROVINCE,
    Case,
    FactName,
    Hit,
    Kind,
    MaterialKey,
    Result,
    Role,
    Unknown,
    kind,
    known_fact,
    missing,
    separate_roles,
)
from rules.kinds.papers import PaperSet, lacking
from rules.kinds.people import SUBJECT_NAME, elsewhere, is_named, person_fact

ID_AREA = "id_province"
PERMIT_EXPIRY = "residence_permit.expiry"


@kind("id_locality", "K09")
class IdLocality(Kind):
    """The ID was issued in the filing province, or a paper of `any_of` or a whole set of `sets` is
    there; without these there is no way round.

    Several `area_facts` tell the same, one that differs decides; `roles` looks at each person
    apart. `name_words` limits it to subjects whose name contains one of them. Permits in `expiring`
    count until they run out, found as "expired" where nothing else proves it.
    """

    area_facts: tuple[FactName, ...] = ()
    roles: tuple[Role, ...] = ()
    any_of: tuple[MaterialKey, ...] = ()
    sets: tuple[PaperSet, ...] = ()
    name_words: tuple[str, ...] = ()
    expiring: tuple[MaterialKey, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if bool(self.area_facts) == bool(self.roles):
            raise ValueError("either area_facts or roles says whose ID it is")
        if not {*self.expiring} <= {*self.any_of, *chain.from_iterable(self.sets)}:
            raise ValueError("papers in expiring are among those of any_of or sets")
        return self

    def reads(self) -> tuple[str, ...]:
        areas = self.area_facts or tuple(f"{role}.{ID_AREA}" for role in self.roles)
        return (
            *areas,
            *((SUBJECT_NAME,) if self.name_words else ()),
            *((PERMIT_EXPIRY,) if self.expiring else ()),
        )

    def abouts(self) -> tuple[str, ...]:
        return (*(self.roles or ("elsewhere",)), *(("expired",) if self.expiring else ()))

    def check(self, case: Case) -> Iterator[Result]:
        concerned = is_named(case, self.name_words)
        if concerned is None:
            yield Unknown((SUBJECT_NAME,))
        if not concerned:
            return
        if self.area_facts:
            yield from self._one(case, "elsewhere", self.area_facts)
        for role in separate_roles(case, self.roles):
            yield from self._one(case, role, (person_fact(case, role, ID_AREA),))

    def _one(self, case: Case, about: str, area_facts: tuple[str, ...]) -> Iterator[Result]:
        found = elsewhere(case, area_facts)
        if found is None:
            yield Unknown(area_facts)
        elif found and not (self.any_of or self.sets):
            yield Hit(about, found)
        elif found and (needed := lacking(case, self.any_of, self.sets)):
            for material, equals in needed:
                yield Hit(about, found, material=material, any_of=equals)
        elif found:
            yield from self._expired(case, found)

    def _expired(self, case: Case, found: tuple[str, ...]) -> Iterator[Result]:
        """Look at the permits where the proof would be lacking without them."""
        others = case._replace(materials=case.materials.difference(self.expiring))
        needed = lacking(others, self.any_of, self.sets)
        if not needed:
            return
        if PERMIT_EXPIRY not in case.facts:
            yield Unknown((PERMIT_EXPIRY,))
            return
        expiry = case.facts[PERMIT_EXPIRY]
        if expiry is None or expiry >= case.today:
            return
        for material, equals in needed:
            yield Hit("expired", (PERMIT_EXPIRY, *found), material=material, any_of=equals)


@kind("same_area", "K16")
class SameArea(Kind):
    """Two areas are equal; "province" stands for the filing province, "city" needs two facts.

    One of the papers in `any_of` makes up for a difference. Silent where one of `unless_elsewhere`
    names another province than the filing province, of which a rule of its own speaks.
    """

    left: FactName
    right: str = FILING_PROVINCE
    unless_elsewhere: tuple[FactName, ...] = ()
    any_of: tuple[MaterialKey, ...] = ()

    @model_validator(mode="after")
    def _right_exists(self) -> Self:
        if self.right != FILING_PROVINCE:
            known_fact(self.right)
        return self

    def reads(self) -> tuple[str, ...]:
        return (*self._compared, *self.unless_elsewhere)

    @cached_property
    def _compared(self) -> tuple[str, ...]:
        return (self.left,) if self.right == FILING_PROVINCE else (self.left, self.right)

    def abouts(self) -> tuple[str, ...]:
        return ("differs",)

    def check(self, case: Case) -> Iterator[Result]:
        if self.unless_elsewhere and elsewhere(case, self.unless_elsewhere):
            return
        absent = missing(case, *self._compared)
        if absent:
            yield Unknown(absent)
            return
        right = case.province if self.right == FILING_PROVINCE else case.facts[self.right]
        if case.facts[self.left] == right:
            return
        if not self.any_of:
            yield Hit("differs", self._compared)
        for material, equals in lacking(case, self.any_of):
            yield Hit("differs", self._compared, material=material, any_of=equals)
