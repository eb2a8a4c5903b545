"""K15: an emergency contact who is a third person."""

import re
from collections.abc import Iterator
from typing import Self

from pydantic import model_validator

from rules.facts import phone_number, same_phone
from rules.kinds.base import (
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
from rules.kinds.people import SAME

MOBILES = ("principal.mobile", "service_principal.mobile")
THIRD_PERSON = "principal.emergency_is_third_person"
# The office phone and the emergency phone; either may be the landline.
SECOND_PHONES = ("principal.second_contact", "principal.emergency_phone")
MOBILE_NUMBER = re.compile(r"1[0-9]{10}")


@kind("third_person_contact", "K15")
class ThirdPersonContact(Kind):
    """The emergency phones of `roles` are the mobile of neither principal.

    `holder` also asks whose the subject principal's is. Both hold with `when_differ` only where the
    principals are two persons, with `unless_landline` only where no second phone is a landline. The
    remarks name the contact with one of `remark_words`, which is advice.
    """

    roles: tuple[Role, ...] = ("principal",)
    holder: bool = False
    when_differ: bool = False
    unless_landline: bool = False
    remark_words: tuple[str, ...] = ()
    remark_fact: FactName = "subject.remarks"

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not self.abouts():
            raise ValueError("roles, holder or remark_words says what is asked")
        return self

    def reads(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                (
                    *(f"{role}.emergency_phone" for role in self.roles),
                    *(MOBILES if self.roles else ()),
                    *((THIRD_PERSON,) if self.holder else ()),
                    *((SAME,) if self.when_differ else ()),
                    *(SECOND_PHONES if self.unless_landline else ()),
                    *((self.remark_fact,) if self.remark_words else ()),
                )
            )
        )

    def abouts(self) -> tuple[str, ...]:
        return (
            *self.roles,
            *(("holder",) if self.holder else ()),
            *(("remark",) if self.remark_words else ()),
        )

    def check(self, case: Case) -> Iterator[Result]:
        if self.when_differ and case.facts.get(SAME) is not False:
            if SAME not in case.facts:
                yield Unknown((SAME,))
            return
        if self.unless_landline and any(_is_landline(case, phone) for phone in SECOND_PHONES):
            return
        found = [*self._numbers(case)]
        yield from found
        if self.holder and not any(isinstance(result, Hit) for result in found):
            yield from _known_flag(case, THIRD_PERSON, "holder")
        if self.remark_words:
            yield from self._remark(case)

    def _numbers(self, case: Case) -> Iterator[Result]:
        one_person = case.facts.get(SAME) is True
        mobiles = MOBILES[:1] if one_person else MOBILES
        for role in separate_roles(case, self.roles):
            emergency = f"{role}.emergency_phone"
            number = case.facts.get(emergency)
            equal = [m for m in mobiles if number and same_phone(number, case.facts.get(m, ""))]
            absent = missing(case, emergency, *mobiles)
            if equal:
                yield Hit(role, (emergency, *equal))
            elif absent:
                yield Unknown(absent)

    def _remark(self, case: Case) -> Iterator[Result]:
        remark = case.facts.get(self.remark_fact)
        if remark is None:
            yield Unknown((self.remark_fact,))
        elif not any(word in remark for word in self.remark_words):
            yield Hit("remark", (self.remark_fact,), outcome="advice")


def _known_flag(case: Case, fact: str, about: str) -> Iterator[Result]:
    value = case.facts.get(fact)
    if value is None:
        yield Unknown((fact,))
    elif value is False:
        yield Hit(about, (fact,))


def _is_landline(case: Case, fact: str) -> bool:
    number = phone_number(case.facts.get(fact, ""))
    return number.isdecimal() and MOBILE_NUMBER.fullmatch(number) is None
