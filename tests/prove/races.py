"""A crowd at the same orders for minutes: no illegal edge, no gap, no effect too few or too many.

A round is a second. Threads with connections of their own do whatever they like; afterwards every
order is replayed from its history.
"""

from __future__ import annotations

import time
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.test import override_settings

from orders.models import FilingOrder
from orders.transitions import BY_NAME
from orders.workflow import Refused
from tests.crowd.acts import anything
from tests.crowd.house import House, open_house
from tests.crowd.truth import CHECKS
from tests.measuring import progress
from tests.prove.frame import proof
from tests.racing import race
from verification.actions.sms import ResendRefused

# Orders and people at full size; the small size is for the tests of every day.
FULL = (200, 50)
SMALL = (6, 12)
SMALL_SECONDS = 10
# A crowd that gets nowhere proves nothing. What a short race surely comes to; a long one takes
# every edge of the table.
SOON = {"submit", "take"}
# What an act may answer; anything else would be a page with an error of ours.
REFUSALS = (Refused, ResendRefused)


@proof(
    "races",
    small=4,
    full=300,
    batch=300,
    must_be_zero=("errors", "never_taken", *CHECKS),
)
def races(start: int, count: int, seed: int) -> dict[str, int]:
    orders, people = FULL if count > SMALL_SECONDS else SMALL
    with (
        TemporaryDirectory() as folder,
        override_settings(FILES_DIR=Path(folder)),
        open_house(orders, start * orders) as house,
    ):
        end = time.monotonic() + count
        jobs = [
            partial(_act_until, end, house, Random(f"{seed}:{start}:{number}"))
            for number in range(people)
        ]
        tallies = race(jobs, threads=people)
        tally = _sum(tallies)
        tally |= _look_at_orders(house, SOON if count <= SMALL_SECONDS else set(BY_NAME))
    return {"seconds_raced": count, **tally}


def _act_until(end: float, house: House, dice: Random) -> Counter[str]:
    tally = Counter[str]()
    while time.monotonic() < end:
        try:
            anything(house, dice)
            tally["acts"] += 1
        except REFUSALS:
            tally["refused"] += 1
        except Exception as error:  # noqa: BLE001  # counted and told: the proof is red
            tally["errors"] += 1
            progress(f"errors: {type(error).__name__}: {error}"[:400])
    return tally


def _sum(tallies: list[Counter[str] | Exception]) -> dict[str, int]:
    total = Counter[str](errors=0)
    for tally in tallies:
        if isinstance(tally, Exception):
            raise tally
        total.update(tally)
    return dict(total)


def _look_at_orders(house: House, expected: set[str]) -> dict[str, int]:
    found: Counter[str] = Counter(dict.fromkeys(CHECKS, 0))
    states, taken = Counter[str](), Counter[str]()
    for order in FilingOrder.objects.filter(pk__in=house.order_ids):
        events = list(order.events.order_by("sequence"))
        states[order.state] += 1
        found["events"] += len(events)
        taken.update(event.name for event in events)
        for name, check in CHECKS.items():
            for line in check(order, events):
                found[name] += 1
                progress(f"{name}: {order.number}: {line}")
    missing = sorted(expected - set(taken))
    progress(f"orders at the end: {dict(states)}; taken: {dict(taken)}; not taken: {missing}")
    return {"orders": sum(states.values()), "never_taken": len(missing), **found}
