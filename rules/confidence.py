"""How sure a finding is where a province says again what the nation demands already."""

from collections.abc import Iterable
from dataclasses import replace

from rules.finding import Finding
from rules.kinds import Case
from rules.rule import Rule


def as_sure_as(
    rule: Rule, national: Iterable[Rule], finding: Finding, case: Case, index: int
) -> Finding:
    """Return the rule's finding as sure as the replaced national rule that blocks for the same
    reason.

    A province that repeats a demand does not make it doubtful, however little is known of what the
    province itself says.
    """
    for other in national:
        for told in other.findings(case, index):
            if told.blocks and _is_same_matter(told, other, finding, rule):
                return replace(finding, confidence=told.confidence)
    return finding


def _is_same_matter(told: Finding, national: Rule, finding: Finding, rule: Rule) -> bool:
    """Kinds that differ name what they found in words of their own; there all facts tell, one alone
    may be held against another person."""
    shared = set(told.facts) & set(finding.facts)
    if told.kind != finding.kind:
        return bool(shared) and shared == set(told.facts)
    return bool(shared) and (
        told.about == finding.about
        or (_cannot_say(national, finding.about) and _cannot_say(rule, told.about))
    )


def _cannot_say(rule: Rule, about: str) -> bool:
    """With other parameters the same kind looks for a defect under another name: Latin letters
    alone are too few Chinese characters."""
    return rule.kind is not None and about not in rule.kind.abouts()
