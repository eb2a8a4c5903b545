"""K14: phone numbers that must differ."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from rules.facts import same_phone
from rules.kinds.base import (
    Case,
    FactName,
    Hit,
    Kind,
    Result,
    Unknown,
    kind,
    missing,
)
from rules.kinds.people import SAME

PHONES = (
    "principal.mobile",
    "principal.emergency_phone",
    "service_principal.mobile",
    "service_principal.emergency_phone",
)
SAME_MAIL = "service_principal.email_equals_principal"


class Pair(Kind):
    """Two phone facts that must differ, and the tag of their text.

    Not compared where `left` only repeats the number in `unless_repeats`, which a pair or rule of
    its own looks at.
    """

    about: str
    left: FactName
    right: FactName
    unless_repeats: FactName | None = None

    @cached_property
    def facts(self) -> tuple[str, ...]:
        return (self.left, self.right)

    @cached_property
    def names_service_principal(self) -> bool:
        return any(fact.startswith("service_principal.") for fact in self.facts)


@kind("phones_distinct", "K14", additive=True)
class PhonesDistinct(Kind):
    """The numbers of each pair differ.

    Pairs that name the service principal are skipped where both principals are one person;
    `email_differs` asks the two to give different mail addresses, `min_distinct` to give that many
    different numbers in the four phone fields. Numbers in `required` are there.
    """

    pairs: tuple[Pair, ...] = ()
    email_differs: bool = False
    min_distinct: Annotated[int, Field(ge=2, le=len(PHONES))] | None = None
    required: tuple[FactName, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not self.abouts():
            raise ValueError("pairs, email_differs, min_distinct or required says what is asked")
        return self

    def reads(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                (
                    *(fact for pair in self.pairs for fact in pair.facts),
                    *self.required,
                    *((SAME_MAIL,) if self.email_differs else ()),
                    *((SAME, *PHONES) if self.min_distinct else ()),
                )
            )
        )

    def abouts(self) -> tuple[str, ...]:
        return (
            *(pair.about for pair in self.pairs),
            *(("same_email",) if self.email_differs else ()),
            *(("too_few",) if self.min_distinct else ()),
            *(("not_given",) if self.required else ()),
        )

    def check(self, case: Case) -> Iterator[Result]:
        one_person = case.facts.get(SAME) is True
        for pair in self.pairs:
            if not (one_person and pair.names_service_principal):
                yield from _compare(case, pair)
        if self.email_differs and not one_person:
            yield from _compare_mail(case)
        if self.min_distinct and not one_person:
            yield from _count(case, self.min_distinct)
        for fact in self.required:
            if not case.facts.get(fact):
                yield Hit("not_given", (fact,)) if fact in case.facts else Unknown((fact,))


def _compare(case: Case, pair: Pair) -> Iterator[Result]:
    absent = missing(case, *pair.facts)
    if absent:
        yield Unknown(absent)
    elif _equal(case, *pair.facts) and not _repeats(case, pair):
        yield Hit(pair.about, pair.facts)


def _equal(case: Case, left: str, right: str) -> bool:
    return same_phone(case.facts[left], case.facts.get(right, ""))


def _repeats(case: Case, pair: Pair) -> bool:
    return pair.unless_repeats is not None and _equal(case, pair.left, pair.unless_repeats)


def _compare_mail(case: Case) -> Iterator[Result]:
    same = case.facts.get(SAME_MAIL)
    if same is None:
        yield Unknown((SAME_MAIL,))
    elif same:
        yield Hit("same_email", (SAME_MAIL,))


def _count(case: Case, wanted: int) -> Iterator[Result]:
    """Numbers nobody knows could all be different ones."""
    if SAME not in case.facts:
        yield Unknown((SAME,))
        return
    absent = missing(case, *PHONES)
    different = {case.facts[fact] for fact in PHONES if case.facts.get(fact)}
    if len(different) + len(absent) < wanted:
        yield Hit("too_few", PHONES)
    elif len(different) < wanted:
        yield Unknown(absent)
