"""Figures of the national rules that our own texts quote: none says another than its rule."""

from collections.abc import Mapping
from functools import lru_cache

from rules.loader import shipped_rule_set

# Name in a text: key of the rule and its parameter.
QUOTED = {
    "document_months": ("N11/principal", "months"),
    "personal_name_from": ("N20/shape", "min_length"),
    "personal_name_to": ("N20/shape", "max_length"),
}


@lru_cache
def figures() -> dict[str, int]:
    rules = {rule.row.key: rule for rule in shipped_rule_set().rules if rule.province is None}
    return {name: getattr(rules[key].kind, parameter) for name, (key, parameter) in QUOTED.items()}


def filled(texts: Mapping[str, str]) -> dict[str, str]:
    """`texts` by language with their {figures}; raises KeyError for one that is no figure."""
    return {language: text.format_map(figures()) for language, text in texts.items()}
