"""An individual's filing, the hard way, and an enterprise's, walked in every way people walk.

A round is one journey in one way, walked by pytest in a process of its own. The first is walked
every day: tests/browser/test_individual_walk.py by keyboard is the small size of this proof. The
enterprise's is walked every day with a pointer and without JavaScript, so here by keyboard only.
"""

from __future__ import annotations

import re
import subprocess
import sys

from tests.browser.ways import VARIABLE, WAYS
from tests.consistency.sources import ROOT
from tests.measuring import progress
from tests.prove.frame import proof
from tests.services import BROKER, DATABASE, EMBEDDED, environment_of_a_child

JOURNEY = "tests/browser/test_individual_walk.py"
ENTERPRISE = "tests/browser/enterprise_walk.py"
ROUNDS = [*((JOURNEY, way) for way in WAYS), (ENTERPRISE, "keyboard")]


@proof("journeys", small=1, full=len(ROUNDS), batch=1, must_be_zero=("failed",))
def journeys(start: int, count: int, seed: int) -> dict[str, int]:
    rounds = ROUNDS[start : start + count]
    passed = sum(_walk(journey, way) for journey, way in rounds)
    return {"passed": passed, "failed": len(rounds) - passed}


def _walk(journey: str, way: str) -> bool:
    """Whether the journey was walked to its end; skipped is not walked."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", journey],
        check=False,
        cwd=ROOT,
        env=environment_of_a_child() | {VARIABLE: way, DATABASE: EMBEDDED, BROKER: EMBEDDED},
        stdout=subprocess.PIPE,
        text=True,
    )
    has_passed = done.returncode == 0 and re.search(r"^1 passed", done.stdout, re.MULTILINE)
    if not has_passed:
        progress(f"{journey} by {way}:\n{done.stdout}")
    return bool(has_passed)
