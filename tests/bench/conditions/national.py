"""National demands that both provinces leave as they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.calendar import NO_OVERRIDES, add_working_days

Facts = Mapping[str, Any]
# Rule, place of the service in the order, and whether something is found or unknown.
Verdicts = list[tuple[str, int, str]]

FOUND, UNKNOWN = "found", "unknown"
PERMITS = frozenset(
    {
        "pre_approval",
        "finance_approval",
        "religion_licence",
        "fund_listing",
        "game_publication_number",
        "drug_information_certificate",
        "publication_licence",
        "broadcast_production_licence",
        "medical_licence",
        "religion_approval",
        "education_approval",
    }
)
ID_TYPES = {
    "mainland": ("id_card",),
    "hk": ("hk_travel_permit", "hk_macau_residence_permit"),
    "macau": ("hk_travel_permit", "hk_macau_residence_permit"),
    "tw": ("tw_travel_permit", "tw_residence_permit"),
    "foreign": ("passport", "foreign_permanent_residence"),
}


def born_by(today: date, years: int) -> date:
    """The last birth date of those who are so old today."""
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return date(today.year - years, today.month, day)


def of_units(order: Facts, province: str, says: Verdicts) -> None:
    area = order.get("subject.doc_province")
    if area is None:
        says.append(("N01", 0, UNKNOWN))
    elif area != province:
        says.append(("N01", 0, FOUND))
    electronic = order.get("subject.doc_is_electronic")
    if electronic is None:
        says.append(("N12/electronic", 0, UNKNOWN))
    elif electronic:
        says.append(("N12/electronic", 0, FOUND))


def of_everybody(order: Facts, province: str, says: Verdicts) -> None:
    area = order.get("contact.province")
    if area is None:
        says.append(("N03", 0, UNKNOWN))
    elif area != province:
        says.append(("N03", 0, FOUND))
    domains = order.get("order.max_domains_per_service")
    if domains is None:
        says.append(("N17", 0, UNKNOWN))
    elif domains > 1:
        says.append(("N17", 0, FOUND))


def order_size(rule: str, most: int, order: Facts, says: Verdicts) -> None:
    new = order.get("order.new_services")
    if new is None:
        says.append((rule, 0, UNKNOWN))
    elif new > most:
        says.append((rule, 0, FOUND))


def of_government(papers: frozenset[str], says: Verdicts) -> None:
    if "gov_site_domain_form" not in papers:
        says.append(("N25", 0, FOUND))


def id_type(
    rule: str,
    index: int,
    document: str | None,
    residency: str | None,
    says: Verdicts,
    types: Mapping[str, tuple[str, ...]] = ID_TYPES,
) -> None:
    if residency is None or document is None:
        says.append((rule, index, UNKNOWN))
    elif document not in types[residency]:
        says.append((rule, index, FOUND))


def expiry(rule: str, index: int, facts: Facts, fact: str, limit: date, says: Verdicts) -> None:
    if fact not in facts:
        says.append((rule, index, UNKNOWN))
        return
    end = facts[fact]
    if end is not None and end < limit:
        says.append((rule, index, FOUND))


def letter(
    order: Facts, service: Facts, index: int, papers: frozenset[str], says: Verdicts
) -> None:
    same = service.get("service_principal.same_as_principal")
    if same is True:
        return
    own = service.get("service_principal.is_legal_rep")
    if own is None:
        if same is not False or order.get("principal.is_legal_rep") is not True:
            says.append(("N06", index, UNKNOWN))
            return
        own = False
    if not own and "auth_letter_service_principal" not in papers:
        says.append(("N06", index, FOUND))


def two_people(order: Facts, service: Facts, index: int, says: Verdicts) -> None:
    if service.get("service_principal.same_as_principal") is True:
        return
    theirs, own = service.get("service_principal.mobile"), order.get("principal.mobile")
    same_mail = service.get("service_principal.email_equals_principal")
    if same_mail or (theirs and theirs == own):
        says.append(("N07", index, FOUND))
    elif theirs is None or own is None or same_mail is None:
        says.append(("N07", index, UNKNOWN))


def emergency(order: Facts, service: Facts, index: int, says: Verdicts) -> None:
    number, mobile = order.get("principal.emergency_phone"), order.get("principal.mobile")
    is_equal = bool(number) and number == mobile
    is_unknown = number is None or mobile is None
    if service.get("service_principal.same_as_principal") is not True:
        number = service.get("service_principal.emergency_phone")
        mobile = service.get("service_principal.mobile")
        is_equal = is_equal or (bool(number) and number == mobile)
        is_unknown = is_unknown or number is None or mobile is None
    if is_equal:
        says.append(("N08", index, FOUND))
    elif is_unknown:
        says.append(("N08", index, UNKNOWN))


def reuse(rule: str, order: Facts, service: Facts, index: int, says: Verdicts) -> None:
    used = [
        order.get("principal.mobile_used_by_other_subject"),
        order.get("principal.emergency_used_by_other_subject"),
        order.get("principal.email_used_by_other_subject"),
    ]
    if rule == "N09" and order.get("principal.other_use_is_same_legal_rep") is True:
        used = [None if is_used is None else False for is_used in used]
    if service.get("service_principal.same_as_principal") is not True:
        used.append(service.get("service_principal.mobile_used_by_other_subject"))
        used.append(service.get("service_principal.emergency_used_by_other_subject"))
        used.append(service.get("service_principal.email_used_by_other_subject"))
    if True in used:
        says.append((rule, index, FOUND))
    elif None in used:
        says.append((rule, index, UNKNOWN))


def own_units(order: Facts, says: Verdicts) -> None:
    if (
        order.get("principal.mobile_differs_at_own_units")
        or order.get("principal.emergency_differs_at_own_units")
        or order.get("principal.email_differs_at_own_units")
    ):
        says.append(("N07/own_units", 0, FOUND))


def youth(rule: str, order: Facts, service: Facts, index: int, last: date, says: Verdicts) -> None:
    born = order.get("principal.birth_date")
    is_young, is_unknown = born is not None and born > last, born is None
    if service.get("service_principal.same_as_principal") is not True:
        born = service.get("service_principal.birth_date")
        is_young = is_young or (born is not None and born > last)
        is_unknown = is_unknown or born is None
    if is_young:
        says.append((rule, index, FOUND))
    elif is_unknown:
        says.append((rule, index, UNKNOWN))


def domain(service: Facts, index: int, today: date, says: Verdicts) -> None:
    domestic = service.get("domain.registrar_domestic")
    if domestic is None:
        says.append(("N14/registrar", index, UNKNOWN))
    elif not domestic:
        says.append(("N14/registrar", index, FOUND))
    passed = service.get("domain.realname_passed_on")
    if passed is None:
        says.append(("N16", index, UNKNOWN))
    elif add_working_days(passed, 3, NO_OVERRIDES) > today:
        says.append(("N16", index, FOUND))
    if service.get("domain.filed_before") is None:
        active = service.get("domain.resolution_active")
        if active is None:
            says.append(("N18", index, UNKNOWN))
        elif active:
            says.append(("N18", index, FOUND))


def holder(
    rule: str,
    service: Facts,
    index: int,
    says: Verdicts,
    allowed: tuple[str, ...] = (),
    is_proved: bool = True,
) -> None:
    registrant = service.get("domain.registrant")
    if registrant is not None and registrant != "subject":
        if registrant not in allowed or not is_proved:
            says.append((rule, index, FOUND))
        return
    matches = service.get("domain.realname_matches_subject")
    if matches is None:
        says.append((rule, index, UNKNOWN))
    elif not matches and (registrant or not allowed):
        says.append((rule, index, FOUND))
    elif not matches:
        says.append((rule, index, UNKNOWN))


def ticked(service: Facts, index: int, papers: frozenset[str], says: Verdicts) -> None:
    chosen = service.get("service.pre_approval_ticked")
    if chosen is None:
        says.append(("N22/ticked", index, UNKNOWN))
    elif any(key != "none" for key in chosen) and papers.isdisjoint(PERMITS):
        says.append(("N22/ticked", index, FOUND))


def one_person(service: Facts, index: int, says: Verdicts) -> None:
    same = service.get("service_principal.same_as_principal")
    if same is None:
        says.append(("N05", index, UNKNOWN))
    elif not same:
        says.append(("N05", index, FOUND))


def personal_contents(rule: str, service: Facts, index: int, says: Verdicts) -> None:
    chosen = service.get("service.content_category")
    if chosen is None:
        says.append((rule, index, UNKNOWN))
        return
    length = service.get("service.remark_length")
    if any(key not in ("blog", "other") for key in chosen) or ("other" in chosen and length == 0):
        says.append((rule, index, FOUND))
    elif "other" in chosen and length is None:
        says.append((rule, index, UNKNOWN))
