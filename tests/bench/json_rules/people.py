"""Ages, roles, letters and delegates."""

from __future__ import annotations

from datetime import date

from tests.bench.json_rules.expressions import (
    IS_LEGAL_REP,
    SAME,
    Logic,
    absent,
    compared,
    contains,
    differs,
    equal,
    every,
    known,
    lacks,
    legal_rep,
    named,
    negated,
    one_of,
    persons,
    some,
    var,
)
from tests.bench.json_rules.translators import Parts, translates

BIRTH, RESIDENCY = "birth_date", "legal_rep.residency"


def born_by(today: date, years: int) -> str:
    """The last birth date of those who are so old today."""
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return date(today.year - years, today.month, day).isoformat()


@translates("min_age")
def min_age(kind, today: date) -> Parts:
    people = [role for role in kind.roles if role != "legal_rep"]
    looked_at = [*persons(people, BIRTH)]
    if "legal_rep" in kind.roles:
        applies = differs(IS_LEGAL_REP, True) if "principal" in people else True
        looked_at.append((applies, legal_rep(BIRTH)))
    limit = born_by(today, kind.years)
    return [
        (every(applies, compared(born, ">", limit)), every(applies, absent(born)))
        for applies, born in looked_at
    ]


@translates("max_age")
def max_age(kind, today: date) -> Parts | None:
    if kind.years_women is not None:
        return None
    limit = born_by(today, kind.years + 1)
    return [
        (every(applies, compared(born, "<=", limit)), every(applies, absent(born)))
        for applies, born in persons(kind.roles, BIRTH)
    ]


@translates("age_band_needs_proof")
def age_band(kind, today: date) -> Parts:
    oldest, youngest = born_by(today, kind.to_years), born_by(today, kind.from_years)
    unproved = lacks(kind.any_of, kind.sets)
    return [
        (
            every(applies, compared(born, ">", oldest), {"<=": [born, youngest]}, unproved),
            every(applies, absent(born)),
        )
        for applies, born in persons(kind.roles, BIRTH)
    ]


@translates("principal_is_legal_rep")
def principal_is_legal_rep(kind, today: date) -> Parts:
    concerned, nameless = named(kind.name_words)
    exempt = one_of(RESIDENCY, kind.unless_residency) if kind.unless_residency else False
    nobody_knows = absent(RESIDENCY) if kind.unless_residency else False
    parts: Parts = [(False, nameless)]
    for applies, value in persons(kind.roles, "is_legal_rep"):
        delegate = every(concerned, applies, equal(value, False))
        parts.append((every(delegate, negated(some(nobody_knows, exempt))), False))
        parts.append((False, every(concerned, applies, absent(value))))
        parts.append((False, every(delegate, nobody_knows)))
    return parts


@translates("same_person")
def same_person(kind, today: date) -> Parts:
    limited = equal(IS_LEGAL_REP, False) if kind.when_delegated else True
    facts = [SAME]
    if kind.across_services:
        facts.append("service_principal.all_services_same_person")
    parts: Parts = [
        (every(limited, equal(fact, False)), absent_if(limited, fact)) for fact in facts
    ]
    return [*parts, (False, absent(IS_LEGAL_REP) if kind.when_delegated else False)]


def absent_if(limited: Logic, fact: str) -> Logic:
    return every(limited, absent(fact))


@translates("letter_required")
def letter_required(kind, today: date) -> Parts:
    concerned = _may_concern(kind)
    delegate, unknown = _substitute(kind)
    told = True
    nobody_knows: Logic = False
    if kind.when_principal_is_legal_rep is not None:
        told = equal(IS_LEGAL_REP, kind.when_principal_is_legal_rep)
        nobody_knows = absent(IS_LEGAL_REP)
    if kind.name_words or kind.unless_name_words:
        nobody_knows = some(nobody_knows, every(told, absent("subject.name")))
        told = every(told, known("subject.name"))
    letter = lacks((kind.material,)) if kind.material is not None else False
    silent = every(known(kind.remark_fact), negated(contains(kind.remark_fact, kind.remark_words)))
    remark = silent if kind.remark_words else False
    unsaid = absent(kind.remark_fact) if kind.remark_words else False
    return [
        (every(concerned, delegate, told, some(letter, remark)), every(concerned, unknown)),
        (False, every(concerned, delegate, some(nobody_knows, every(told, unsaid)))),
    ]


def _may_concern(kind) -> Logic:
    parts: list[Logic] = []
    if kind.unless_name_words:
        parts.append(negated(named(kind.unless_name_words)[0]))
    if kind.unless_residency:
        parts.append(negated(one_of(RESIDENCY, kind.unless_residency)))
    if kind.name_words:
        parts.append(some(*named(kind.name_words)))
    return every(*parts)


def _substitute(kind) -> tuple[Logic, Logic]:
    """Whether somebody else than the legal representative acts, and whether nobody knows."""
    fact = f"{kind.role}.is_legal_rep"
    if kind.role == "principal":
        return equal(fact, False), absent(fact)
    if kind.other_than == "principal":
        return every(known(SAME), differs(SAME, True)), absent(SAME)
    apart = differs(SAME, True)
    told_by_other = every(absent(fact), equal(SAME, False), equal(IS_LEGAL_REP, True))
    return (
        every(apart, some(equal(fact, False), told_by_other)),
        every(apart, absent(fact), negated(told_by_other)),
    )


@translates("non_mainland_delegation")
def non_mainland_delegation(kind, today: date) -> Parts:
    residency, own = legal_rep("residency"), var("principal.residency")
    is_head = every(equal(IS_LEGAL_REP, True), one_of(own, kind.residencies))
    concerned = some(one_of(residency, kind.residencies), is_head)
    accepted = one_of(own, kind.delegate_residencies)
    parts: Parts = [
        (False, absent(residency)),
        (every(concerned, known(own), negated(accepted)), every(concerned, absent(own))),
        (every(concerned, lacks((kind.material,))), False),
    ]
    for key in kind.unused:
        fact = f"principal.{key}_used_by_other_subject"
        asked = every(concerned, some(absent(own), accepted))
        parts.append((every(asked, equal(fact, True)), every(asked, absent(fact))))
    return parts


@translates("photo_or_video")
def photo_or_video(kind, today: date) -> Parts:
    reused = "verification_photo.reused"
    if kind.not_reused:
        return [(equal(reused, True), absent(reused))]
    asked, unknown = [lacks((kind.material,))], []
    if kind.from_age is not None:
        born = var(f"{kind.role}.{BIRTH}")
        asked.append(compared(born, "<=", born_by(today, kind.from_age)))
        unknown.append(absent(born))
    if kind.legal_rep_from_elsewhere:
        area = legal_rep("id_province")
        asked.append(every(known(area), differs(area, var("province"))))
        unknown.append(absent(area))
    return [(every(*asked), every(asked[0], some(*unknown)))]
