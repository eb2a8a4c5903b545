"""Which rules need not be asked again about the further services of an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from rules.finding import Finding
from rules.rule import Rule
from rules.rule_set import Plan
from rules.vocabulary import FACTS

ORDER_SCOPE = frozenset(name for name, fact in FACTS.items() if fact.scope == "order")
CHANGES_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Answered:
    """What was heard about one service with these `facts`.

    `of_service` are the rules that found something about the service itself. The others have said
    all they say of any service that differs in no fact they look at.
    """

    plan: Plan
    facts: Mapping[str, Any]
    of_service: frozenset[Rule]

    @classmethod
    def by(
        cls, plan: Plan, facts: Mapping[str, Any], found: Mapping[Rule, Sequence[Finding]]
    ) -> Self:
        """Note what the rules found; one that speaks in the place of another is asked again."""
        of_service = (
            rule
            for rule, said in found.items()
            if rule in plan.replaced or any(finding.is_about_service for finding in said)
        )
        return cls(plan, facts, frozenset(of_service))

    def still_open(self, plan: Plan, facts: Mapping[str, Any]) -> Sequence[Rule]:
        """Return the rules to ask about another service with its facts."""
        changed = frozenset(name for name, _ in self.facts.items() ^ facts.items())
        if plan is not self.plan or not ORDER_SCOPE.isdisjoint(changed):
            return plan.service
        return _asked_again(plan.service, self.of_service, changed)


# An applicant's services differ in the same few facts on every page that asks.
@lru_cache(maxsize=CHANGES_KEPT)
def _asked_again(
    rules: tuple[Rule, ...], of_service: frozenset[Rule], changed: frozenset[str]
) -> tuple[Rule, ...]:
    return tuple(
        rule for rule in rules if rule in of_service or not rule.looks_at.isdisjoint(changed)
    )
