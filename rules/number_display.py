"""Which number the website of a province shows once it is filed."""

from collections.abc import Iterator
from datetime import date

from rules.kinds.after_filing import Number, NumberDisplay
from rules.loader import shipped_rule_set
from rules.rule_set import RuleSet, is_in_force

DEFAULT: Number = "service"


def number_shown(province: str, today: date, *, rule_set: RuleSet | None = None) -> Number:
    """Return "subject" or "service": what the province's rule in force says, else the national
    one. Of several the latest speaks."""
    said = _said(rule_set or shipped_rule_set(), province, today)
    *_, number = max(said, default=("", date.min, DEFAULT))
    return number


def _said(rules: RuleSet, province: str, today: date) -> Iterator[tuple[str, date, Number]]:
    """Yield province, first day and number of each rule in force; the national ones have ""."""
    for rule in rules.rules:
        is_asked = rule.province in (None, province) and "website" in rule.row.services
        if isinstance(rule.kind, NumberDisplay) and is_asked and is_in_force(rule, today):
            yield rule.province or "", rule.row.valid_from or date.min, rule.kind.number
