"""A rule that no release ships: the numbers nobody used yet, and the demand it belongs to.

Among the rules of one demand a province's takes the place of the national one (rules.rule_set); a
rule of its own stands beside all others.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from beian.data_language import in_language
from orders.models import RuleEdit
from orders.models.shipped_rules import ShippedRules
from orders.rulebook.content import rules_now, shipped_rules
from orders.rulebook.listing import NATIONAL
from rules.kinds import KINDS, Kind
from rules.rule import Rule
from rules.slots import OWN, is_slot

Row = Mapping[str, Any]
Choice = tuple[str, str]
BESIDE = "beside"
# Two digits; releases count up, so that operators count down.
_LAST = 99


def blank_row(kind: str) -> dict[str, Any]:
    """What the form of a new rule begins with: one text for everything its kind can find."""
    return {"kind": kind, "text": {"default": {}}}


def number_in(place: str, count: int) -> str:
    """The number of a rule in a place: "N97", "44-97"."""
    return f"N{count:02}" if place == NATIONAL else f"{place}-{count:02}"


def used_numbers() -> set[str]:
    """Numbers of rules of this and of kept releases, and of every edit, withdrawn ones too."""
    keys = [*shipped_rules(), *RuleEdit.objects.values_list("rule_key", flat=True).distinct()]
    used = {key.partition("/")[0] for key in keys}
    for version in ShippedRules.objects.values_list("pk", flat=True):
        used |= _numbers_of_release(version)
    return used


@lru_cache(maxsize=64)
def _numbers_of_release(version: str) -> frozenset[str]:
    """What was kept of a release never changes."""
    content = ShippedRules.objects.values_list("content", flat=True).get(pk=version)
    return frozenset(row["id"] for row in content["rules"])


def numbers_in(place: str) -> list[str]:
    """All a rule of a place may have, from 01 on."""
    return [number_in(place, count) for count in range(1, _LAST + 1)]


def free_number(place: str, used: set[str]) -> str:
    """The highest number nobody used; "" where there is none left."""
    return next((number for number in reversed(numbers_in(place)) if number not in used), "")


def demands_of(place: str, kind: type[Kind]) -> list[Choice]:
    """(slot, its rules in words) of every demand met in a place, those of the kind first."""
    found: dict[str, list[Rule]] = {}
    for _key, rule in sorted(rules_now().items()):
        if rule.kind is not None and rule.province in (None, place) and is_slot(rule.slot):
            found.setdefault(rule.slot, []).append(rule)
    in_turn = sorted(found.items(), key=lambda each: not _is_of(kind, each[1]))
    return [
        (BESIDE, _("单独的一项要求，不取代其他规则")),
        *((slot, _words(rules)) for slot, rules in in_turn),
    ]


def _is_of(kind: type[Kind], rules: list[Rule]) -> bool:
    return any(isinstance(rule.kind, kind) for rule in rules)


def _words(rules: list[Rule]) -> str:
    keys = _("、").join(rule.row.key for rule in rules)
    return _("%(keys)s：%(title)s") % {
        "keys": keys,
        "title": in_language(rules[0].title(None).model_dump()),
    }


def demand_of(row: Row) -> str:
    """The choice of `demands_of` that a row stands for; "" for one that is not written yet."""
    if "id" not in row:
        return ""
    kind, slot, additive = KINDS[row["kind"]], row.get("slot"), row.get("additive")
    if slot is None:
        is_additive = kind.additive if additive is None else additive
        return BESIDE if is_additive else kind.name
    return BESIDE if OWN.fullmatch(slot) else slot


def placed(row: Row, choice: str, key: str) -> dict[str, Any]:
    """The row in the demand that was chosen; a demand of its own is called after the rule's key:
    two parts of one number stand beside each other too."""
    kind = KINDS[row["kind"]]
    if choice == BESIDE:
        own = f"{kind.name}.own_{re.sub('[-/]', '_', key.lower())}"
        return {**row, "slot": None if kind.additive else own, "additive": None}
    slot = None if choice == kind.name and not kind.additive else choice
    return {**row, "slot": slot, "additive": False if kind.additive else None}
