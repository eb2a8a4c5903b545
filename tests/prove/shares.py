"""A proof at full size in several processes, each with servers and progress of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from typing import Any

from tests.prove.frame import Proof
from tests.services import environment_of_a_child


def split(start: int, size: int, jobs: int) -> list[tuple[int, int]]:
    """First round and number of rounds of each share."""
    edges = [start + size * number // jobs for number in range(jobs + 1)]
    return [(first, last - first) for first, last in pairwise(edges)]


def run_shares(proof: Proof, shares: list[tuple[int, int]], seed: int) -> dict[str, Any]:
    """The JSON lines of all shares added up."""
    children = [
        subprocess.Popen(
            _command(proof.name, start, size, seed),
            stdout=subprocess.PIPE,
            text=True,
            env=environment_of_a_child(),
        )
        for start, size in shares
    ]
    lines = []
    for child in children:
        output, _nothing = child.communicate()
        lines += [json.loads(line) for line in output.splitlines() if line.startswith('{"prove"')]
    return add_up(proof, lines, seed, len(shares))


def _command(name: str, start: int, size: int, seed: int) -> list[str]:
    options = {"--start": start, "--size": size, "--seed": seed, "--jobs": 1}
    words = [str(word) for option in options.items() for word in option]
    return [sys.executable, "-m", "tests.prove", *words, name]


def add_up(proof: Proof, lines: list[dict[str, Any]], seed: int, shares: int) -> dict[str, Any]:
    """Counts are summed, the longest share is the time; a share without a line is an error."""
    apart = {"prove", "seed", "ok", "error", "seconds"}
    names = dict.fromkeys(name for line in lines for name in line if name not in apart)
    total: dict[str, Any] = {"prove": proof.name, "seed": seed}
    total |= {name: sum(line.get(name, 0) for line in lines) for name in names}
    total["ok"] = len(lines) == shares and all(line["ok"] for line in lines)
    errors = [line["error"] for line in lines if "error" in line]
    if len(lines) < shares:
        errors.append(f"{shares - len(lines)} of {shares} processes ended without a result")
    if errors:
        total["error"] = "; ".join(errors)
    return {**total, "seconds": max((line["seconds"] for line in lines), default=0.0)}
