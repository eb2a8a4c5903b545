"""Rules are asked again about a further service only where they could say something else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

import pytest

from rules.engine import evaluate_services, split_facts
from rules.facts import Facts, read_facts
from rules.finding import Finding
from rules.kinds import Case
from rules.loader import shipped_rule_set
from rules.regions import provinces
from rules.repeats import Answered
from rules.rule import Rule
from rules.rule_set import Frame, Plan
from rules.vocabulary import FACTS
from tests.rules.cases import (
    CLEAN_ENTERPRISE,
    GUANGDONG,
    OTHER_SERVICE_PRINCIPAL,
    TODAY,
    ZHEJIANG,
)
from tests.rules.random_facts import cases

ORDER, SERVICE = split_facts(CLEAN_ENTERPRISE)
PLAN = shipped_rule_set().plan(Frame(GUANGDONG, "first", "enterprise", "website"), TODAY)
ABOUT_SERVICES = [
    rule
    for rule in shipped_rule_set().rules
    if rule.kind is not None and rule.row.outcome != "ok" and rule.scope == "service"
]
SOME_FACTS = [*cases(ABOUT_SERVICES, 40)]


def findings(order: Facts, services: list[Facts], province: str) -> list[Finding]:
    return evaluate_services(order, services, province=province, order_type="first", today=TODAY)


def open_again(**changes: object) -> set[str]:
    """Kinds asked about a second service that differs from the first in these facts."""
    first = read_facts(SERVICE)
    answered = Answered.by(PLAN, first, {})
    return {str(rule.row.kind) for rule in answered.still_open(PLAN, {**first, **changes})}


def test_nothing_is_asked_about_a_service_that_repeats_the_first():
    assert open_again() == set()


def test_another_domain_opens_what_reads_domains():
    assert open_again(**{"domain.expiry": TODAY}) == {"domain_min_validity"}


def test_another_person_opens_what_looks_at_people_and_nothing_about_domains():
    opened = open_again(**read_facts(OTHER_SERVICE_PRINCIPAL))

    assert {"letter_required", "phones_distinct", "min_age"} <= opened
    assert not opened & {"registrant_rule", "domain_min_validity", "name_words"}


def test_fact_of_the_order_that_a_service_gives_otherwise_opens_everything():
    assert open_again(**{"principal.is_legal_rep": False}) == {
        str(rule.row.kind) for rule in PLAN.service
    }


def test_rule_that_found_something_about_the_first_service_is_asked_about_each():
    services = [{**SERVICE, "domain.expiry": "2026-12-01"}] * 3

    found = findings(ORDER, services, GUANGDONG)

    assert [each.paths for each in found if each.kind == "domain_min_validity"] == [
        (f"services[{index}].domains[0]",) for index in range(3)
    ]


@pytest.mark.parametrize("types", [("website", "app"), ("app", "website")])
def test_rule_about_the_order_is_asked_once_whichever_service_it_is_for(types):
    order = {**ORDER, "order.max_domains_per_service": 5}
    services = [{**SERVICE, "service_type": each} for each in types]

    found = findings(order, services, ZHEJIANG)

    assert [f.outcome for f in found if f.rule == "N17"] == ["block"]


@pytest.mark.parametrize("rule", ABOUT_SERVICES, ids=lambda rule: rule.row.key)
def test_what_a_rule_finds_depends_on_nothing_it_does_not_look_at(rule: Rule) -> None:
    for case, other in zip(cases([rule], 80), cycle(SOME_FACTS), strict=False):
        looked_at = {name: value for name, value in case.facts.items() if _decides(rule, name)}
        beside = {name: value for name, value in other.facts.items() if not _decides(rule, name)}
        alone = case._replace(facts=looked_at)
        in_company = case._replace(facts={**beside, **looked_at})

        assert rule.findings(alone, 0) == rule.findings(in_company, 0)


def _decides(rule: Rule, name: str) -> bool:
    """Facts of the order are the same for all services."""
    return FACTS[name].scope == "order" or name in rule.looks_at


@pytest.mark.parametrize("province", provinces())
def test_asking_again_about_every_service_finds_no_more(
    province: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = [*_orders(province)]
    briefly = [findings(order, services, province) for order, services in orders]

    monkeypatch.setattr(Answered, "still_open", _everything)

    assert [findings(order, services, province) for order, services in orders] == briefly


def _everything(_self: Answered, plan: Plan, _facts: Facts) -> tuple[Rule, ...]:
    return plan.service


def _orders(province: str) -> Iterator[tuple[Facts, list[Facts]]]:
    """Four services each, of which some share most of what they say."""
    drawn: Iterator[Case] = cases(ABOUT_SERVICES, 12, province=province)
    for one, other in zip(drawn, drawn, strict=True):
        order, first = split_facts(one.facts)
        _, second = split_facts(other.facts)
        mixed = {**first, **dict(islice(second.items(), 3))}
        yield order, [first, mixed, second, dict(first)]
