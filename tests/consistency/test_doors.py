"""One door for an order's state, one clock, no literal province."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.consistency.sources import PRODUCT, place, python_files, tree

THE_DOOR = "orders/workflow.py"
THE_CLOCK = "beian/clock.py"

CLOCKS = {
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
}

WRITES = {"update", "create", "bulk_update", "update_or_create", "FilingOrder"}
SET_OF_ORDERS = re.compile(
    r"FilingOrder\b|\b(?:filing_)?orders\.(?:filter|exclude|all|update|create)"
)


def state_writes(module: ast.Module) -> Iterator[int]:
    """Lines that write the state of something called an order."""
    for node in ast.walk(module):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(_is_state_of_order(target) for target in targets):
                yield node.lineno
        elif isinstance(node, ast.Call) and _call_writes_state(node):
            yield node.lineno


def _is_state_of_order(target: ast.expr) -> bool:
    if not isinstance(target, ast.Attribute) or target.attr != "state":
        return False
    return "order" in ast.unparse(target.value).split(".")[-1].lower()


def _call_writes_state(call: ast.Call) -> bool:
    if ast.unparse(call).startswith("setattr(order, 'state'"):
        return True
    is_write = ast.unparse(call.func).split(".")[-1] in WRITES
    about_orders = SET_OF_ORDERS.search(ast.unparse(call.func))
    names_state = any(keyword.arg == "state" for keyword in call.keywords)
    return bool(is_write and about_orders and names_state)


def clock_readings(module: ast.Module) -> Iterator[int]:
    """Lines that read the machine's clock, or let a field do so."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value).split(".")[-1]
            if (owner, node.attr) in CLOCKS:
                yield node.lineno
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield node.value.lineno


def test_only_the_workflow_writes_an_orders_state() -> None:
    wrong = [
        f"{place(path)}:{line}"
        for path in python_files(*PRODUCT)
        if place(path) != THE_DOOR
        for line in state_writes(tree(path))
    ]

    assert wrong == []


def test_only_the_clock_reads_the_time() -> None:
    wrong = [
        f"{place(path)}:{line}"
        for path in python_files(*PRODUCT)
        if place(path) != THE_CLOCK
        for line in clock_readings(tree(path))
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "source",
    [
        "order.state = State.FILED",
        "self.order.state = 'filed'",
        "FilingOrder.objects.filter(pk=1).update(state='filed')",
        "FilingOrder.objects.create(account=account, state='filed')",
        "account.orders.filter(pk=1).update(state='filed')",
        "FilingOrder(account=account, state='filed')",
        "setattr(order, 'state', 'filed')",
    ],
)
def test_a_back_door_is_noticed(source: str) -> None:
    assert list(state_writes(ast.parse(source))) == [1]


@pytest.mark.parametrize(
    "source",
    [
        "record.state = HandoverState.SENT",
        "order.bureau_records.update(state=HandoverState.CANCELLED)",
        "FilingOrder.objects.filter(state='filed').update(claimed_at=None)",
    ],
)
def test_states_of_other_things_are_let_through(source: str) -> None:
    assert list(state_writes(ast.parse(source))) == []


@pytest.mark.parametrize(
    "source",
    [
        "timezone.now()",
        "datetime.datetime.now(tz=UTC)",
        "date.today()",
        "models.DateTimeField(default=timezone.now)",
        "models.DateTimeField(auto_now_add=True)",
    ],
)
def test_another_clock_is_noticed(source: str) -> None:
    assert list(clock_readings(ast.parse(source))) == [1]
