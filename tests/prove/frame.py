"""How a proof is written, run in batches, and taken up again where it stopped.

A module of this package registers a function that does `count` rounds and returns what it counted::

    @proof("kill-notices", small=20, full=10_000, batch=500, must_be_zero=("lost", "duplicated"))
    def kill_notices(start: int, count: int, seed: int) -> dict[str, int]: ...

`start` is the number of the first round. Rounds must not need earlier ones: after an interruption
the database is a new one. Counts named in `at_most` have a limit. A broken invariant is counted, or
raised as AssertionError. With `jobs` the full size is shared among so many processes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Round = Callable[[int, int, int], dict[str, int]]

SEED = 7


@dataclass(frozen=True)
class Proof:
    name: str
    run: Round
    small: int
    full: int
    batch: int
    must_be_zero: tuple[str, ...]
    at_most: dict[str, int]
    jobs: int = 1


PROOFS: dict[str, Proof] = {}


def proof(
    name: str,
    *,
    small: int,
    full: int,
    batch: int,
    must_be_zero: tuple[str, ...],
    at_most: dict[str, int] | None = None,
    jobs: int = 1,
) -> Callable[[Round], Round]:
    def register(function: Round) -> Round:
        if name in PROOFS:
            raise ValueError(f"two proofs are called {name}")
        PROOFS[name] = Proof(name, function, small, full, batch, must_be_zero, at_most or {}, jobs)
        return function

    return register


@dataclass
class Progress:
    """How far a proof has come: rounds done, what they counted, seconds they took.

    `start` is the number of the first round; `size` rounds are done from there.
    """

    size: int
    seed: int
    start: int = 0
    done: int = 0
    tally: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    error: str = ""

    @property
    def is_finished(self) -> bool:
        return self.done >= self.size or bool(self.error)


def take_batch(proof: Proof, progress: Progress) -> None:
    """Do the next rounds and add up what they counted."""
    count = min(proof.batch, progress.size - progress.done)
    first, began = progress.start + progress.done, time.perf_counter()
    try:
        counted = proof.run(first, count, progress.seed)
    except AssertionError as broken:
        progress.error = f"rounds {first}–{first + count - 1}: {broken}"
    else:
        progress.tally = _sum(progress.tally, counted)
        progress.done += count
    progress.seconds += time.perf_counter() - began


def result(proof: Proof, progress: Progress) -> dict[str, Any]:
    """The JSON line of a finished proof."""
    zero = {name: progress.tally.get(name, 0) for name in proof.must_be_zero}
    line = {"prove": proof.name, "size": progress.size, "seed": progress.seed}
    line |= progress.tally | zero
    kept = all(progress.tally.get(name, 0) <= most for name, most in proof.at_most.items())
    line["ok"] = not progress.error and not any(zero.values()) and kept
    if progress.error:
        line["error"] = progress.error
    return {**line, "seconds": round(progress.seconds, 1)}


def prove(proof: Proof, size: int, seed: int = SEED) -> dict[str, Any]:
    """Run a proof to its end without keeping progress: the small size of `./dev test`."""
    progress = Progress(size, seed)
    while not progress.is_finished:
        take_batch(proof, progress)
    return result(proof, progress)


def load_progress(path: Path, size: int, seed: int, start: int = 0) -> Progress:
    """What an interrupted run of the same size and seed has left, or a fresh start."""
    if path.is_file():
        progress = Progress(**json.loads(path.read_text()))
        if (progress.size, progress.seed, progress.start) == (size, seed, start):
            return progress
    return Progress(size, seed, start)


def save_progress(path: Path, progress: Progress) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(vars(progress)))


def _sum(old: dict[str, int], new: dict[str, int]) -> dict[str, int]:
    return {name: old.get(name, 0) + new.get(name, 0) for name in [*old, *new]}
