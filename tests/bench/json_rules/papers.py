"""Identity documents, papers everybody brings, and the subject's own document."""

from __future__ import annotations

from datetime import date

from rules.kinds.dates import add_months
from rules.kinds.subject_documents import CHECKS, REMARKS
from tests.bench.json_rules.expressions import (
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
    negated,
    one_of,
    persons,
    some,
    var,
)
from tests.bench.json_rules.translators import Parts, translates


@translates("document_min_validity", "domain_min_validity")
def document_min_validity(kind, today: date) -> Parts:
    fact = kind.expiry_fact
    applies = differs(SAME, True) if fact.startswith("service_principal.") else True
    needed = add_months(today, kind.months).isoformat()
    short = compared(fact, "<" if kind.inclusive else "<=", needed)
    if kind.material is not None:
        run_out = {"<": [var(fact), today.isoformat()]}
        short = every(short, some(run_out, lacks((kind.material,))))
    return [(every(applies, short), every(applies, absent(fact)))]


@translates("id_types_by_residency")
def id_types(kind, today: date) -> Parts:
    residency = _residency(kind)
    of_service = (kind.type_fact or kind.residency_fact).startswith("service_principal.")
    applies = differs(SAME, True) if of_service and not kind.also_same_person else True
    parts: Parts = []
    if kind.denied:
        parts.append((one_of(kind.type_fact, kind.denied), absent(kind.type_fact)))
    if kind.allowed or kind.papers:
        parts.append((False, absent(residency)))
    for where, types in kind.allowed.items():
        parts.append(_allowed(kind, equal(residency, where), types))
    for where, sets in kind.papers.items():
        parts.append(_papers(kind, equal(residency, where), where, sets))
    return [(every(applies, found), every(applies, unknown)) for found, unknown in parts]


def _residency(kind) -> Logic:
    if kind.residency_fact == "legal_rep.residency":
        return legal_rep("residency")
    if kind.also_same_person:
        return next(persons(("service_principal",), "residency"))[1]
    return var(kind.residency_fact)


def _allowed(kind, concerned: Logic, types: tuple[str, ...]) -> tuple[Logic, Logic]:
    if not types:
        return concerned, False
    other = every(known(kind.type_fact), negated(one_of(kind.type_fact, types)))
    return every(concerned, other), every(concerned, absent(kind.type_fact))


def _papers(kind, concerned: Logic, where: str, sets) -> tuple[Logic, Logic]:
    lacking = lacks(sets=sets)
    if kind.type_fact is None:
        return every(concerned, lacking), False
    with_own = [
        every(*(some(negated(lacks((paper,))), equal(kind.type_fact, paper)) for paper in way))
        for way in sets
    ]
    found = every(concerned, known(kind.type_fact), negated(some(*with_own)))
    unknown = every(concerned, absent(kind.type_fact), lacking)
    return found, False if kind.allowed.get(where) else unknown


@translates("always_required_document")
def always_required_document(kind, today: date) -> Parts | None:
    if kind.subject_words or kind.max_working_days is not None:
        return None
    filed, resources = "domain.filed_before", "service.resource_count"
    asked: list[Logic] = []
    unknown: list[Logic] = []
    if kind.filed_from is not None:
        asked.append(compared(filed, ">=", kind.filed_from.isoformat()))
        unknown.append(absent(filed))
    if kind.resources_over is not None:
        asked.append(compared(resources, ">", kind.resources_over))
        unknown.append(absent(resources))
    papers = [lacks(kind.any_of)] if kind.any_of else []
    papers += [lacks((paper,)) for paper in kind.all_of]
    return [(every(*asked, some(*papers)), some(*unknown))]


@translates("subject_document_quality")
def subject_document_quality(kind, today: date) -> Parts | None:
    if kind.subject_words or kind.number_prefix is not None:
        return None
    if kind.all_together and kind.files_as is not None:
        return None
    missing = lacks((kind.material,)) if kind.material is not None else True
    fails = [_fails(kind, check) for check in kind.checks]
    gaps = [absent(CHECKS[check][0]) for check in kind.checks]
    if kind.all_together:
        open_ = [some(fail, gap) for fail, gap in zip(fails, gaps, strict=True)]
        return [(every(missing, *fails), every(missing, *open_))]
    told = every(missing, negated(some(*gaps))) if kind.files_as is not None else False
    return [(every(missing, some(*fails)), every(missing, some(*gaps))), (told, False)]


def _fails(kind, check: str) -> Logic:
    fact, failing = CHECKS[check]
    if check == "trade_name" and kind.trade_name_remarks:
        explained = every(known(REMARKS), contains(REMARKS, kind.trade_name_remarks))
        return every(equal(fact, failing), negated(explained))
    return equal(fact, failing)


@translates("registry_status")
def registry_status(kind, today: date) -> Parts:
    status = "subject.registry_status"
    return [(one_of(status, kind.bad), absent(status))]
