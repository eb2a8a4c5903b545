"""K27 papers everybody brings, K28 quality of the subject's document, K29 register status."""

from collections.abc import Iterator
from typing import Literal

from rules.kinds.base import Case, Hit, Kind, MaterialKey, Result, Unknown, kind, lacks_all

Check = Literal["electronic", "seal", "trade_name", "licence_seal"]

# The fact each check reads, and the value that fails it.
CHECKS: dict[str, tuple[str, object]] = {
    "electronic": ("subject.doc_is_electronic", True),
    "seal": ("subject.has_seal", False),
    "trade_name": ("subject.has_trade_name", False),
    "licence_seal": ("subject.licence_seal", "other"),
}


@kind("always_required_document", "K27", additive=True)
class AlwaysRequiredDocument(Kind):
    """One of the papers is there, whatever the facts say."""

    any_of: tuple[MaterialKey, ...]

    def reads(self) -> tuple[str, ...]:
        return ()

    def abouts(self) -> tuple[str, ...]:
        return ("lacking",)

    def check(self, case: Case) -> Iterator[Result]:
        if lacks_all(case, self.any_of):
            yield Hit("lacking", (), material=self.any_of[0], any_of=self.any_of)


@kind("subject_document_quality", "K28")
class SubjectDocumentQuality(Kind):
    """The subject's document passes each of `checks`, or `material` makes up for it."""

    checks: tuple[Check, ...]
    material: MaterialKey | None = None

    def reads(self) -> tuple[str, ...]:
        return tuple(CHECKS[check][0] for check in self.checks)

    def abouts(self) -> tuple[str, ...]:
        return self.checks

    def check(self, case: Case) -> Iterator[Result]:
        if self.material is not None and self.material in case.materials:
            return
        for check in self.checks:
            fact, failing = CHECKS[check]
            if fact not in case.facts:
                yield Unknown((fact,))
            elif case.facts[fact] == failing:
                yield Hit(check, (fact,), material=self.material)


@kind("registry_status", "K29")
class RegistryStatus(Kind):
    """The company register does not show one of the `bad` states."""

    bad: tuple[Literal["abnormal", "revoked", "cancelled"], ...]

    def reads(self) -> tuple[str, ...]:
        return ("subject.registry_status",)

    def abouts(self) -> tuple[str, ...]:
        return self.bad

    def check(self, case: Case) -> Iterator[Result]:
        status = case.facts.get("subject.registry_status")
        if status is None:
            yield Unknown(("subject.registry_status",))
        elif status in self.bad:
            yield Hit(status, ("subject.registry_status",))
