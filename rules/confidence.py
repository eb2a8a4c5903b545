"""How sure a finding is where a province says again what the nation demands already."""

from collections.abc import Iterable
from dataclasses import replace

from rules.finding import Finding
from rules.kinds import Case
from rules.rule import Rule


def as_sure_as(national: Iterable[Rule], finding: Finding, case: Case, index: int) -> Finding:
    """Return the finding as sure as the replaced national rule that blocks for the same reason.

    A province that repeats a demand does not make it doubtful, however little is known of what the
    province itself says.
    """
    for rule in national:
        for told in rule.findings(case, index):
            if told.blocks and _is_same_matter(told, finding):
                return replace(finding, confidence=told.confidence)
    return finding


def _is_same_matter(told: Finding, finding: Finding) -> bool:
    """Kinds that differ name what they found in words of their own; the facts tell."""
    same_defect = told.kind != finding.kind or told.about == finding.about
    return same_defect and not set(told.facts).isdisjoint(finding.facts)
