"""K07 ID types by residency."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from rules.enumerations import personal_certificate_type
from rules.kinds.asked_papers import AskedPapers, asked_papers
from rules.kinds.base import Case, FactName, Hit, Kind, Result, Unknown, kind, missing
from rules.kinds.papers import PaperSet, lacking
from rules.kinds.people import SAME, legal_rep_fact, legal_rep_facts, person_fact
from rules.kinds.roles import Residency

LEGAL_REP, SERVICE_RESIDENCY = "legal_rep.residency", "service_principal.residency"


def _known_type(key: str) -> str:
    if personal_certificate_type(key) is None:
        raise ValueError(f"{key} is no certificate of a person")
    return key


CertificateType = Annotated[str, AfterValidator(_known_type)]


@kind("id_types_by_residency", "K07")
class IdTypesByResidency(Kind):
    """The document type is one of those `allowed` for the person's residency.

    A residency that `allowed` does not mention is free, one with an empty list is refused. Types
    that are `denied` are so for everybody. `papers` names sets of papers by residency, one of
    which comes along whole; a paper that is the person's document itself is there already. A
    service principal who is the subject principal has been looked at as such, unless nothing is
    asked of subject principals: then `also_same_person`.
    """

    type_fact: FactName | None = None
    residency_fact: FactName = "principal.residency"
    allowed: Mapping[Residency, tuple[CertificateType, ...]] = {}
    denied: tuple[CertificateType, ...] = ()
    papers: Mapping[Residency, tuple[PaperSet, ...]] = {}
    also_same_person: bool = False

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not (self.allowed or self.denied or self.papers):
            raise ValueError("allowed, denied or papers says what is asked for")
        if self.type_fact is None and (self.denied or any(self.allowed.values())):
            raise ValueError("type_fact says whose document is of the type")
        if self.also_same_person and (self.type_fact or self.residency_fact != SERVICE_RESIDENCY):
            raise ValueError("also_same_person is about the service principal's residency")
        return self

    @cached_property
    def _types(self) -> tuple[str, ...]:
        return () if self.type_fact is None else (self.type_fact,)

    def reads(self) -> tuple[str, ...]:
        if not (self.allowed or self.papers):
            return self._types
        legal = self.residency_fact == LEGAL_REP
        own = legal_rep_facts("residency") if legal else (self.residency_fact,)
        same = ("principal.residency",) if self.also_same_person else ()
        return (*self._types, *own, *same)

    def asked_papers(self) -> tuple[AskedPapers, ...]:
        """Of one residency; several would need a line each, and their titles tell."""
        sets = tuple(self.papers.values())
        return asked_papers("one_of", *sets[0]) if len(sets) == 1 else ()

    def abouts(self) -> tuple[str, ...]:
        return (
            *sorted(self.allowed),
            *(("denied",) if self.denied else ()),
            *(f"{residency}_paper" for residency in sorted(self.papers)),
        )

    def check(self, case: Case) -> Iterator[Result]:
        whose = self.type_fact or self.residency_fact
        of_service = whose.startswith("service_principal.") and not self.also_same_person
        if of_service and case.facts.get(SAME) is True:
            return
        if self.denied:
            yield from self._denied(case)
        if self.allowed or self.papers:
            yield from self._by_residency(case)

    def _denied(self, case: Case) -> Iterator[Result]:
        absent = missing(case, *self._types)
        if absent:
            yield Unknown(absent)
        elif case.facts[self._types[0]] in self.denied:
            yield Hit("denied", self._types)

    def _by_residency(self, case: Case) -> Iterator[Result]:
        fact = self._residency(case)
        residency = case.facts.get(fact)
        if residency is None:
            yield Unknown(missing(case, *self._types, fact))
            return
        types = self.allowed.get(residency)
        if types is not None:
            yield from self._allowed(case, residency, fact, types)
        if residency in self.papers:
            yield from self._papers(case, residency, fact)

    def _residency(self, case: Case) -> str:
        if self.residency_fact == LEGAL_REP:
            return legal_rep_fact(case, "residency")
        if self.also_same_person:
            return person_fact(case, "service_principal", "residency")
        return self.residency_fact

    def _papers(self, case: Case, residency: Residency, fact: str) -> Iterator[Result]:
        sets = self.papers[residency]
        own = frozenset(case.facts[name] for name in self._types if name in case.facts)
        case = case._replace(materials=case.materials | own)
        absent = missing(case, *self._types)
        if absent and lacking(case, sets=sets):
            yield from () if self.allowed.get(residency) else (Unknown(absent),)
            return
        for material, equals in lacking(case, sets=sets):
            yield Hit(
                f"{residency}_paper",
                (fact,),
                outcome="material",
                material=material,
                any_of=equals,
            )

    def _allowed(
        self, case: Case, residency: str, fact: str, types: tuple[str, ...]
    ) -> Iterator[Result]:
        if not types:
            yield Hit(residency, (fact,))
        elif absent := missing(case, *self._types):
            yield Unknown(absent)
        elif case.facts[self._types[0]] not in types:
            yield Hit(residency, (*self._types, fact))
