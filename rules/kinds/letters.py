"""K05 letter of authorisation, K08 a delegate in place of a legal representative from outside."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rules.kinds.base import Case, FactName, Hit, Kind, MaterialKey, Result, Role, Unknown, kind
from rules.kinds.people import (
    IS_LEGAL_REP,
    SAME,
    SUBJECT_NAME,
    is_named,
    legal_rep_fact,
    legal_rep_facts,
)
from rules.kinds.roles import Residency

SERVICE: Role = "service_principal"
RESIDENCY = "residency"
LEGAL_REP_RESIDENCY = f"legal_rep.{RESIDENCY}"
OWN_RESIDENCY = f"principal.{RESIDENCY}"
Key = Literal["id", "mobile", "emergency", "email"]


@kind("letter_required", "K05")
class LetterRequired(Kind):
    """A person in `role` who is not the legal representative brings a letter.

    A service principal who is the subject principal needs none, whose own rule speaks for both.
    `other_than = "principal"` asks everybody else for it, also the legal representative;
    `when_principal_is_legal_rep` limits it to subjects of which that is so. The names of the
    subjects concerned contain one of `name_words`, and none of `unless_name_words`. It is silent
    for a legal representative of a residency in `unless_residency`, whose delegate has a rule of
    their own. With `remark_words` the remarks have to say so too, which is advice.
    """

    role: Role
    material: MaterialKey | None = None
    other_than: Literal["legal_rep", "principal"] = "legal_rep"
    when_principal_is_legal_rep: bool | None = None
    name_words: tuple[str, ...] = ()
    unless_name_words: tuple[str, ...] = ()
    unless_residency: tuple[Residency, ...] = ()
    remark_words: tuple[str, ...] = ()
    remark_fact: FactName = "subject.remarks"

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.material is None and not self.remark_words:
            raise ValueError("material or remark_words says what is asked for")
        limited = self.other_than == "principal" or self.when_principal_is_legal_rep is not None
        if self.role != SERVICE and limited:
            raise ValueError("only the service principal is compared with the subject principal")
        return self

    def reads(self) -> tuple[str, ...]:
        compared = self.other_than == "principal"
        return (
            *((SAME,) if compared else (f"{self.role}.is_legal_rep",)),
            *((IS_LEGAL_REP,) if self.when_principal_is_legal_rep is not None else ()),
            *((SUBJECT_NAME,) if self.name_words or self.unless_name_words else ()),
            *((LEGAL_REP_RESIDENCY,) if self.unless_residency else ()),
            *((self.remark_fact,) if self.remark_words else ()),
        )

    def abouts(self) -> tuple[str, ...]:
        return (
            *((self.role,) if self.material else ()),
            *(("remark",) if self.remark_words else ()),
        )

    def check(self, case: Case) -> Iterator[Result]:
        found = self._delegate(case)
        if isinstance(found, Unknown):
            yield found
        elif found:
            yield from self._demands(case, found)

    def _delegate(self, case: Case) -> tuple[str, ...] | Unknown:
        """Return the facts that show a delegate; none where there is no delegate."""
        facts = self._substitute(case) if self._may_concern(case) else ()
        if isinstance(facts, Unknown) or not facts:
            return facts
        wanted = self.when_principal_is_legal_rep
        if wanted is not None and IS_LEGAL_REP not in case.facts:
            return Unknown((IS_LEGAL_REP,))
        if wanted is not None and case.facts[IS_LEGAL_REP] is not wanted:
            return ()
        if (self.name_words or self.unless_name_words) and SUBJECT_NAME not in case.facts:
            return Unknown((SUBJECT_NAME,))
        return facts

    def _may_concern(self, case: Case) -> bool:
        exempt = bool(self.unless_name_words) and is_named(case, self.unless_name_words) is True
        exempt = exempt or case.facts.get(LEGAL_REP_RESIDENCY) in self.unless_residency
        return not exempt and is_named(case, self.name_words) is not False

    def _substitute(self, case: Case) -> tuple[str, ...] | Unknown:
        fact = f"{self.role}.is_legal_rep"
        if self.role == SERVICE:
            same = case.facts.get(SAME)
            if same is True:
                return ()
            if self.other_than == "principal":
                return Unknown((SAME,)) if same is None else (SAME,)
            if fact not in case.facts and same is False and case.facts.get(IS_LEGAL_REP) is True:
                return (SAME, IS_LEGAL_REP)  # there is only one legal representative
        value = case.facts.get(fact)
        if value is None:
            return Unknown((fact,))
        return () if value else (fact,)

    def _demands(self, case: Case, facts: tuple[str, ...]) -> Iterator[Result]:
        if self.material is not None and self.material not in case.materials:
            yield Hit(self.role, facts, material=self.material)
        if not self.remark_words:
            return
        remark = case.facts.get(self.remark_fact)
        if remark is None:
            yield Unknown((self.remark_fact,))
        elif not any(word in remark for word in self.remark_words):
            yield Hit("remark", (self.remark_fact,), outcome="advice")


@kind("non_mainland_delegation", "K08")
class NonMainlandDelegation(Kind):
    """For a legal representative of one of `residencies` a delegate of `delegate_residencies` is
    the subject principal, with the letter `material`.

    A subject principal of such a residency who is the legal representative shows it too, whatever
    is said of the latter. Another subject does not use the delegate's data named by `unused`.
    """

    residencies: Annotated[tuple[Residency, ...], Field(min_length=1)]
    delegate_residencies: Annotated[tuple[Residency, ...], Field(min_length=1)] = ("mainland",)
    material: MaterialKey = "auth_letter_principal"
    unused: tuple[Key, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if set(self.residencies) & set(self.delegate_residencies):
            raise ValueError("a delegate is of another residency than the legal representative")
        return self

    def reads(self) -> tuple[str, ...]:
        return (
            *legal_rep_facts(RESIDENCY),
            *(f"principal.{key}_used_by_other_subject" for key in self.unused),
        )

    def abouts(self) -> tuple[str, ...]:
        return ("delegate", "letter", *(f"{key}_used" for key in self.unused))

    def check(self, case: Case) -> Iterator[Result]:
        fact = self._head(case)
        residency = case.facts.get(fact)
        if residency is None:
            yield Unknown((fact,))
        elif residency in self.residencies:
            yield from self._delegate(case, fact)
            if self.material not in case.materials:
                yield Hit("letter", (fact,), outcome="material", material=self.material)

    def _head(self, case: Case) -> str:
        """The fact that tells the legal representative's residency."""
        is_head = case.facts.get(IS_LEGAL_REP) is True
        own = is_head and case.facts.get(OWN_RESIDENCY) in self.residencies
        return OWN_RESIDENCY if own else legal_rep_fact(case, RESIDENCY)

    def _delegate(self, case: Case, legal_rep: str) -> Iterator[Result]:
        own = OWN_RESIDENCY
        residency = case.facts.get(own)
        if residency is None:
            yield Unknown((own,))
        elif residency not in self.delegate_residencies:
            yield Hit("delegate", tuple(dict.fromkeys((own, legal_rep))))
            return
        for key in self.unused:
            fact = f"principal.{key}_used_by_other_subject"
            used = case.facts.get(fact)
            if used is None:
                yield Unknown((fact,))
            elif used:
                yield Hit(f"{key}_used", (fact,))
