"""Numbers of services, domains and cloud resources, and the papers they call for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kind_cases import ask


@pytest.mark.parametrize(
    ("unit", "fact"),
    [
        ("services", "order.new_services"),
        ("domains", "order.new_domains"),
        ("resources", "service.resource_count"),
    ],
)
def test_cap_holds_for_each_unit(unit: str, fact: str) -> None:
    params = {"unit": unit, "max": 5}

    assert ask("per_order_cap", params, {fact: 5}) == []
    assert ask("per_order_cap", params, {fact: 6}) == [("too_many", None)]
    assert ask("per_order_cap", params, {}) == [(fact,)]


@pytest.mark.parametrize(
    ("existing", "new", "expected"),
    [
        (29, 1, []),
        (30, 1, [("too_many", None)]),
        (None, 1, [("order.existing_services",)]),
    ],
)
def test_cap_in_total(existing: int | None, new: int, expected: list[Any]) -> None:
    facts = {"order.existing_services": existing, "order.new_services": new}

    assert ask("total_cap", {"max": 30}, facts) == expected


COUNTED = [
    ("services", {"order.existing_services": 3}, "order.new_services"),
    ("existing_services", {}, "order.existing_services"),
    ("new_services", {}, "order.new_services"),
    ("domains", {"order.existing_domains": 3}, "order.new_domains"),
    ("new_domains", {}, "order.new_domains"),
    ("domain_labels", {}, "order.domain_labels"),
]


@pytest.mark.parametrize(("count", "rest", "fact"), COUNTED)
def test_papers_are_asked_by_what_is_counted(count: str, rest: dict[str, int], fact: str) -> None:
    params = {"threshold": 5, "inclusive": False, "materials": ["site_plan"], "count": count}
    enough = 5 - sum(rest.values())

    assert ask("total_needs_material", params, {**rest, fact: enough}) == []
    assert ask("total_needs_material", params, {**rest, fact: enough + 1}) == [
        ("site_plan", "site_plan")
    ]
    assert ask("total_needs_material", params, rest) == [(fact,)]


@pytest.mark.parametrize(
    ("count", "facts", "expected"),
    [
        ("domains", {"order.existing_services": 4, "order.new_domains": 1}, []),
        (
            "domains",
            {"order.existing_services": 5, "order.new_domains": 1},
            [("site_plan", "site_plan")],
        ),
        ("domain_labels", {"order.existing_domains": 4, "order.new_domains": 1}, []),
        (
            "domain_labels",
            {"order.existing_services": 0, "order.new_domains": 6},
            [("site_plan", "site_plan")],
        ),
        ("domain_labels", {"order.domain_labels": 1, "order.new_domains": 6}, []),
        ("domain_labels", {"order.existing_services": 0}, [("order.domain_labels",)]),
    ],
)
def test_number_that_nobody_told_is_taken_from_its_nearest(
    count: str, facts: dict[str, int], expected: list[Any]
) -> None:
    params = {"threshold": 5, "inclusive": False, "materials": ["site_plan"], "count": count}

    assert ask("total_needs_material", params, facts) == expected


def test_every_paper_of_a_large_subject_is_asked_by_itself() -> None:
    papers = ["site_plan", "domain_certificate"]
    params = {"threshold": 5, "inclusive": True, "materials": papers, "count": "new_domains"}

    found = ask("total_needs_material", params, {"order.new_domains": 5}, materials=("site_plan",))

    assert found == [("domain_certificate", "domain_certificate")]


@pytest.mark.parametrize(
    ("filed", "new", "materials", "expected"),
    [
        (3, 1, (), []),
        (4, 1, (), [("lacking", "domain_certificate")]),
        (4, 1, ("domain_certificate",), []),
        (None, 1, (), [("order.existing_domains",)]),
        (None, 1, ("domain_certificate",), []),
        (None, None, (), [("order.existing_domains", "order.new_domains")]),
    ],
)
def test_domain_certificate_from_a_number_of_domains_on(
    filed: int | None, new: int | None, materials: tuple[str, ...], expected: list[Any]
) -> None:
    facts = {"order.existing_domains": filed, "order.new_domains": new}

    assert ask("domain_certificate", {"from_total": 5}, facts, materials=materials) == expected


def test_domain_certificate_of_every_domain() -> None:
    assert ask("domain_certificate", {}, {}) == [("lacking", "domain_certificate")]
    assert ask("domain_certificate", {}, {}, materials=("domain_certificate",)) == []
