"""Telephone numbers and other data by which people are reached."""

from __future__ import annotations

from datetime import date

from tests.bench.json_rules.expressions import (
    SAME,
    Logic,
    absent,
    contains,
    differs,
    elsewhere,
    equal,
    every,
    known,
    negated,
    one_of,
    persons,
    some,
    var,
)
from tests.bench.json_rules.translators import Parts, translates

PRINCIPAL, SERVICE = "principal.mobile", "service_principal.mobile"


@translates("no_reuse")
def no_reuse(kind, today: date) -> Parts:
    parts: Parts = []
    for key in kind.keys:
        own_filings = persons(kind.roles, "other_use_is_own_personal_filing")
        for applies, used in persons(kind.roles, f"{key}_used_by_other_subject"):
            own = next(own_filings)[1]
            hit = every(applies, equal(used, True))
            unknown = every(applies, absent(used))
            if kind.except_same_legal_rep and used == var(f"principal.{key}_used_by_other_subject"):
                same = var("principal.other_use_is_same_legal_rep")
                hit = every(hit, negated(equal(same, True)))
            if kind.except_own_personal_filing:
                hit = every(hit, negated(equal(own, True)))
            parts.append((hit, unknown))
    for key in kind.same_at_own_units:
        parts.append((equal(var(f"principal.{key}_differs_at_own_units"), True), False))
    if kind.one_unit_only:
        serves = "service_principal.serves_other_unit"
        parts.append((equal(serves, True), absent(serves)))
    return parts


@translates("phone_area")
def phone_area(kind, today: date) -> Parts:
    away, nobody_knows = elsewhere(kind.when_id_elsewhere)
    concerned = away if kind.when_id_elsewhere else True
    parts: Parts = [(False, nobody_knows if kind.when_id_elsewhere else False)]
    areas = [var("province") if area == "province" else area for area in kind.areas]
    for applies, area in persons(kind.roles, "mobile_province"):
        foreign = every(known(area), negated(one_of(area, areas)))
        parts.append((every(concerned, applies, foreign), every(concerned, applies, absent(area))))
    return parts


@translates("phones_distinct")
def phones_distinct(kind, today: date) -> Parts | None:
    if kind.min_distinct:
        return None
    parts: Parts = []
    for pair in kind.pairs:
        about_both = any(fact.startswith("service_principal.") for fact in pair.facts)
        applies = differs(SAME, True) if about_both else True
        equals = _equal(pair.left, pair.right)
        if pair.unless_repeats is not None:
            equals = every(equals, negated(_equal(pair.left, pair.unless_repeats)))
        parts.append((every(applies, equals), every(applies, some(*map(absent, pair.facts)))))
    if kind.email_differs:
        same = "service_principal.email_equals_principal"
        apart = differs(SAME, True)
        parts.append((every(apart, equal(same, True)), every(apart, absent(same))))
    return [*parts, *((equal(fact, ""), absent(fact)) for fact in kind.required)]


def _equal(left: str, right: str) -> Logic:
    return every(known(left), differs(left, ""), equal(left, var(right)))


@translates("third_person_contact")
def third_person_contact(kind, today: date) -> Parts | None:
    if kind.unless_landline:
        return None
    limited = equal(SAME, False) if kind.when_differ else True
    parts: Parts = [(False, absent(SAME) if kind.when_differ else False)]
    for applies, number in persons(kind.roles, "emergency_phone"):
        equals = every(known(number), differs(number, ""), _is_mobile_of_either(number))
        lacking = some(
            absent(number), absent(PRINCIPAL), every(differs(SAME, True), absent(SERVICE))
        )
        parts.append((every(limited, applies, equals), every(limited, applies, lacking)))
    if kind.holder:
        third = "principal.emergency_is_third_person"
        parts.append((every(limited, equal(third, False)), every(limited, absent(third))))
    if kind.remark_words:
        unsaid = negated(contains(kind.remark_fact, kind.remark_words))
        said = known(kind.remark_fact)
        parts.append((every(limited, said, unsaid), every(limited, negated(said))))
    return parts


def _is_mobile_of_either(number: Logic) -> Logic:
    service = every(differs(SAME, True), equal(number, var(SERVICE)))
    return some(equal(number, var(PRINCIPAL)), service)
