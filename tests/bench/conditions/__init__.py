"""The conditions of two provinces written by hand, as a program without a rule engine has them.

They say what the rules in RULES say of a first filing of websites: which finds something about
which service, or does not know. Whoever changes such a rule changes its condition here, which
tests/test_bench_rules.py compares.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.bench.conditions import guangdong, zhejiang
from tests.bench.conditions.national import Facts, Verdicts

Conditions = Callable[[Facts, list[dict[str, Any]], date, frozenset[str]], Verdicts]

BY_PROVINCE: dict[str, Conditions] = {
    "33": zhejiang.conditions,
    "44": guangdong.conditions,
}
# The rules they stand for, by key.
RULES = {"33": zhejiang.RULES, "44": guangdong.RULES}
