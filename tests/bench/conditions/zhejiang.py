"""What Zhejiang asks of a first filing of websites."""

from __future__ import annotations

from datetime import date
from typing import Any

from rules.kinds.dates import add_months
from tests.bench.conditions import national
from tests.bench.conditions.national import FOUND, UNKNOWN, Facts, Verdicts

PROVINCE = "33"
RULES = frozenset(
    {
        "33-01",
        "33-02",
        "33-03/name",
        "33-03/seal",
        "33-06",
        "33-07",
        "33-08",
        "33-09/principal",
        "33-09/service_principal",
        "33-09/subject",
        "33-10",
        "33-12/blog",
        "33-12/choice",
        "N01",
        "N03",
        "N05",
        "N06",
        "N07",
        "N07/own_units",
        "N08",
        "N09",
        "N10/personal",
        "N10/principal",
        "N10/service_principal",
        "N12/electronic",
        "N13/personal",
        "N13/unit",
        "N14/registrar",
        "N16",
        "N17",
        "N18",
        "N22/ticked",
        "N25",
        "N28",
        "N28/order",
        "N28/order_unit",
        "N35/floor",
    }
)
HOLDERS = ("legal_rep", "principal", "shareholder", "executive")


def conditions(
    order: Facts, services: list[dict[str, Any]], today: date, papers: frozenset[str]
) -> Verdicts:
    says: Verdicts = []
    in_three_months = add_months(today, 3)
    nature = order.get("subject.nature")
    _order(order, in_three_months, says)
    if nature == "personal":
        _person(order, papers, says)
    else:
        _unit(order, papers, says)
    if nature == "government":
        national.of_government(papers, says)
    elif nature == "sole_proprietor":
        _sole_proprietor(order, says)
    floor, adult = national.born_by(today, 14), national.born_by(today, 18)
    for index, service in enumerate(services):
        national.youth("N35/floor", order, service, index, floor, says)
        national.youth("33-08", order, service, index, adult, says)
        national.two_people(order, service, index, says)
        national.emergency(order, service, index, says)
        national.reuse("N09", order, service, index, says)
        national.domain(service, index, today, says)
        national.ticked(service, index, papers, says)
        national.expiry("33-07", index, service, "domain.expiry", in_three_months, says)
        if nature == "personal":
            _service_of_person(service, index, papers, says)
        else:
            _service_of_unit(order, service, index, in_three_months, papers, says)
    return says


def _order(order: Facts, in_three_months: date, says: Verdicts) -> None:
    national.of_everybody(order, PROVINCE, says)
    national.id_type(
        "N10/principal",
        0,
        order.get("principal.id_type"),
        order.get("principal.residency"),
        says,
    )
    national.expiry("33-09/principal", 0, order, "principal.id_expiry", in_three_months, says)
    national.expiry("33-09/subject", 0, order, "subject.doc_expiry", in_three_months, says)
    address = order.get("contact.address")
    if address is None:
        says.append(("33-10", 0, UNKNOWN))
    elif "市辖区" in address:
        says.append(("33-10", 0, FOUND))


def _unit(order: Facts, papers: frozenset[str], says: Verdicts) -> None:
    national.own_units(order, says)
    national.order_size("N28/order_unit", 5, order, says)
    national.of_units(order, PROVINCE, says)
    is_legal_rep = order.get("principal.is_legal_rep")
    if is_legal_rep is None:
        says.append(("33-01", 0, UNKNOWN))
    elif not is_legal_rep:
        says.append(("33-01", 0, FOUND))
    residency = order.get("legal_rep.residency")
    if residency is None and is_legal_rep:
        residency = order.get("principal.residency")
    if residency is None:
        says.append(("33-02", 0, UNKNOWN))
    elif residency == "foreign" and "passport" not in papers:
        # Whoever files with it has brought it.
        own = order.get("principal.id_type")
        if own != "passport":
            says.append(("33-02", 0, UNKNOWN if own is None else FOUND))


def _person(order: Facts, papers: frozenset[str], says: Verdicts) -> None:
    national.order_size("N28/order", 1, order, says)
    national.id_type(
        "N10/personal", 0, order.get("subject.doc_type"), order.get("principal.residency"), says
    )
    existing, new = order.get("order.existing_services"), order.get("order.new_services")
    if existing is None or new is None:
        says.append(("N28", 0, UNKNOWN))
    elif existing + new > 5:
        says.append(("N28", 0, FOUND))
    own, other = order.get("subject.doc_province"), order.get("principal.id_province")
    if own is None and other is None:
        says.append(("33-06", 0, UNKNOWN))
    elif "residence_permit" not in papers and (
        own not in (None, PROVINCE) or other not in (None, PROVINCE)
    ):
        says.append(("33-06", 0, FOUND))


def _sole_proprietor(order: Facts, says: Verdicts) -> None:
    seal = order.get("subject.has_seal")
    if seal is None:
        says.append(("33-03/seal", 0, UNKNOWN))
    else:  # without a seal none is accepted, with one it files as an enterprise
        says.append(("33-03/seal", 0, FOUND))
    trade_name = order.get("subject.has_trade_name")
    if trade_name is None:
        says.append(("33-03/name", 0, UNKNOWN))
    elif not trade_name:
        says.append(("33-03/name", 0, FOUND))


def _service_of_unit(
    order: Facts,
    service: Facts,
    index: int,
    in_three_months: date,
    papers: frozenset[str],
    says: Verdicts,
) -> None:
    national.letter(order, service, index, papers, says)
    is_proved = "relation_proof" in papers
    national.holder("N13/unit", service, index, says, HOLDERS, is_proved)
    if service.get("service_principal.same_as_principal") is not True:
        national.id_type(
            "N10/service_principal",
            index,
            service.get("service_principal.id_type"),
            service.get("service_principal.residency"),
            says,
        )
        fact = "service_principal.id_expiry"
        national.expiry("33-09/service_principal", index, service, fact, in_three_months, says)


def _service_of_person(service: Facts, index: int, papers: frozenset[str], says: Verdicts) -> None:
    national.one_person(service, index, says)
    national.holder("N13/personal", service, index, says)
    national.personal_contents("33-12/choice", service, index, says)
    chosen = service.get("service.content_category")
    if chosen is None:
        says.append(("33-12/blog", index, UNKNOWN))
    elif "blog" in chosen and "pre_approval" not in papers:
        says.append(("33-12/blog", index, FOUND))
