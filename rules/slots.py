"""The slots rules may stand in: kinds, national rules to be told again, and those of a list."""

import csv
import re
from functools import cache
from pathlib import Path

from rules.kinds import KINDS

SLOT_FILE = Path(__file__).parent / "data" / "slots.csv"
# Two demands of one kind that must not compete, in a province the list does not foresee.
OWN = re.compile(r"([a-z_]+)\.own_[a-z0-9_]+")


@cache
def listed_slots() -> frozenset[str]:
    with SLOT_FILE.open(encoding="utf-8", newline="") as file:
        return frozenset(row["slot"] for row in csv.DictReader(file))


def is_slot(name: str) -> bool:
    """Whether a rule may name this slot: in a misspelt one it would stand beside the rule it is
    to replace."""
    own = OWN.fullmatch(name)
    return name in KINDS or name in listed_slots() or (own is not None and own[1] in KINDS)
