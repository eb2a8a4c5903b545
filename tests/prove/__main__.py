"""`python -m tests.prove [--start N] [--size N] [--seed N] [name …]`: one JSON line per proof.

Progress is kept in var/prove/<name>.json after each batch; the same command goes on from there.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser

from tests import prove
from tests.consistency.sources import ROOT
from tests.measuring import chosen, load_modules, measuring_database, print_json, progress
from tests.plain_settings import compile_texts, use_plain_settings
from tests.prove.frame import (
    PROOFS,
    SEED,
    Proof,
    load_progress,
    result,
    save_progress,
    take_batch,
)

STATE = ROOT / "var" / "prove"


def main() -> int:
    parser = ArgumentParser(prog="./dev prove")
    parser.add_argument("names", nargs="*", metavar="name")
    parser.add_argument("--size", type=int, help="rounds; the full size of each proof if not given")
    parser.add_argument("--start", type=int, default=0, help="number of the first round")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    with measuring_database():
        use_plain_settings()
        compile_texts()
        load_modules(prove)
        verdicts = [
            run_resumable(proof, options.start, options.size or proof.full, options.seed)
            for proof in chosen(PROOFS, options.names)
        ]
    return 0 if all(verdicts) else 1


def run_resumable(proof: Proof, start: int, size: int, seed: int) -> bool:
    path = STATE / f"{proof.name}.json"
    state = load_progress(path, size, seed, start)
    while not state.is_finished:
        progress(f"{proof.name}: {state.done} of {size}, {state.seconds:.0f} s")
        take_batch(proof, state)
        save_progress(path, state)
    line = result(proof, state)
    print_json(line)
    path.unlink(missing_ok=True)
    return bool(line["ok"])


if __name__ == "__main__":
    sys.exit(main())
