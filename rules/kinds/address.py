"""K17: what a contact address must and must not say."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from rules.kinds.base import Case, FactName, Hit, Kind, Result, Unknown, kind

Word = Annotated[str, Field(min_length=2)]

# 号, 室, 栋 … after a figure, in digits, letters or Chinese numerals.
DOOR_NUMBER = re.compile(
    r"[0-9０-９A-Za-z一二三四五六七八九十百千〇零]\s*"
    r"(?:号|號|室|栋|幢|座|楼|层|单元|弄|院|户|房|铺|档|#)"
)
# Figures strung together with dashes in place of words: 1-2-3.
DASHED = re.compile(r"[0-9０-９]+(?:\s*[-－—–]\s*[0-9０-９]+){2,}")


@kind("address_text", "K17", values=("term", "instead"))
class AddressText(Kind):
    """The address contains none of the words in `forbid`.

    `renamed` maps names that are gone to today's, `districts` maps quarters to the district to
    choose, or to those of which one is right (advice); neither speaks where the address names the
    new one too. `door_number` asks for one, `no_dashes` for words between figures instead of 1-2-3.
    """

    address_fact: FactName = "contact.address"
    forbid: tuple[Word, ...] = ()
    renamed: Mapping[Word, Word] = {}
    districts: Mapping[Word, Word | tuple[Word, ...]] = {}
    door_number: bool = False
    no_dashes: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not self.abouts():
            raise ValueError("forbid, renamed, districts, door_number or no_dashes says what")
        return self

    def reads(self) -> tuple[str, ...]:
        return (self.address_fact,)

    def abouts(self) -> tuple[str, ...]:
        return (
            *(("forbidden",) if self.forbid else ()),
            *(("renamed",) if self.renamed else ()),
            *(("district",) if self.districts else ()),
            *(("no_door_number",) if self.door_number else ()),
            *(("dashes",) if self.no_dashes else ()),
        )

    def check(self, case: Case) -> Iterator[Result]:
        address = case.facts.get(self.address_fact)
        if address is None:
            yield Unknown((self.address_fact,))
            return
        for word in self.forbid:
            if word in address:
                yield self._hit("forbidden", word)
        yield from self._replaced(address, "renamed", self.renamed)
        yield from self._replaced(address, "district", self.districts, outcome="advice")
        if self.door_number and DOOR_NUMBER.search(address) is None:
            yield self._hit("no_door_number")
        if self.no_dashes and (found := DASHED.search(address)):
            yield self._hit("dashes", found.group())

    def _replaced(
        self,
        address: str,
        about: str,
        names: Mapping[str, str | tuple[str, ...]],
        outcome: str | None = None,
    ) -> Iterator[Result]:
        for old, new in names.items():
            choices = (new,) if isinstance(new, str) else new
            if old in address and not any(choice in address for choice in choices):
                yield self._hit(about, old, "、".join(choices), outcome)

    def _hit(
        self, about: str, term: str = "", instead: str = "", outcome: str | None = None
    ) -> Hit:
        values = {"term": term, "instead": instead}
        return Hit(about, (self.address_fact,), outcome=outcome, values=values)
