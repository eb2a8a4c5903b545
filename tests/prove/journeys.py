"""An individual's filing, the hard way, walked by keyboard, with a pointer and without JavaScript.

A round is one way, walked by pytest in a process of its own. Every day it is walked by keyboard:
tests/browser/test_individual_walk.py is the small size of this proof.
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


@proof("journeys", small=1, full=len(WAYS), batch=1, must_be_zero=("failed",))
def journeys(start: int, count: int, seed: int) -> dict[str, int]:
    ways = list(WAYS)[start : start + count]
    passed = sum(_walk(way) for way in ways)
    return {"passed": passed, "failed": len(ways) - passed}


def _walk(way: str) -> bool:
    """Whether the journey was walked to its end; skipped is not walked."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", JOURNEY],
        check=False,
        cwd=ROOT,
        env=environment_of_a_child() | {VARIABLE: way, DATABASE: EMBEDDED, BROKER: EMBEDDED},
        stdout=subprocess.PIPE,
        text=True,
    )
    has_passed = done.returncode == 0 and re.search(r"^1 passed", done.stdout, re.MULTILINE)
    if not has_passed:
        progress(f"{way}:\n{done.stdout}")
    return bool(has_passed)
