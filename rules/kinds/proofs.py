"""K10: what a proof of residence that was handed in has to show."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from rules.kinds.asked_papers import AskedPapers, asked_papers
from rules.kinds.base import (
    Case,
    FactName,
    Hit,
    Kind,
    MaterialKey,
    Months,
    Result,
    Unknown,
    kind,
    lacks_all,
    missing,
)
from rules.kinds.dates import add_months
from rules.kinds.paper_facts import PaperFact
from rules.kinds.people import elsewhere


@kind("proof_quality", "K10")
class ProofQuality(Kind):
    """A proof among `materials` that was handed in is good enough.

    It runs for `months_left` more (`inclusive`: exactly that many is enough), `matches_fact` says
    of it what it should, and the papers in `needs` come with it. One of `refused` alone does not
    count. `when_id_elsewhere` names the facts of which one has to name another province.
    """

    materials: Annotated[tuple[MaterialKey, ...], Field(min_length=1)]
    expiry_fact: FactName = "residence_permit.expiry"
    months_left: Months | None = None
    inclusive: bool = True
    matches_fact: FactName | None = None
    needs: tuple[MaterialKey, ...] = ()
    refused: tuple[MaterialKey, ...] = ()
    when_id_elsewhere: tuple[FactName, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not self.abouts():
            raise ValueError("months_left, matches_fact, needs or refused says what is tested")
        return self

    def reads(self) -> tuple[str, ...]:
        return (*self._told(), *self.when_id_elsewhere)

    def _told(self) -> tuple[str, ...]:
        """What is known of the proof itself."""
        return (
            *((self.expiry_fact,) if self.months_left is not None else ()),
            *((self.matches_fact,) if self.matches_fact is not None else ()),
        )

    def asked_papers(self) -> tuple[AskedPapers, ...]:
        """`materials` were asked for by another rule."""
        return asked_papers("all", self.needs)

    def paper_facts(self) -> tuple[PaperFact, ...]:
        return tuple(PaperFact(fact, self.materials) for fact in self._told())

    def abouts(self) -> tuple[str, ...]:
        return (
            *(("expires_soon",) if self.months_left is not None else ()),
            *(("differs",) if self.matches_fact is not None else ()),
            *(("incomplete",) if self.needs else ()),
            *(("refused",) if self.refused else ()),
        )

    def check(self, case: Case) -> Iterator[Result]:
        proofs = self._has_proof(case)
        wrong = bool(self.refused) and not lacks_all(case, self.refused)
        if not (proofs or wrong):
            return
        if self.when_id_elsewhere:
            found = elsewhere(case, self.when_id_elsewhere)
            if found is None:
                yield Unknown(self.when_id_elsewhere)
            if not found:
                return
        if proofs:
            yield from self._tests(case)
        else:
            yield Hit("refused", (), material=self.materials[0], any_of=self.materials)

    def _has_proof(self, case: Case) -> bool:
        """A known end of validity or a known comparison means that there is one."""
        told = any(fact in case.facts for fact in self._told())
        return told or not lacks_all(case, self.materials)

    def _tests(self, case: Case) -> Iterator[Result]:
        absent = missing(case, *self._told())
        if absent:
            yield Unknown(tuple(sorted(absent)))
        if self.months_left is not None and self._is_short(case):
            yield Hit("expires_soon", (self.expiry_fact,))
        if self.matches_fact is not None and case.facts.get(self.matches_fact) is False:
            yield Hit("differs", (self.matches_fact,))
        for material in self.needs:
            if material not in case.materials:
                yield Hit("incomplete", (), outcome="material", material=material)

    def _is_short(self, case: Case) -> bool:
        expiry = case.facts.get(self.expiry_fact)
        if expiry is None:
            return False
        needed = add_months(case.today, self.months_left or 0)
        return expiry < needed or (expiry == needed and not self.inclusive)
