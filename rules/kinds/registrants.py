"""K23 who holds a domain, K26 domain certificates."""

from collections.abc import Iterator, Mapping
from typing import Literal

from rules.kinds.asked_papers import AskedPapers, asked_papers
from rules.kinds.base import (
    Case,
    Hit,
    Kind,
    MaterialKey,
    Number,
    Result,
    Unknown,
    kind,
    lacks_all,
    missing,
)
from rules.kinds.counts import EXISTING_DOMAINS, NEW_DOMAINS, told, with_stand_ins

REGISTRANT, MATCHES = "domain.registrant", "domain.realname_matches_subject"
SCRIPT = "domain.registrant_script"
IS_LEGAL_REP = "principal.is_legal_rep"

Registrant = Literal[
    "subject",
    "legal_rep",
    "principal",
    "shareholder",
    "executive",
    "parent_company",
    "unrelated_person",
]
Script = Literal["chinese", "pinyin", "english"]


@kind("registrant_rule", "K23")
class RegistrantRule(Kind):
    """The domain is held by the subject, or by one of `allowed`.

    Those bring the paper `material`, or all papers that `proofs` names for them;
    `proof_when_delegated` asks for it only where the principal is not the legal representative.
    The holder's name is written in one of `scripts`, with `scripts_for` only that of these holders.
    `only` limits the rule to domains of these
    holders, for a further demand beside the province's main rule.
    """

    allowed: tuple[Registrant, ...] = ()
    material: MaterialKey | None = None
    proofs: Mapping[Registrant, tuple[MaterialKey, ...]] = {}
    proof_when_delegated: bool = False
    scripts: tuple[Script, ...] = ()
    scripts_for: tuple[Registrant, ...] = ()
    only: tuple[Registrant, ...] = ()

    def reads(self) -> tuple[str, ...]:
        delegated = (IS_LEGAL_REP,) if self.proof_when_delegated else ()
        return (REGISTRANT, MATCHES, *((SCRIPT,) if self.scripts else ()), *delegated)

    def asked_papers(self) -> tuple[AskedPapers, ...]:
        own = (self.material,) if self.material is not None else ()
        return asked_papers("all", own, *self.proofs.values())

    def abouts(self) -> tuple[str, ...]:
        refused = ("differs", "registrant_refused")
        script = ("script_refused",) if self.scripts else ()
        return (*refused, *script, *(("needs_proof",) if self.allowed else ()))

    def check(self, case: Case) -> Iterator[Result]:
        registrant, matches = case.facts.get(REGISTRANT), case.facts.get(MATCHES)
        if self.only and registrant not in self.only:
            if registrant is None:
                yield Unknown((REGISTRANT,))
            return
        if registrant in (None, "subject"):
            yield from self._subject(registrant, matches)
        elif registrant not in self.allowed:
            yield Hit("registrant_refused", (REGISTRANT,))
            return
        else:
            yield from self._proof(case, registrant)
        if not self.scripts_for or registrant in self.scripts_for:
            yield from self._script(case)

    def _subject(self, registrant: str | None, matches: bool | None) -> Iterator[Result]:
        if matches is None:
            yield Unknown((MATCHES,) if registrant else (REGISTRANT, MATCHES))
        elif not matches and (registrant or not self.allowed):
            yield Hit("differs", (MATCHES,))
        elif not matches:
            yield Unknown((REGISTRANT,))  # it may be someone whose proof is accepted

    def _proof(self, case: Case, registrant: Registrant) -> Iterator[Result]:
        own = (self.material,) if self.material is not None else ()
        lacking = [paper for paper in self.proofs.get(registrant, own) if lacks_all(case, (paper,))]
        if not lacking or (self.proof_when_delegated and case.facts.get(IS_LEGAL_REP) is True):
            return
        if self.proof_when_delegated and IS_LEGAL_REP not in case.facts:
            yield Unknown((IS_LEGAL_REP,))
            return
        for paper in lacking:
            yield Hit("needs_proof", (REGISTRANT,), outcome="material", material=paper)

    def _script(self, case: Case) -> Iterator[Result]:
        if not self.scripts:
            return
        script = case.facts.get(SCRIPT)
        if script is None:
            yield Unknown((SCRIPT,))
        elif script not in self.scripts:
            yield Hit("script_refused", (SCRIPT,))


@kind("domain_certificate", "K26", additive=True)
class DomainCertificate(Kind):
    """The domain's certificate is there; with `from_total` only from that many domains on, filed
    and new together."""

    material: MaterialKey = "domain_certificate"
    from_total: Number | None = None

    @property
    def _counted(self) -> tuple[str, ...]:
        return () if self.from_total is None else (EXISTING_DOMAINS, NEW_DOMAINS)

    def reads(self) -> tuple[str, ...]:
        return with_stand_ins(self._counted)

    def abouts(self) -> tuple[str, ...]:
        return ("lacking",)

    def check(self, case: Case) -> Iterator[Result]:
        if self.material in case.materials:
            return
        counted = told(case, *self._counted)
        if counted is None:
            yield Unknown(missing(case, *self._counted))
        elif sum(case.facts[fact] for fact in counted) >= (self.from_total or 0):
            yield Hit("lacking", counted, material=self.material)
