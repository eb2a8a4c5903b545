"""`python -m tests.prove [options] [name …]`: one JSON line per proof.

Progress is kept in var/prove/ after each batch; the same command goes on from there.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from tests import prove
from tests.consistency.sources import ROOT
from tests.measuring import chosen, load_modules, measuring_database, print_json, progress
from tests.prove.frame import (
    PROOFS,
    SEED,
    Proof,
    load_progress,
    result,
    save_progress,
    take_batch,
)
from tests.prove.shares import run_shares, split

STATE = ROOT / "var" / "prove"


def main() -> int:
    parser = ArgumentParser(prog="./dev prove")
    parser.add_argument("names", nargs="*", metavar="name")
    parser.add_argument("--size", type=int, help="rounds; the full size of each proof if not given")
    parser.add_argument("--start", type=int, default=0, help="number of the first round")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, help="processes; as each proof says if not given")
    options = parser.parse_args()
    with measuring_database():
        load_modules(prove)
        proofs = chosen(PROOFS, options.names)
        verdicts = [run(proofs[0], options)]
    for proof in proofs[1:]:
        # What one proof leaves in the database is nothing to the next.
        with measuring_database():
            verdicts.append(run(proof, options))
    return 0 if all(verdicts) else 1


def run(proof: Proof, options: Namespace) -> bool:
    size = options.size or proof.full
    jobs = options.jobs or proof.jobs
    if jobs > 1 and size > proof.batch:
        line = run_shares(proof, split(options.start, size, jobs), options.seed)
    else:
        line = run_resumable(proof, options.start, size, options.seed)
    print_json(line)
    return bool(line["ok"])


def run_resumable(proof: Proof, start: int, size: int, seed: int) -> dict[str, Any]:
    path = STATE / f"{proof.name}-{start}-{size}.json"
    state = load_progress(path, size, seed, start)
    while not state.is_finished:
        progress(f"{proof.name}: {state.done} of {size} from {start}, {state.seconds:.0f} s")
        take_batch(proof, state)
        save_progress(path, state)
    path.unlink(missing_ok=True)
    return result(proof, state)


if __name__ == "__main__":
    sys.exit(main())
