"""A whole run is dealt out so that two processes end at about the same time."""

from __future__ import annotations

import pytest

from tests.consistency.sources import ROOT
from tests.sharing_out import LONG_TOGETHER, LONGEST_FIRST, name_groups, rank


class Sample:
    """What is looked at of a test: its name and its group."""

    def __init__(self, nodeid: str, group: str = "") -> None:
        self.nodeid = nodeid
        self.marks = [pytest.mark.xdist_group(group)] if group else []

    def get_closest_marker(self, name: str) -> pytest.MarkDecorator | None:
        return next((mark for mark in self.marks if mark.name == name), None)

    def add_marker(self, mark: pytest.MarkDecorator) -> None:
        self.marks.append(mark)

    @property
    def groups(self) -> list[str]:
        return [mark.args[0] for mark in self.marks]


def test_tests_of_a_file_stay_in_one_process() -> None:
    items = [Sample("tests/rules/test_domains.py::test_a"), Sample("tests/x/test_y.py::test_b[1]")]

    name_groups(items)

    assert [item.groups for item in items] == [
        ["tests/rules/test_domains.py"],
        ["tests/x/test_y.py"],
    ]


def test_group_that_a_test_names_itself_is_kept() -> None:
    items = [Sample("tests/test_services.py::test_a", "together")]

    name_groups(items)

    assert items[0].groups == ["together"]


def test_long_tests_begin_first_and_by_themselves() -> None:
    names = [
        "tests/beian/test_clock.py::test_a",
        "tests/test_proofs.py::test_b[order-model]",
        "tests/test_policy.py::test_c",
        "tests/test_proofs.py::test_d[races]",
        "tests/test_pages.py::test_e",
    ]
    items = [Sample(name) for name in names]

    name_groups(items)

    assert sorted(range(len(names)), key=lambda at: rank(names[at])) == [4, 1, 3, 2, 0]
    assert [bool(item.groups) for item in items] == [True, False, True, False, False]


@pytest.mark.parametrize("start", [*LONGEST_FIRST, *LONG_TOGETHER])
def test_what_is_named_as_long_is_there(start: str) -> None:
    assert (ROOT / start).exists()
