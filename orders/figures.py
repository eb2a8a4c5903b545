"""Figures of the national rules that our own texts quote: none says another than its rule."""

from collections.abc import Mapping
from functools import lru_cache

from orders.rulebook.in_force import rules_in_force
from rules.rule_set import RuleSet

# Name in a text: key of the rule and its parameter.
QUOTED = {
    "document_months": ("N11/principal", "months"),
    "personal_name_from": ("N20/shape", "min_length"),
    "personal_name_to": ("N20/shape", "max_length"),
}
Figures = tuple[tuple[str, int], ...]


def figures() -> Figures:
    """The figures in force; texts are kept by them, and made anew when one changes."""
    return _figures_of(rules_in_force())


@lru_cache(maxsize=8)
def _figures_of(rule_set: RuleSet) -> Figures:
    rules = {rule.row.key: rule for rule in rule_set.rules if rule.province is None}
    return tuple(
        (name, getattr(rules[key].kind, parameter)) for name, (key, parameter) in QUOTED.items()
    )


def filled(texts: Mapping[str, str], known: Figures) -> dict[str, str]:
    """`texts` by language with their {figures}; raises KeyError for one that is no figure."""
    return {language: text.format_map(dict(known)) for language, text in texts.items()}
