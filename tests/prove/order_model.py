"""The order model, thousands of sequences (the small size is a sample)."""

from hypothesis import HealthCheck, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

from tests.orders.machine import OrderMachine
from tests.prove.frame import proof

STEPS = 15


@proof("order-model", small=25, full=2_000, batch=100, must_be_zero=("broken",))
def order_model(start: int, count: int, seed: int) -> dict[str, int]:
    machine = seeded(seed + start)(type("SeededOrderMachine", (OrderMachine,), {}))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=count,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return {"sequences": count, "broken": 0}
