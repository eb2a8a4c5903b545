"""Which facts of the vocabulary our own builder tells, and where people and phones are from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from beian.crypto.digests import digest
from orders.dossier import Dossier, set_value
from orders.facts import order_facts, service_facts
from orders.register_lookup import RegisterView
from rules.loader import shipped_rule_set
from rules.vocabulary import FACTS
from tests.builders import filled_dossier, personal_dossier

pytestmark = pytest.mark.django_db

NOTHING_KNOWN = RegisterView(frozenset(), {})
# What nobody tells the rules yet: answers of registries and live checks, orders other than a
# first filing, and what no rule reads. The list only gets shorter.
NOT_TOLD = frozenset(
    [
        "app.features_complete",
        "domain.expiry",
        "domain.realname_matches_subject",
        "domain.realname_passed_on",
        "domain.registrant",
        "domain.registrant_script",
        "domain.registrar_domestic",
        "domain.resolution_active",
        "existing_sites.number_links_to_ministry",
        "existing_sites.reachable",
        "existing_sites.show_filed_name",
        "existing_sites.show_number",
        "order.differs_from_record",
        "principal.is_student",
        "subject.business_scope",
        "subject.credit_code_changed",
        "subject.found_in_register",
        "subject.name_changed",
        "subject.nature_before",
        "subject.registry_status",
        "subject.replaced_by_other_subject",
        "subject.same_legal_rep_as_before",
    ]
)
# A rule that begins to read one of these needs somebody who tells it.
NOT_READ = frozenset(["app.features_complete", "principal.is_student"])


def facts_of(dossier: Dossier, register: RegisterView = NOTHING_KNOWN) -> dict[str, Any]:
    return {**order_facts(dossier, register), **service_facts(dossier, 0, register)}


def with_another_person() -> Dossier:
    dossier = filled_dossier()
    changes = {
        "services[0].resource": "00000000-0000-0000-0000-000000000001",
        "subject.cert_long_term": False,
        "subject.cert_valid_to": date(2035, 1, 1),
        "subject.has_trade_name": True,
        "subject.has_seal": True,
        "subject.doc_is_electronic": False,
        "subject.licence_number": "示例000001",
        "subject.licence_seal": "other",
        "services[0].principal.same_as_subject_principal": False,
        "services[0].principal.email": "other@example.com",
        "services[0].principal.mobile": dossier.subject.principal.mobile,
        "services[0].principal.cert_type": "id_card",
        "services[0].principal.cert_number": dossier.subject.principal.cert_number,
        "services[0].principal.emergency_phone": "13700000023",
        "services[0].principal.valid_to": date(2035, 1, 1),
        "subject.principal.emergency_phone": dossier.subject.principal.mobile,
        "commitment_letter.signed_on": date(2026, 9, 1),
        "residence_permit.expiry": date(2030, 1, 1),
        "residence_permit.address_matches_contact": True,
    }
    for path, value in changes.items():
        set_value(dossier, path, value)
    return dossier


def test_facts_nobody_tells_are_known_and_only_become_fewer() -> None:
    dossier = with_another_person()
    domain = dossier.services[0].domains[0]
    register = RegisterView(
        frozenset(),
        {domain: date(2020, 1, 1)},
        service_names=(),
        photo_reused=False,
        own=frozenset({("mobile", digest("phone", dossier.subject.principal.mobile))}),
    )
    told = {**facts_of(dossier, register), **facts_of(personal_dossier())}

    assert FACTS.keys() - told.keys() == NOT_TOLD


def test_facts_no_rule_reads_are_known() -> None:
    kinds = [rule.kind for rule in shipped_rule_set().rules if rule.kind is not None]

    assert NOT_TOLD - {fact for kind in kinds for fact in kind.reads()} == NOT_READ


def test_id_number_tells_where_a_units_person_is_from() -> None:
    dossier = filled_dossier()
    number = dossier.subject.principal.cert_number

    facts = facts_of(dossier)

    assert facts["principal.id_province"] == facts["legal_rep.id_province"] == number[:2]


def test_address_on_a_natural_persons_id_goes_before_its_number() -> None:
    dossier = personal_dossier()
    set_value(dossier, "subject.cert_address", "广东省广州市示范路1号")

    assert facts_of(dossier)["principal.id_province"] == "44"


def test_mobile_is_from_where_the_table_or_an_operator_says(change_setting) -> None:
    dossier = filled_dossier()
    set_value(dossier, "subject.principal.mobile", "13805710000")
    assert facts_of(dossier)["principal.mobile_province"] == "33"

    change_setting("phones.corrected_areas", ["1380571=44"])
    assert facts_of(dossier)["principal.mobile_province"] == "44"


def test_emergency_phone_of_a_responsible_person_is_no_third_persons() -> None:
    told = facts_of(with_another_person())

    assert told["principal.emergency_is_third_person"] is False
    assert "principal.emergency_is_third_person" not in facts_of(filled_dossier())
