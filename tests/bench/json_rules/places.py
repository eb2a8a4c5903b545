"""Where people and subjects are from, and what proves that they live here."""

from __future__ import annotations

from datetime import date

from rules.kinds.dates import add_months
from rules.kinds.locality import PERMIT_EXPIRY
from tests.bench.json_rules.expressions import (
    Logic,
    absent,
    compared,
    contains,
    differs,
    elsewhere,
    equal,
    every,
    known,
    lacks,
    named,
    negated,
    persons,
    some,
    var,
)
from tests.bench.json_rules.translators import Parts, translates


@translates("id_locality")
def id_locality(kind, today: date) -> Parts:
    concerned, nameless = named(kind.name_words)
    unproved, undated = _proofs(kind, today)
    parts: Parts = [(False, nameless)]
    if kind.area_facts:
        away, nobody_knows = elsewhere(kind.area_facts)
        unknown = some(nobody_knows, every(away, undated))
        parts.append((every(concerned, away, unproved), every(concerned, unknown)))
    for applies, area in persons(kind.roles, "id_province"):
        away = every(known(area), differs(area, var("province")))
        unknown = some(absent(area), every(away, undated))
        parts.append(
            (every(concerned, applies, away, unproved), every(concerned, applies, unknown))
        )
    return parts


def _proofs(kind, today: date) -> tuple[Logic, Logic]:
    """Whether the proof is lacking or has run out, and whether nobody knows which."""
    lacking = lacks(kind.any_of, kind.sets)
    if not kind.expiring:
        return lacking, False
    lasting = [key for key in kind.any_of if key not in kind.expiring]
    sets = [papers for papers in kind.sets if not {*papers} & {*kind.expiring}]
    leaning = every(negated(lacking), lacks(lasting, sets))
    over = compared(PERMIT_EXPIRY, "<", today.isoformat())
    return some(lacking, every(leaning, over)), every(leaning, absent(PERMIT_EXPIRY))


@translates("same_area")
def same_area(kind, today: date) -> Parts:
    facts = [kind.left] if kind.right == "province" else [kind.left, kind.right]
    here = negated(elsewhere(kind.unless_elsewhere)[0])
    other = every(*map(known, facts), differs(kind.left, var(kind.right)), lacks(kind.any_of))
    return [(every(here, other), every(here, some(*map(absent, facts))))]


@translates("proof_quality")
def proof_quality(kind, today: date) -> Parts:
    away, nobody_knows = elsewhere(kind.when_id_elsewhere)
    limited = away if kind.when_id_elsewhere else True
    tests, facts = _tests(kind, today)
    handed_in = some(negated(lacks(kind.materials)), *map(known, facts))
    wrong = negated(lacks(kind.refused)) if kind.refused else False
    any_proof = some(handed_in, wrong)
    refused = every(negated(handed_in), wrong)
    unknown = every(handed_in, limited, some(*map(absent, facts)))
    place = every(any_proof, nobody_knows) if kind.when_id_elsewhere else False
    return [
        (every(limited, some(every(handed_in, some(*tests)), refused)), some(unknown, place)),
    ]


def _tests(kind, today: date) -> tuple[list[Logic], list[str]]:
    tests: list[Logic] = []
    facts: list[str] = []
    if kind.months_left is not None:
        needed = add_months(today, kind.months_left).isoformat()
        tests.append(compared(kind.expiry_fact, "<" if kind.inclusive else "<=", needed))
        facts.append(kind.expiry_fact)
    if kind.matches_fact is not None:
        tests.append(equal(kind.matches_fact, False))
        facts.append(kind.matches_fact)
    return [*tests, *(lacks((paper,)) for paper in kind.needs)], facts


@translates("address_text")
def address_text(kind, today: date) -> Parts | None:
    if kind.door_number or kind.no_dashes:
        return None
    address = kind.address_fact
    wrong = [contains(address, (word,)) for word in kind.forbid]
    for names in (kind.renamed, kind.districts):
        for old, new in names.items():
            choices = (new,) if isinstance(new, str) else new
            wrong.append(every(contains(address, (old,)), negated(contains(address, choices))))
    return [(every(known(address), some(*wrong)), absent(address))]
