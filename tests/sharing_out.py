"""Which tests of a whole run stay in one process, and which of them begin first.

Whoever ends last keeps the other waiting, so what lasts longest begins first, and the many short
ones fill up what is left. Tests of a file stay together: what the file prepares is made once.
"""

from __future__ import annotations

import pytest

# Files and folders of long tests, the longest first. Each of these tests is dealt out by itself,
# unless it has a group of its own.
LONGEST_FIRST = (
    "tests/test_pages.py",
    "tests/browser/",
    "tests/test_proofs.py",
    "tests/backup/test_drill.py",
    "tests/migrations/",
)
# Files that are long because they hold hundreds of tests.
LONG_TOGETHER = (
    "tests/rules/provinces/",
    "tests/test_bench_rules.py",
    "tests/test_policy.py",
)


def name_groups(items: list[pytest.Item]) -> None:
    """Name the group of every test that has none and is not dealt out by itself."""
    for item in items:
        if not item.get_closest_marker("xdist_group") and not item.nodeid.startswith(LONGEST_FIRST):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


def rank(name: str) -> int:
    """Where a test comes by its name: 0 for what begins first."""
    known = (*LONGEST_FIRST, *LONG_TOGETHER)
    return next((at for at, start in enumerate(known) if name.startswith(start)), len(known))
