"""Every long proof at a small size; and the frame that runs them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests import prove as proofs
from tests.browser.looking import COMBINATIONS
from tests.consistency.sources import ROOT
from tests.measuring import load_modules
from tests.prove.axe import ROOM, where
from tests.prove.frame import (
    PROOFS,
    Progress,
    Proof,
    load_progress,
    prove,
    save_progress,
    take_batch,
)
from tests.prove.journeys import JOURNEY
from tests.prove.shares import add_up, split

load_modules(proofs)

MARKS = {
    # In the process that has the pages already.
    "axe": pytest.mark.xdist_group("album"),
    # Row locks and connections of their own.
    "races": pytest.mark.postgres,
    # Other processes have to see the rows.
    "kill": pytest.mark.postgres,
}
# Proofs whose small size is a test of its own, in the process that has what it needs already.
SMALL_ELSEWHERE = {"journeys": JOURNEY}
SMALL_PROOFS = [
    pytest.param(name, marks=MARKS[name]) if name in MARKS else name
    for name in sorted(PROOFS.keys() - SMALL_ELSEWHERE)
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", SMALL_PROOFS)
def test_proof_holds_at_its_small_size(name: str) -> None:
    line = prove(PROOFS[name], PROOFS[name].small)

    assert line["ok"], line


@pytest.mark.parametrize("name", SMALL_ELSEWHERE)
def test_small_size_elsewhere_is_a_test(name: str) -> None:
    source = (ROOT / SMALL_ELSEWHERE[name]).read_text(encoding="utf-8")

    assert name in PROOFS
    assert "\ndef test_" in source


def count_rounds(start: int, count: int, seed: int) -> dict[str, int]:
    return {"rounds": count, "lost": 0}


def proof_of(run: object) -> Proof:
    return Proof(
        "sample", run, small=2, full=10, batch=4, must_be_zero=("lost",), at_most={"grown": 5}
    )


def test_batches_add_up_to_the_size() -> None:
    line = prove(proof_of(count_rounds), 10)

    assert {**line, "seconds": 0} == {
        "prove": "sample",
        "size": 10,
        "seed": 7,
        "rounds": 10,
        "lost": 0,
        "ok": True,
        "seconds": 0,
    }


def test_count_that_must_be_zero_fails_the_proof() -> None:
    assert prove(proof_of(lambda start, count, seed: {"lost": 1}), 2)["ok"] is False


def test_count_beyond_its_limit_fails_the_proof() -> None:
    within = prove(proof_of(lambda start, count, seed: {"grown": 5}), 4)
    beyond = prove(proof_of(lambda start, count, seed: {"grown": 3}), 8)

    assert (within["ok"], beyond["ok"], beyond["grown"]) == (True, False, 6)


def test_broken_assertion_fails_the_proof_and_names_the_rounds() -> None:
    def break_in_the_second_batch(start: int, count: int, seed: int) -> dict[str, int]:
        if start >= 4:
            raise AssertionError("two open orders")
        return {}

    line = prove(proof_of(break_in_the_second_batch), 10)

    assert (line["ok"], line["error"]) == (False, "rounds 4–7: two open orders")


def test_rounds_are_counted_from_the_start_that_is_asked_for() -> None:
    seen: list[tuple[int, int]] = []
    state = Progress(size=6, seed=7, start=100)
    while not state.is_finished:
        take_batch(proof_of(lambda start, count, seed: seen.append((start, count)) or {}), state)

    assert seen == [(100, 4), (104, 2)]


def test_shares_cover_every_round_once() -> None:
    shares = split(5, 11, 3)

    assert [n for first, size in shares for n in range(first, first + size)] == list(range(5, 16))


def test_shares_are_added_up_and_a_missing_one_is_an_error() -> None:
    sample = proof_of(count_rounds)
    lines = [prove(sample, 4), {**prove(sample, 6), "seconds": 3.0}]

    whole, part = (add_up(sample, found, 7, 2) for found in (lines, lines[:1]))

    assert (whole["size"], whole["rounds"], whole["ok"], whole["seconds"]) == (10, 10, True, 3.0)
    assert (part["ok"], part["error"]) == (False, "1 of 2 processes ended without a result")


def test_every_page_is_looked_at_in_every_combination() -> None:
    seen = Counter(where(number) for number in range(PROOFS["axe"].full))

    assert set(seen.values()) == {1}
    assert len(seen) == ROOM * len(COMBINATIONS)


def test_interrupted_proof_goes_on_where_it_stopped(tmp_path: Path) -> None:
    state = Progress(size=10, seed=7)
    take_batch(proof_of(count_rounds), state)
    save_progress(tmp_path / "sample.json", state)

    assert load_progress(tmp_path / "sample.json", 10, 7) == state
    assert load_progress(tmp_path / "sample.json", 10, 8) == Progress(10, 8)
    assert load_progress(tmp_path / "sample.json", 10, 7, 5) == Progress(10, 7, 5)
    assert load_progress(tmp_path / "other.json", 10, 7) == Progress(10, 7)
