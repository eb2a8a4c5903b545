"""How a bench is written and what it yields.

A module of this package registers a generator::

    @bench("findings-vs-conditions")
    def findings_against_conditions() -> Iterator[Measure]:
        ours, other = best_of(evaluate_all), best_of(hand_written)
        yield times_as_long("findings-vs-conditions", ours, other, goal="<=3")
"""

from __future__ import annotations

import operator
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Bench = Callable[[], Iterator["Measure"]]

BENCHES: dict[str, Bench] = {}

COMPARISONS = {">=": operator.ge, "<=": operator.le}


@dataclass(frozen=True)
class Measure:
    """One comparison: `ratio` is held against `goal`, for example ">=30" or "<=1.2"."""

    name: str
    ours: float
    other: float
    unit: str
    ratio: float
    goal: str

    @property
    def is_ok(self) -> bool:
        compare = COMPARISONS[self.goal[:2]]
        return bool(compare(self.ratio, float(self.goal[2:])))

    def as_json(self) -> dict[str, Any]:
        return {
            "bench": self.name,
            "ours": float(f"{self.ours:.4g}"),
            "other": float(f"{self.other:.4g}"),
            "unit": self.unit,
            "ratio": float(f"{self.ratio:.4g}"),
            "goal": self.goal,
            "ok": self.is_ok,
        }


def bench(name: str) -> Callable[[Bench], Bench]:
    def register(function: Bench) -> Bench:
        if name in BENCHES:
            raise ValueError(f"two benches are called {name}")
        BENCHES[name] = function
        return function

    return register


def times_faster(name: str, ours: float, other: float, goal: str, unit: str = "s") -> Measure:
    """The ratio says how many times longer the other takes."""
    return Measure(name, ours, other, unit, other / ours, goal)


def times_as_long(name: str, ours: float, other: float, goal: str, unit: str = "s") -> Measure:
    """The ratio says how many times the other's time (or size) we take."""
    return Measure(name, ours, other, unit, ours / other, goal)


def rate_of(name: str, ours: float, other: float, goal: str, unit: str) -> Measure:
    """The ratio says which part of the other's rate is ours."""
    return Measure(name, ours, other, unit, ours / other, goal)


def at_most(name: str, count: float, most: float, unit: str) -> Measure:
    """A count of its own, held against a limit instead of another's figure."""
    return Measure(name, count, most, unit, count, f"<={most:g}")


def without_goal(name: str, count: float, unit: str) -> Measure:
    """A count for people to know."""
    return Measure(name, count, count, unit, count, ">=0")


def count_of(name: str, count: int, every: int, unit: str, goal: str) -> Measure:
    """How many of a whole there are, where some number of them is enough."""
    return Measure(name, count, every, unit, count, goal)


def all_of(name: str, good: int, every: int, unit: str) -> Measure:
    """How many of a whole are as they should be; the ratio is their share."""
    return Measure(name, good, every, unit, good / every, ">=1")


def best_of(
    function: Callable[[], object],
    rounds: int = 5,
    calls: int = 1,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """Seconds of one call, the best of some rounds: the least disturbed by the machine."""
    best = float("inf")
    for _ in range(rounds):
        start = clock()
        for _ in range(calls):
            function()
        best = min(best, (clock() - start) / calls)
    return best
