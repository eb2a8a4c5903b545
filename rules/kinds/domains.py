"""K22 suffixes, K23 registrants, K25 registrars."""

from collections.abc import Iterator, Mapping
from datetime import date

from rules.domains import to_unicode, top_level
from rules.kinds.base import (
    Case,
    Hit,
    Kind,
    MaterialKey,
    Result,
    Unknown,
    kind,
    lacks_all,
)
from rules.suffixes import approved_suffixes

NAME, SUFFIX = "domain.name", "domain.suffix"
FILED_BEFORE = "domain.filed_before"
REGISTRANT, MATCHES = "domain.registrant", "domain.realname_matches_subject"


def _candidates(facts: Mapping[str, object]) -> tuple[str, ...]:
    """Return what a suffix may be compared with: the suffix and, where it agrees, the name."""
    suffix = to_unicode(str(facts.get(SUFFIX, "")).lower().strip("."))
    name = to_unicode(str(facts.get(NAME, "")).lower().strip("."))
    if suffix and (not name or not name.endswith("." + suffix)):
        return (suffix,)
    return tuple(part for part in (suffix, name) if part)


def _ends_with(candidates: tuple[str, ...], suffixes: tuple[str, ...]) -> bool:
    return any(
        candidate == suffix or candidate.endswith("." + suffix)
        for candidate in candidates
        for suffix in suffixes
    )


@kind("suffix_rule", "K22")
class SuffixRule(Kind):
    """The domain ends in one of `allow` and in none of `deny`.

    `approved` asks for a top-level domain of the ministry's list. A domain first filed before
    `unless_filed_before` is left alone.
    """

    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    approved: bool = False
    unless_filed_before: date | None = None

    def reads(self) -> tuple[str, ...]:
        return (SUFFIX, NAME, FILED_BEFORE) if self.unless_filed_before else (SUFFIX, NAME)

    def abouts(self) -> tuple[str, ...]:
        return ("not_allowed",)

    def check(self, case: Case) -> Iterator[Result]:
        candidates = _candidates(case.facts)
        if not candidates:
            yield Unknown((SUFFIX,))
        elif not self._excepted(case) and not self._fits(candidates):
            yield Hit("not_allowed", (SUFFIX,))

    def _excepted(self, case: Case) -> bool:
        filed = case.facts.get(FILED_BEFORE)
        limit = self.unless_filed_before
        return limit is not None and filed is not None and filed < limit

    def _fits(self, candidates: tuple[str, ...]) -> bool:
        if self.approved and top_level(candidates[0]) not in approved_suffixes():
            return False
        if self.deny and _ends_with(candidates, self.deny):
            return False
        return not self.allow or _ends_with(candidates, self.allow)


@kind("registrant_rule", "K23")
class RegistrantRule(Kind):
    """The domain is held by the subject, or by one of `allowed` with the paper `material`."""

    allowed: tuple[str, ...] = ()
    material: MaterialKey | None = None

    def reads(self) -> tuple[str, ...]:
        return (REGISTRANT, MATCHES)

    def abouts(self) -> tuple[str, ...]:
        refused = ("differs", "registrant_refused")
        return (*refused, "needs_proof") if self.allowed else refused

    def check(self, case: Case) -> Iterator[Result]:
        registrant, matches = case.facts.get(REGISTRANT), case.facts.get(MATCHES)
        if registrant in (None, "subject"):
            yield from self._subject(registrant, matches)
        elif registrant not in self.allowed:
            yield Hit("registrant_refused", (REGISTRANT,))
        elif self.material is not None and lacks_all(case, (self.material,)):
            yield Hit("needs_proof", (REGISTRANT,), outcome="material", material=self.material)

    def _subject(self, registrant: str | None, matches: bool | None) -> Iterator[Result]:
        if matches is None:
            yield Unknown((MATCHES,) if registrant else (REGISTRANT, MATCHES))
        elif not matches and (registrant or not self.allowed):
            yield Hit("differs", (MATCHES,))
        elif not matches:
            yield Unknown((REGISTRANT,))  # it may be someone whose proof is accepted


@kind("registrar_domestic", "K25")
class RegistrarDomestic(Kind):
    """The registrar is one the ministry has approved."""

    def reads(self) -> tuple[str, ...]:
        return ("domain.registrar_domestic",)

    def abouts(self) -> tuple[str, ...]:
        return ("overseas",)

    def check(self, case: Case) -> Iterator[Result]:
        domestic = case.facts.get("domain.registrar_domestic")
        if domestic is None:
            yield Unknown(("domain.registrar_domestic",))
        elif not domestic:
            yield Hit("overseas", ("domain.registrar_domestic",))
