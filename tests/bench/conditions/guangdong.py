"""What Guangdong asks of a first filing of websites."""

from __future__ import annotations

from datetime import date
from typing import Any

from rules.kinds.dates import add_months
from tests.bench.conditions import national
from tests.bench.conditions.national import FOUND, UNKNOWN, Facts, Verdicts

PROVINCE = "44"
RULES = frozenset(
    {
        "44-02/new",
        "44-03",
        "44-04",
        "44-05",
        "44-06/proof",
        "44-07/principal",
        "44-07/subject",
        "44-08",
        "44-09",
        "44-10/papers",
        "44-11",
        "44-12",
        "44-14/remark",
        "44-17",
        "N01",
        "N03",
        "N05",
        "N06",
        "N07",
        "N07/own_units",
        "N08",
        "N09",
        "N10/principal",
        "N10/service_principal",
        "N11/principal",
        "N11/service_principal",
        "N11/subject",
        "N12/electronic",
        "N13/personal",
        "N14/registrar",
        "N15",
        "N16",
        "N17",
        "N18",
        "N21",
        "N22/ticked",
        "N25",
        "N28/order",
        "N28/order_unit",
        "N35/floor",
    }
)
PAPERS_OF_MANY = frozenset({"domain_certificate", "site_plan", "id_copy", "access_contract"})
PERMIT = frozenset({"residence_permit", "residence_permit_status_page"})
ID_TYPES = {
    **national.ID_TYPES,
    "hk": ("hk_macau_residence_permit",),
    "macau": ("hk_macau_residence_permit",),
}


def conditions(
    order: Facts, services: list[dict[str, Any]], today: date, papers: frozenset[str]
) -> Verdicts:
    says: Verdicts = []
    in_three_months = add_months(today, 3)
    nature = order.get("subject.nature")
    _order(order, in_three_months, says)
    if nature == "personal":
        _person(order, today, papers, says)
    else:
        _unit(order, papers, says)
    if nature == "government":
        national.of_government(papers, says)
    floor, sixteen, adult = (national.born_by(today, years) for years in (14, 16, 18))
    for index, service in enumerate(services):
        national.youth("N35/floor", order, service, index, floor, says)
        national.two_people(order, service, index, says)
        national.emergency(order, service, index, says)
        national.domain(service, index, today, says)
        national.ticked(service, index, papers, says)
        national.expiry("N15", index, service, "domain.expiry", in_three_months, says)
        if nature == "personal":
            _service_of_person(service, index, says)
        else:
            national.youth("44-03", order, service, index, sixteen, says)
            _work(order, service, index, (sixteen, adult), papers, says)
            _service_of_unit(order, service, index, in_three_months, papers, says)
    return says


def _order(order: Facts, in_three_months: date, says: Verdicts) -> None:
    national.of_everybody(order, PROVINCE, says)
    national.expiry("N11/principal", 0, order, "principal.id_expiry", in_three_months, says)
    national.expiry("N11/subject", 0, order, "subject.doc_expiry", in_three_months, says)
    second, mobile = order.get("principal.second_contact"), order.get("principal.mobile")
    if second is None or mobile is None:
        says.append(("44-08", 0, UNKNOWN))
    elif second and second == mobile and second != order.get("principal.emergency_phone"):
        says.append(("44-08", 0, FOUND))


def _unit(order: Facts, papers: frozenset[str], says: Verdicts) -> None:
    national.own_units(order, says)
    national.order_size("N28/order_unit", 5, order, says)
    national.of_units(order, PROVINCE, says)
    residency = order.get("principal.residency")
    national.id_type("N10/principal", 0, order.get("principal.id_type"), residency, says)
    is_legal_rep = order.get("principal.is_legal_rep")
    if is_legal_rep is None:
        says.append(("44-02/new", 0, UNKNOWN))
    elif not is_legal_rep:
        says.append(("44-02/new", 0, FOUND))
    _many("44-11", 31, order, papers, says)
    _city(order, says)


def _many(rule: str, most: int, order: Facts, papers: frozenset[str], says: Verdicts) -> None:
    labels = order.get("order.domain_labels")
    if labels is None:
        filed = order.get("order.existing_domains")
        if filed is None:
            filed = order.get("order.existing_services")
        new = order.get("order.new_domains")
        if filed is None or new is None:
            says.append((rule, 0, UNKNOWN))
            return
        labels = filed + new
    if labels > most and not papers >= PAPERS_OF_MANY:
        says.append((rule, 0, FOUND))


def _city(order: Facts, says: Verdicts) -> None:
    for area in (order.get("contact.province"), order.get("subject.doc_province")):
        if area is not None and area != PROVINCE:
            return
    contact, document = order.get("contact.city"), order.get("subject.doc_city")
    if contact is None or document is None:
        says.append(("44-17", 0, UNKNOWN))
    elif contact != document:
        says.append(("44-17", 0, FOUND))


def _person(order: Facts, today: date, papers: frozenset[str], says: Verdicts) -> None:
    national.order_size("N28/order", 1, order, says)
    born = order.get("principal.birth_date")
    if born is None:
        says.append(("44-05", 0, UNKNOWN))
    elif born > national.born_by(today, 18):
        says.append(("44-05", 0, FOUND))
    residency = order.get("principal.residency")
    own, other = order.get("principal.id_type"), order.get("subject.doc_type")
    national.id_type("44-07/principal", 0, own, residency, says, ID_TYPES)
    national.id_type("44-07/subject", 0, other, residency, says, ID_TYPES)
    national.reuse("44-09", order, {"service_principal.same_as_principal": True}, 0, says)
    _many("44-10/papers", 5, order, papers, says)
    _residence(order, today, papers, says)


def _residence(order: Facts, today: date, papers: frozenset[str], says: Verdicts) -> None:
    own, other = order.get("subject.doc_province"), order.get("principal.id_province")
    if own is None and other is None:
        says.append(("44-06/proof", 0, UNKNOWN))
        return
    if own in (None, PROVINCE) and other in (None, PROVINCE):
        return
    if "property_deed" in papers or "social_insurance_proof" in papers:
        return
    expiry = order.get("residence_permit.expiry")
    if not papers >= PERMIT or (expiry is not None and expiry < today):
        says.append(("44-06/proof", 0, FOUND))
    elif "residence_permit.expiry" not in order:
        says.append(("44-06/proof", 0, UNKNOWN))


def _work(
    order: Facts,
    service: Facts,
    index: int,
    ages: tuple[date, date],
    papers: frozenset[str],
    says: Verdicts,
) -> None:
    """Who is sixteen or seventeen proves a job or an income."""
    sixteen, adult = ages
    births = [order.get("principal.birth_date")]
    if service.get("service_principal.same_as_principal") is not True:
        births.append(service.get("service_principal.birth_date"))
    is_young = any(born is not None and adult < born <= sixteen for born in births)
    if is_young and "employment_or_income_proof" not in papers:
        says.append(("44-04", index, FOUND))
    elif None in births:
        says.append(("44-04", index, UNKNOWN))


def _service_of_unit(
    order: Facts,
    service: Facts,
    index: int,
    in_three_months: date,
    papers: frozenset[str],
    says: Verdicts,
) -> None:
    national.letter(order, service, index, papers, says)
    national.reuse("N09", order, service, index, says)
    national.holder("44-12", service, index, says, ("legal_rep",))
    if service.get("service_principal.same_as_principal") is not True:
        own, residency = "service_principal.id_type", "service_principal.residency"
        national.id_type(
            "N10/service_principal", index, service.get(own), service.get(residency), says
        )
        fact = "service_principal.id_expiry"
        national.expiry("N11/service_principal", index, service, fact, in_three_months, says)


def _service_of_person(service: Facts, index: int, says: Verdicts) -> None:
    national.one_person(service, index, says)
    national.holder("N13/personal", service, index, says)
    national.personal_contents("N21", service, index, says)
    length = service.get("service.remark_length")
    if length is None:
        says.append(("44-14/remark", index, UNKNOWN))
    elif length < 1 and "other" not in (service.get("service.content_category") or ()):
        says.append(("44-14/remark", index, FOUND))
