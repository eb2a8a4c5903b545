"""All hostile and odd uploads in one list, the kinds mixed so that any stretch is a fair sample."""

from __future__ import annotations

from functools import cache
from random import Random

from tests.hostile import bombs, broken, disguised, lines, names, odd
from tests.hostile.case import Case

MAKERS = (broken, bombs, disguised, names, lines, odd)


@cache
def catalogue(seed: int) -> list[Case]:
    """Every case once, in an order that depends on `seed` only."""
    cases = [case for maker in MAKERS for case in maker.cases()]
    Random(seed).shuffle(cases)
    return cases
