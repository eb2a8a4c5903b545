"""K28: quality of the subject's document, and the nature a sole proprietor files as."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import model_validator

from rules.kinds.base import Case, Hit, MaterialKey, Result, Unknown, kind
from rules.kinds.conditions import NamedSubjects
from rules.kinds.paper_facts import PaperFact

Check = Literal[
    "electronic",
    "seal",
    "trade_name",
    "licence_seal",
    "merged_licence",
    "licence_number",
    "in_register",
]

# The fact each check reads, and the value that fails it.
CHECKS: dict[str, tuple[str, object]] = {
    "electronic": ("subject.doc_is_electronic", True),
    "seal": ("subject.has_seal", False),
    "trade_name": ("subject.has_trade_name", False),
    "licence_seal": ("subject.licence_seal", "other"),
    "merged_licence": ("subject.licence_is_merged", False),
    "licence_number": ("subject.licence_number", ""),
    "in_register": ("subject.found_in_register", False),
}
# What the picture shows rather than the certificate.
DOCUMENT = "subject_doc_image"
NUMBER = "subject.licence_number"
REMARKS = "subject.remarks"
NATURE = "subject.nature"


@kind("subject_document_quality", "K28")
class SubjectDocumentQuality(NamedSubjects):
    """The subject's document passes each of `checks`, or `material` makes up for it.

    A remark about the subject with one of `trade_name_remarks` explains a missing trade name. With
    `all_together` it is found only if every check fails, under the tag "together".
    `seal` is what the check "licence_seal" wants to see on the licence, where the fact spells out
    what is there; a word that other programs have for a seal fails if it is "other".
    `number_prefix` is how the number printed on the licence begins. `files_as` says, where nothing
    else is found, as which nature such a subject files: always advice.
    """

    checks: tuple[Check, ...] = ()
    material: MaterialKey | None = None
    trade_name_remarks: tuple[str, ...] = ()
    all_together: bool = False
    seal: str | None = None
    number_prefix: str | None = None
    files_as: Literal["enterprise", "personal"] | None = None

    @model_validator(mode="after")
    def _looks_at_something(self) -> Self:
        if not self.checks and self.number_prefix is None and self.files_as is None:
            raise ValueError("checks, number_prefix or files_as says what is looked at")
        return self

    def reads(self) -> tuple[str, ...]:
        facts = [*self.name_facts(), *(CHECKS[check][0] for check in self.checks)]
        facts += [REMARKS] if self.trade_name_remarks else []
        facts += [NUMBER] if self.number_prefix is not None else []
        facts += [NATURE] if self.files_as is not None else []
        return tuple(dict.fromkeys(facts))

    def paper_facts(self) -> tuple[PaperFact, ...]:
        electronic = [CHECKS[check][0] for check in self.checks if check == "electronic"]
        return tuple(PaperFact(fact, (DOCUMENT,)) for fact in electronic)

    def abouts(self) -> tuple[str, ...]:
        abouts = ["together"] if self.all_together else [*self.checks]
        abouts += ["number_prefix"] if self.number_prefix is not None else []
        return (*abouts, *(("files_as",) if self.files_as is not None else ()))

    def look(self, case: Case) -> Iterator[Result]:
        if self.material is not None and self.material in case.materials:
            return
        found = [*(self._together(case) if self.all_together else self._each(case))]
        found += self._number(case)
        yield from found
        if self.files_as is not None and not found:
            yield Hit("files_as", (NATURE,), outcome="advice")

    def _each(self, case: Case) -> Iterator[Result]:
        for check in self.checks:
            fact = CHECKS[check][0]
            if fact not in case.facts:
                yield Unknown((fact,))
            elif self._fails(check, case) and not self._is_explained(check, case):
                yield Hit(check, (fact,), material=self.material)

    def _fails(self, check: Check, case: Case) -> bool:
        fact, failing = CHECKS[check]
        value = case.facts[fact]
        if check == "licence_seal" and self.seal is not None and not value.isascii():
            return bool(value != self.seal)
        return bool(value == failing)

    def _is_explained(self, check: Check, case: Case) -> bool:
        remarks: str = case.facts.get(REMARKS, "")
        return check == "trade_name" and any(word in remarks for word in self.trade_name_remarks)

    def _together(self, case: Case) -> Iterator[Result]:
        facts = tuple(CHECKS[check][0] for check in self.checks)
        absent = tuple(fact for fact in facts if fact not in case.facts)
        failing = [CHECKS[check][1] for check in self.checks]
        pairs = zip(facts, failing, strict=True)
        if any(fact in case.facts and case.facts[fact] != bad for fact, bad in pairs):
            return
        if absent:
            yield Unknown(absent)
        else:
            yield Hit("together", facts, material=self.material)

    def _number(self, case: Case) -> Iterator[Result]:
        if self.number_prefix is None:
            return
        number = case.facts.get(NUMBER)
        if number is None:
            yield Unknown((NUMBER,))
        elif not number.startswith(self.number_prefix):
            yield Hit("number_prefix", (NUMBER,), material=self.material)
