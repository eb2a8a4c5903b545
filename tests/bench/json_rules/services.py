"""Domains and their holders, existing sites, contents and remarks."""

from __future__ import annotations

from datetime import date, timedelta

from rules.calendar import NO_OVERRIDES, add_working_days
from rules.kinds.existing import CHECKS
from tests.bench.json_rules.expressions import (
    IS_LEGAL_REP,
    NEVER,
    Logic,
    absent,
    compared,
    differs,
    equal,
    every,
    known,
    lacks,
    negated,
    one_of,
    some,
    var,
)
from tests.bench.json_rules.translators import Parts, translates

REGISTRANT, MATCHES = "domain.registrant", "domain.realname_matches_subject"
SCRIPT = "domain.registrant_script"
CATEGORY, LENGTH = "service.content_category", "service.remark_length"


@translates("registrar_domestic")
def registrar_domestic(kind, today: date) -> Parts:
    fact = "domain.registrar_domestic"
    return [(equal(fact, False), absent(fact))]


@translates("name_unique")
def name_unique(kind, today: date) -> Parts:
    fact = "service.name_used_by_own_service"
    return [(equal(fact, True), absent(fact))]


@translates("domain_realname_age")
def domain_realname_age(kind, today: date) -> Parts:
    last = today
    while add_working_days(last, kind.working_days, NO_OVERRIDES) > today:
        last -= timedelta(days=1)
    fact = "domain.realname_passed_on"
    return [(compared(fact, ">", last.isoformat()), absent(fact))]


@translates("existing_services_state")
def existing_services_state(kind, today: date) -> Parts:
    parts: Parts = []
    for check in kind.checks:
        fact, failing = CHECKS[check]
        if check == "not_resolving":
            filed = "domain.filed_before"
            applies = some(absent(filed), equal(filed, NEVER))
            parts.append((every(applies, equal(fact, failing)), every(applies, absent(fact))))
        else:
            has_sites = differs("order.existing_services", 0)
            parts.append((equal(fact, failing), every(has_sites, absent(fact))))
    return parts


@translates("registrant_rule")
def registrant_rule(kind, today: date) -> Parts:
    subject = some(absent(REGISTRANT), equal(REGISTRANT, "subject"))
    other = every(known(REGISTRANT), differs(REGISTRANT, "subject"))
    refused = every(other, negated(one_of(REGISTRANT, kind.allowed)))
    parts = [
        *_subject(kind, subject),
        (refused, False),
        *_proofs(kind),
        _script(kind, negated(refused)),
    ]
    if not kind.only:
        return parts
    asked = one_of(REGISTRANT, kind.only)
    limited = [(every(asked, found), every(asked, unknown)) for found, unknown in parts]
    return [*limited, (False, absent(REGISTRANT))]


def _subject(kind, subject: Logic) -> Parts:
    other = equal(MATCHES, False)
    found = every(known(REGISTRANT), other) if kind.allowed else other
    unknown = every(subject, other, absent(REGISTRANT)) if kind.allowed else False
    return [(every(subject, found), every(subject, absent(MATCHES))), (False, unknown)]


def _proofs(kind) -> Parts:
    parts: Parts = []
    for holder in kind.allowed:
        own = (kind.material,) if kind.material is not None else ()
        papers = kind.proofs.get(holder, own)
        if holder == "subject" or not papers:
            continue
        lacking = every(equal(REGISTRANT, holder), some(*(lacks((paper,)) for paper in papers)))
        if kind.proof_when_delegated:
            parts.append((every(lacking, equal(IS_LEGAL_REP, False)), False))
            parts.append((False, every(lacking, absent(IS_LEGAL_REP))))
        else:
            parts.append((lacking, False))
    return parts


def _script(kind, accepted: Logic) -> tuple[Logic, Logic]:
    if not kind.scripts:
        return False, False
    asked = one_of(REGISTRANT, kind.scripts_for) if kind.scripts_for else accepted
    asked = every(asked, accepted)
    other = every(known(SCRIPT), negated(one_of(SCRIPT, kind.scripts)))
    return every(asked, other), every(asked, absent(SCRIPT))


@translates("content_category_rule")
def content_category_rule(kind, today: date) -> Parts | None:
    if kind.remark_words:
        return None
    permitted = negated(lacks(kind.unless)) if kind.unless else False
    refused = _any_chosen(one_of(var(""), kind.deny) if kind.deny else False)
    if kind.allow:
        refused = some(refused, _any_chosen(negated(one_of(var(""), kind.allow))))
    described = _any_chosen(one_of(var(""), kind.remark_for) if kind.remark_for else False)
    return [
        (every(negated(permitted), refused), absent(CATEGORY)),
        (every(described, equal(LENGTH, 0)), every(described, absent(LENGTH))),
    ]


def _any_chosen(test: Logic, fact: str = CATEGORY) -> Logic:
    return False if test is False else every(known(fact), {"some": [var(fact), test]})


@translates("remark_rule")
def remark_rule(kind, today: date) -> Parts | None:
    if kind.subject_words or kind.must_contain:
        return None
    declaration = "service.remark_has_personal_declaration"
    parts: Parts = []
    if kind.min_length:
        excused = _any_chosen(
            one_of(var(""), kind.unless_contents) if kind.unless_contents else False
        )
        short = compared(LENGTH, "<", kind.min_length)
        parts.append((every(short, negated(excused)), absent(LENGTH)))
    if kind.personal_declaration:
        parts.append((equal(declaration, False), absent(declaration)))
    return parts


@translates("pre_approval_ticked")
def pre_approval_ticked(kind, today: date) -> Parts:
    ticked = "service.pre_approval_ticked"
    if kind.only:
        concerned = _any_chosen(one_of(var(""), kind.only), ticked)
    else:
        concerned = _any_chosen(negated(one_of(var(""), kind.free)), ticked)
    return [(every(concerned, lacks((*kind.any_of, *kind.settled_by))), absent(ticked))]
