"""The one shape for everything that can be wrong with an order beyond the form of a field.

Rules, pictures, recognition, domain checks and completeness all say what they found with it;
pages, pre-check, API and the reviewer's list show the same objects.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Outcome = Literal["block", "material", "advice"]
Audience = Literal["all", "reviewer"]
Text = Mapping[str, str]

BLOCK: Outcome = "block"
MATERIAL: Outcome = "material"
ADVICE: Outcome = "advice"

SEVERITY: dict[str, int] = {BLOCK: 0, MATERIAL: 1, ADVICE: 2}
SURENESS: dict[str, int] = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    `paths` are the dossier paths a page shows it beside, `facts` the names that caused it,
    `material` the key of the paper that settles it (`any_of` if several would do), `about` a tag
    that stays the same between releases, texts {"zh": …, "en": …}, `source` {"title", "url"?,
    "retrieved"} with an ISO date. `audience` "reviewer" is not shown to applicants.
    """

    rule: str
    kind: str
    outcome: Outcome
    about: str
    message: Text
    remedy: Text
    source: Text
    paths: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    material: str | None = None
    any_of: tuple[str, ...] = ()
    confidence: str = "high"
    audience: Audience = "all"
    unknown: tuple[str, ...] = field(default=())

    @property
    def blocks(self) -> bool:
        return self.outcome == BLOCK

    @property
    def is_about_service(self) -> bool:
        """Whether a page shows it beside one of the order's services."""
        return any(path.startswith("services[") for path in self.paths)

    def sort_key(self) -> tuple[int, int, str, tuple[str, ...], str]:
        """Blocks first, then papers, then advice; what applicants see before what only reviewers
        see; the rest is by rule and place so that two runs give the same list."""
        hidden = self.audience == "reviewer"
        return (SEVERITY[self.outcome], hidden, self.rule, self.paths, self.about)

    def weight(self) -> tuple[int, int]:
        """Smaller is graver, and surer among the equally grave."""
        return SEVERITY[self.outcome], SURENESS[self.confidence]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object that `check_rules` prints."""
        return {
            "rule": self.rule,
            "kind": self.kind,
            "outcome": self.outcome,
            "facts": list(self.facts),
            "material": self.material,
            "about": self.about,
            "message": dict(self.message),
            "remedy": dict(self.remedy),
            "source": dict(self.source),
            "paths": list(self.paths),
            "any_of": list(self.any_of),
            "unknown": list(self.unknown),
            "confidence": self.confidence,
            "audience": self.audience,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Finding":
        """Read back what `to_dict` wrote, for findings kept with a submission."""
        lists = {
            name: tuple(data.get(name, ())) for name in ("paths", "facts", "any_of", "unknown")
        }
        return cls(**{**data, **lists})


def each_once(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what a rule says again of the same place, as of a person met in two services.

    Rows of one id that lack the same facts have one question; the gravest and surest stays.
    """
    kept: dict[tuple[Any, ...], Finding] = {}
    for finding in findings:
        words = () if finding.unknown else finding.message["zh"]
        key = (
            finding.rule,
            finding.about,
            finding.paths,
            finding.material,
            finding.unknown,
            finding.audience,
            words,
        )
        other = kept.setdefault(key, finding)
        if other is not finding and finding.weight() < other.weight():
            kept[key] = finding
    return list(kept.values())


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=Finding.sort_key)


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.blocks]


def for_applicant(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.audience == "all"]
