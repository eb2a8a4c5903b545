"""Facts are read into one form, or refused by name and without their value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules.facts import FactsError, read_facts
from rules.vocabulary import FACTS


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("domain.expiry", "2028-01-01", date(2028, 1, 1)),
        ("domain.expiry", date(2028, 1, 1), date(2028, 1, 1)),
        ("principal.mobile", "+86 138-0000 0001", "13800000001"),
        ("subject.nature", "4", "enterprise"),
        ("subject.nature", "social_organisation", "social_organisation"),
        ("subject.nature", "sole_proprietor", "sole_proprietor"),
        ("contact.province", "330000", "33"),
        ("contact.city", "330100", "3301"),
        ("contact.city", "330106", "3301"),
        ("contact.city", "429004", "429004"),
        ("contact.city", "500231", "5001"),
        ("service.content_category", "blog", ("blog",)),
        ("service.pre_approval_ticked", ["news"], ("news",)),
        ("subject.doc_expiry", None, None),
    ],
)
def test_fact_is_read_into_one_form(name: str, value: Any, read: Any) -> None:
    assert read_facts({name: value}) == {name: read}


@pytest.mark.parametrize(
    ("name", "value"),
    [("domain.expiry", None), ("domain.expiry", "unknown"), ("order.new_services", None)],
)
def test_unknown_fact_is_left_out(name: str, value: Any) -> None:
    assert read_facts({name: value}) == {}


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("subject.colour", "red", 'unknown fact "subject.colour"'),
        ("subject.has_seal", "yes", 'fact "subject.has_seal" must be true or false, not str'),
        ("order.new_services", True, "must be a whole number from 0, not bool"),
        ("order.new_services", -1, "must be a whole number from 0, not int"),
        ("domain.expiry", "01.01.2028", "must be a date YYYY-MM-DD, not str"),
        ("contact.province", "Zhejiang", "must be a two-digit GB/T 2260 code"),
        ("contact.city", "33", "must be a GB/T 2260 city code"),
        ("subject.nature", "company", "must be one of enterprise, personal"),
        ("service.pre_approval_ticked", [1], "must be a list of keys, not list"),
        ("subject.name", 7, "must be text, not int"),
    ],
)
def test_wrong_fact_is_refused_by_name(name: str, value: Any, complaint: str) -> None:
    with pytest.raises(FactsError) as refusal:
        read_facts({name: value})

    assert complaint in str(refusal.value)


def test_refusal_does_not_repeat_the_value() -> None:
    with pytest.raises(FactsError) as refusal:
        read_facts({"principal.birth_date": "13800000001"})

    assert "13800000001" not in str(refusal.value)


def test_every_fact_has_words_in_both_languages_and_a_place() -> None:
    for fact in FACTS.values():
        assert fact.zh, fact.name
        assert fact.en, fact.name
        assert fact.paths, fact.name
