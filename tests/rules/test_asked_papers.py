"""What kinds ask for in papers: every paper of a row is told, with how many of them come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from orders.asked import FROM_PICTURES, PAPER_ANSWERS
from rules.kinds.asked_papers import AskedPapers, papers_named
from rules.loader import shipped_rule_set
from rules.vocabulary import MATERIALS

# Parameters whose papers another row asks for, or that are types of identity documents.
ASKED_ELSEWHERE = {"settled_by", "refused", "allowed", "denied"}


@pytest.mark.parametrize(
    ("parameters", "asked"),
    [
        ({"material": "site_plan"}, [("all", (("site_plan",),))]),
        ({"any_of": ("site_plan",)}, [("all", (("site_plan",),))]),
        ({"any_of": ("site_plan", "id_copy")}, [("one_of", (("site_plan",), ("id_copy",)))]),
        (
            {"any_of": ("site_plan",), "sets": (("id_copy", "guardian_id"),)},
            [("one_of", (("site_plan",), ("id_copy", "guardian_id")))],
        ),
        ({"all_of": ("site_plan", "id_copy")}, [("all", (("site_plan",), ("id_copy",)))]),
        ({"unless": ("site_plan",)}, [("unless", (("site_plan",),))]),
        ({"settled_by": ("site_plan",)}, []),
    ],
)
def test_parameters_say_how_many_papers_come(
    parameters: dict[str, Any], asked: list[tuple[str, Any]]
) -> None:
    assert list(papers_named(parameters)) == [AskedPapers(how, ways) for how, ways in asked]


def test_every_paper_of_a_row_is_told() -> None:
    for rule in shipped_rule_set().rules:
        if rule.kind is None or rule.row.kind in ("proof_quality", "id_types_by_residency"):
            continue
        told = {paper for asked in rule.asked_papers for way in asked.ways for paper in way}
        parameters = rule.kind.model_dump(exclude=ASKED_ELSEWHERE, exclude_unset=True)
        assert set(papers_in(parameters)) <= told, rule.row.key


def papers_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (value,) if value in MATERIALS else ()
    elif isinstance(value, dict):
        yield from (paper for part in value.values() for paper in papers_in(part))
    elif isinstance(value, list | tuple):
        yield from (paper for part in value for paper in papers_in(part))


def test_facts_that_stand_on_a_paper_are_read_by_their_rule() -> None:
    kinds = [rule.kind for rule in shipped_rule_set().rules if rule.kind is not None]
    found = [(kind, each) for kind in kinds for each in kind.paper_facts()]

    assert all(each.fact in kind.reads() and each.papers for kind, each in found)
    assert {each.fact for _kind, each in found if each.is_past} == {"commitment_letter.signed_on"}


def test_every_fact_that_stands_on_a_paper_is_asked_or_told_from_its_picture() -> None:
    kinds = [rule.kind for rule in shipped_rule_set().rules if rule.kind is not None]

    facts = {each.fact for kind in kinds for each in kind.paper_facts()}

    assert facts == {*PAPER_ANSWERS, *FROM_PICTURES}
