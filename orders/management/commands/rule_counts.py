"""Counts the shipped rules by province, outcome and confidence, as Markdown."""

from collections import Counter
from collections.abc import Iterable

from django.core.management.base import BaseCommand

from rules.loader import shipped_rule_set
from rules.regions import provinces
from rules.row import Confidence, Level
from rules.rule import Rule

OUTCOMES: tuple[Level, ...] = ("block", "material", "advice", "ok")
CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low")
HEAD = """# How many rules there are

Counted from `rules/data/`. A rule (one id) may have several rows, for different natures, orders or
parts of it; outcome and confidence are counted by row. *Elsewhere* are rows that no fact decides:
the data say where they are kept. *Off* are rows that ship disabled.
"""
COLUMNS = ("", "Rules", "Rows", *OUTCOMES, "elsewhere", *CONFIDENCES, "off")


class Command(BaseCommand):
    help = "Prints the table of docs/rule-counts.md: redirect it there."

    def handle(self, **_options) -> None:
        self.stdout.write("\n".join([HEAD, *_table(shipped_rule_set().rules)]))


def _table(rules: Iterable[Rule]) -> list[str]:
    of_province: dict[str | None, list[Rule]] = {}
    for rule in rules:
        of_province.setdefault(rule.province, []).append(rule)
    local = [rule for rule in rules if rule.province is not None]
    named = {None: "National", **{row.code: f"{row.code} {row.en}" for row in provinces().values()}}
    rows = [_row(name, of_province.get(code, [])) for code, name in named.items()]
    lines = ["| " + " | ".join(COLUMNS) + " |", "|---" + "|--:" * (len(COLUMNS) - 1) + "|"]
    return [*lines, *rows, _row("**All provinces**", local)]


def _row(name: str, rules: list[Rule]) -> str:
    outcomes = Counter(rule.row.outcome for rule in rules)
    confidences = Counter(rule.row.confidence for rule in rules)
    numbers = [
        len({rule.row.id for rule in rules}),
        len(rules),
        *(outcomes[outcome] for outcome in OUTCOMES),
        outcomes[None],
        *(confidences[confidence] for confidence in CONFIDENCES),
        sum(not rule.row.enabled for rule in rules),
    ]
    return f"| {name} | " + " | ".join(map(str, numbers)) + " |"
