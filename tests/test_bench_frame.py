"""Measures are judged against their goals and printed as others read them."""

from __future__ import annotations

import pytest

from tests import bench as benches
from tests.bench import expiry, findings, life, relay
from tests.bench.__main__ import table
from tests.bench.frame import BENCHES, bench, times_as_long, times_faster
from tests.measuring import load_modules


def test_measure_is_printed_as_one_json_object() -> None:
    measure = times_faster("queue-1e6-vs-admin", 0.004, 0.31, ">=30")

    assert measure.as_json() == {
        "bench": "queue-1e6-vs-admin",
        "ours": 0.004,
        "other": 0.31,
        "unit": "s",
        "ratio": 77.5,
        "goal": ">=30",
        "ok": True,
    }


def test_missed_goal_is_not_ok_and_stands_out_in_the_table() -> None:
    measure = times_as_long("findings", 4.0, 1.0, "<=3", "ms")

    assert measure.is_ok is False
    assert table([measure]) == (
        "bench     ours  other  unit  ratio  goal\nfindings  4     1      ms    4      <=3   MISSED"
    )


def test_two_benches_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BENCHES, "findings", lambda: iter([]))

    with pytest.raises(ValueError, match="two benches are called findings"):
        bench("findings")(lambda: iter([]))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "findings-five-services",
        "findings-vs-json-engine",
        "findings-vs-conditions",
        "life",
        pytest.param("expiry", marks=pytest.mark.postgres),
        pytest.param("relay", marks=pytest.mark.postgres),
    ],
)
def test_quick_benches_run_at_a_small_size(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    load_modules(benches)
    monkeypatch.setattr(findings, "ROUNDS", 1)
    monkeypatch.setattr(findings, "CALLS", 1)
    monkeypatch.setattr(life, "LIVES", 1)
    monkeypatch.setattr(expiry, "CODES", 3)
    monkeypatch.setattr(relay, "NOTICES", 4)

    measures = list(BENCHES[name]())

    assert measures
    # Memory alone need not grow.
    assert all(measure.ours > 0 or measure.unit == "KB" for measure in measures)
    assert all(measure.other > 0 for measure in measures)
