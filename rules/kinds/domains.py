"""K22 suffixes, K25 registrars."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from rules.domains import to_unicode, top_level
from rules.kinds.base import Case, Hit, Kind, Result, Unknown, kind
from rules.suffixes import approved_suffixes

NAME, SUFFIX = "domain.name", "domain.suffix"
FILED_BEFORE = "domain.filed_before"
COUNTRY_CODE = re.compile(r"[a-z]{2}")


def label_of(name: str) -> str:
    """Return the first label in Unicode: what someone named the domain, without its suffix."""
    return to_unicode(name.lower().strip(".")).partition(".")[0]


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


def _is_below(name: str, suffix: str) -> bool:
    """Whether a name has more than one label before the suffix: a.b.gov.cn under gov.cn."""
    return name.endswith("." + suffix) and "." in name.removesuffix("." + suffix)


@kind("suffix_rule", "K22")
class SuffixRule(Kind):
    """The domain ends in one of `allow` and in none of `deny`.

    `approved` asks for a top-level domain of the ministry's list, `country_codes` names the only
    two-letter ones that pass. A domain first filed before `unless_filed_before` is left alone.
    `registered_under` speaks of names more than one label below one of these suffixes.
    """

    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    approved: bool = False
    country_codes: tuple[str, ...] = ()
    registered_under: tuple[str, ...] = ()
    unless_filed_before: date | None = None

    def reads(self) -> tuple[str, ...]:
        return (SUFFIX, NAME, FILED_BEFORE) if self.unless_filed_before else (SUFFIX, NAME)

    def abouts(self) -> tuple[str, ...]:
        return ("not_allowed", "too_deep") if self.registered_under else ("not_allowed",)

    def check(self, case: Case) -> Iterator[Result]:
        candidates = _candidates(case.facts)
        if not candidates:
            yield Unknown((SUFFIX,))
        elif self._excepted(case):
            return
        elif not self._fits(candidates):
            yield Hit("not_allowed", (SUFFIX,))
        elif any(_is_below(candidates[-1], suffix) for suffix in self.registered_under):
            yield Hit("too_deep", (NAME,))

    def _excepted(self, case: Case) -> bool:
        filed = case.facts.get(FILED_BEFORE)
        limit = self.unless_filed_before
        return limit is not None and filed is not None and filed < limit

    def _fits(self, candidates: tuple[str, ...]) -> bool:
        top = top_level(candidates[0])
        if self.approved and top not in approved_suffixes():
            return False
        if self.country_codes and COUNTRY_CODE.fullmatch(top) and top not in self.country_codes:
            return False
        if self.deny and _ends_with(candidates, self.deny):
            return False
        return not self.allow or _ends_with(candidates, self.allow)


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
