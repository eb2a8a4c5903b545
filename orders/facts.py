"""The builder of facts: what rules see of an order, from its dossier and our register.

`rules/vocabulary.py` lists the facts. What nobody has looked up (company register, domain registry,
attribution of phone numbers) is left out, which means unknown: never a block, advice to the
reviewer.
"""

from typing import TYPE_CHECKING, Any

from orders.apply.addresses import read_address
from orders.certificates import bears_credit_code, birth_date_of, id_province_of, residency_of
from orders.dossier import NO_NUMBER, Dossier, Person, ServicePart
from orders.enums import OrderType
from orders.person_facts import NO_END, is_third_persons, person_facts
from orders.register_lookup import RegisterView, look_up
from rules.domains import Domain, read_domain
from rules.regions import PROVINCE_DIGITS
from rules.wordlists import word_list

if TYPE_CHECKING:
    from orders.models import FilingOrder

Facts = dict[str, Any]

# Our order types in the words of the facts vocabulary.
RULE_ORDER_TYPES: dict[str, str] = {OrderType.FIRST: "first"}
_MAY_BE_EMPTY = {"subject.remarks", "service.remarks", "subject.licence_number"}


def facts_of(order: "FilingOrder", service: int = 0) -> Facts:
    """Return known facts of the order and of one of its services as one flat mapping."""
    dossier = order.dossier
    register = look_up(order, dossier)
    return {**order_facts(dossier, register), **service_facts(dossier, service, register)}


def order_facts(dossier: Dossier, register: RegisterView) -> Facts:
    """Facts said once about the whole order."""
    principal = dossier.subject.principal
    facts = {
        **_subject(dossier),
        **_contact(dossier),
        **_papers(dossier),
        "verification_photo.reused": register.photo_reused,
        **person_facts("principal", principal, register),
        "principal.emergency_is_third_person": is_third_persons(principal, dossier),
        "principal.is_legal_rep": principal.is_legal_representative,
        "principal.second_contact": principal.office_phone or principal.emergency_phone,
        "principal.replaced_in_this_order": False,
        "order.new_services": len(dossier.services),
        "order.new_domains": sum(len(service.domains) for service in dossier.services),
        "order.max_domains_per_service": max(len(item.domains) for item in dossier.services),
        **_on_record(dossier, register),
        "order.also_changes_subject_data": False,
    }
    if dossier.is_personal:
        # The address on the person's own ID, which is the subject's document, tells more than
        # where its number was first issued.
        facts["principal.id_province"] = facts["subject.doc_province"]
    facts |= _legal_rep(dossier)
    if principal.is_legal_representative:
        same = register.only_same_legal_rep(principal)
        facts["principal.other_use_is_same_legal_rep"] = None if dossier.is_personal else same
        facts |= _at_own_units(principal, register)
    people = _service_people(dossier)
    if all(person.cert_number for person in people):
        same = len({person.cert_number for person in people}) == 1
        facts["service_principal.all_services_same_person"] = same
    return _known(facts)


def _legal_rep(dossier: Dossier) -> Facts:
    """What the certificate of a responsible person tells who is it, else what was answered."""
    is_other = dossier.subject.principal.is_legal_representative is False
    answered = dossier.legal_rep.residency if is_other else None
    head = dossier.head
    if head is None:
        return {"legal_rep.residency": answered}
    return {
        "legal_rep.residency": residency_of(head.cert_type, head.cert_number) or answered,
        "legal_rep.birth_date": birth_date_of(head),
        "legal_rep.id_province": id_province_of(head),
    }


def _at_own_units(principal: Person, register: RegisterView) -> Facts:
    """Whether the legal representative is reached otherwise at other units of their own."""
    return {
        f"principal.{column}_differs_at_own_units": differs
        for column, differs in register.differs_at_own_units(principal).items()
    }


def service_facts(dossier: Dossier, index: int, register: RegisterView) -> Facts:
    """Facts of one service, its domain and its principal."""
    service = dossier.services[index]
    chosen = service.principal
    person = dossier.service_principal(index)
    facts = {
        "service_type": service.kind,
        **_website(service),
        "service.name_used_by_own_service": _is_name_used(dossier, index, register),
        "service.resource_count": 1 if service.resource else None,
        "service.remark_has_personal_declaration": _declares_personal(service)
        if dossier.is_personal
        else None,
        **_domain(service, register),
        **person_facts("service_principal", person, register),
        "service_principal.same_as_principal": chosen.same_as_subject_principal,
        "service_principal.is_legal_rep": _is_legal_representative(dossier, index),
        "service_principal.serves_other_unit": register.serves_other_unit(person),
    }
    own_mail, subject_mail = chosen.email, dossier.subject.principal.email
    if chosen.same_as_subject_principal is False and own_mail and subject_mail:
        same = own_mail.lower() == subject_mail.lower()
        facts["service_principal.email_equals_principal"] = same
    return _known(facts)


def _is_legal_representative(dossier: Dossier, index: int) -> bool | None:
    """A unit has one: when the subject principal is it, nobody else can be."""
    chosen = dossier.services[index].principal
    if dossier.may_head(index):
        return chosen.is_legal_representative
    of_subject = dossier.subject.principal.is_legal_representative
    if chosen.same_as_subject_principal is True:
        return of_subject
    return False if chosen.same_as_subject_principal is False and of_subject else None


def _subject(dossier: Dossier) -> Facts:
    subject = dossier.subject
    written = read_address(subject.cert_address)
    facts: Facts = {
        "subject.nature": subject.rule_nature,
        "subject.name": subject.name,
        "subject.doc_type": subject.cert_type,
        "subject.doc_province": written.province,
        "subject.doc_city": written.city,
        "subject.doc_address": subject.cert_address,
        "subject.remarks": subject.remarks,
        "subject.has_trade_name": subject.has_trade_name,
        "subject.has_seal": subject.has_seal,
        "subject.doc_is_electronic": subject.doc_is_electronic,
        "subject.licence_is_merged": bears_credit_code(subject.cert_type, subject.cert_number),
        "subject.licence_seal": subject.licence_seal,
        "subject.licence_number": ""
        if subject.licence_number == NO_NUMBER
        else subject.licence_number,
    }
    if subject.cert_valid_to or subject.cert_long_term:
        facts["subject.doc_expiry"] = NO_END if subject.cert_long_term else subject.cert_valid_to
    return facts


def _papers(dossier: Dossier) -> Facts:
    permit = dossier.residence_permit
    return {
        "commitment_letter.signed_on": dossier.commitment_letter.signed_on,
        "residence_permit.expiry": permit.expiry,
        "residence_permit.address_matches_contact": permit.address_matches_contact,
    }


def _on_record(dossier: Dossier, register: RegisterView) -> Facts:
    """What the subject has filed already, and its names with the order's; unknown before its
    certificate is entered."""
    if register.service_names is None:
        return {}
    names = [name for service in dossier.services for name in service.domains]
    read = [read_domain(name) for name in [*register.own_domains, *names]]
    return {
        "order.existing_services": len(register.service_names),
        "order.existing_domains": len(register.own_domains),
        "order.domain_labels": len({item.label for item in read if isinstance(item, Domain)}),
    }


def _is_name_used(dossier: Dossier, index: int, register: RegisterView) -> bool | None:
    """Whether another service of the subject bears the name, on record or in the order."""
    name = dossier.services[index].name
    others = [item.name for place, item in enumerate(dossier.services) if place != index]
    if not name or name in others:
        return bool(name) or None
    return None if register.service_names is None else name in register.service_names


def _contact(dossier: Dossier) -> Facts:
    region = dossier.subject.contact_region
    return {
        "contact.province": region[:PROVINCE_DIGITS],
        "contact.city": region if len(region) > PROVINCE_DIGITS else "",
        "contact.address": dossier.subject.contact_address,
    }


def _website(service: ServicePart) -> Facts:
    return {
        "service.name": service.name,
        "service.content_category": service.content_categories,
        "service.remark_length": len(service.remarks),
        "service.remarks": service.remarks,
        "service.pre_approval_ticked": service.pre_approvals,
    }


def _declares_personal(service: ServicePart) -> bool:
    return word_list("personal_declarations").first_in(service.remarks) is not None


def _domain(service: ServicePart, register: RegisterView) -> Facts:
    """Of the first: a website is filed with one (工信管函〔2019〕633号), and its page takes one.

    The register is asked about all of them.
    """
    domain = read_domain(service.domains[0]) if service.domains else None
    if not isinstance(domain, Domain):
        return {}
    facts: Facts = {"domain.name": domain.unicode, "domain.suffix": domain.suffix}
    filed = register.filed_on(domain.ascii)
    if filed is not None:
        facts["domain.filed_before"] = filed
    return facts


def _service_people(dossier: Dossier) -> list[Person]:
    return [dossier.service_principal(index) for index in range(len(dossier.services))]


def _known(facts: Facts) -> Facts:
    """Leave out what was not entered; empty texts and lists say nothing yet, but nobody has to
    write remarks: none is an answer."""
    return {
        name: None if value is NO_END else value
        for name, value in facts.items()
        if value is not None and value != [] and (value != "" or name in _MAY_BE_EMPTY)
    }
