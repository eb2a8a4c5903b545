"""The conditions of two provinces written by hand, as a program without a rule engine has them.

They say what the rules say that JSON Logic can express too, of a first filing of websites: which
rule finds something about which service, or does not know. Whoever changes a rule of these
provinces or a national one changes its condition here; tests/test_bench_rules.py compares them.
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
