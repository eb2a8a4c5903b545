"""The builder of facts: what a draft tells the rules, and what stays unknown."""

from datetime import date

import pytest

from beian import clock
from orders.apply.addresses import WrittenAddress, read_address
from orders.dossier import Dossier, settle
from orders.facts import order_facts, service_facts
from orders.register_lookup import RegisterView
from rules.engine import evaluate
from rules.facts import read_facts
from tests.builders import MOBILE, filled_dossier

# Corrections of phone areas are a setting.
pytestmark = pytest.mark.django_db

NOTHING_KNOWN = RegisterView(frozenset(), {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("浙江省杭州市上城区示范路1号", WrittenAddress("33", "3301", "上城区示范路1号")),
        ("杭州市上城区示范路1号", WrittenAddress("33", "3301", "上城区示范路1号")),
        ("北京市海淀区示范街2号", WrittenAddress("11", "1101", "海淀区示范街2号")),
        ("内蒙古呼和浩特市示范路3号", WrittenAddress("15", "1501", "示范路3号")),
        ("海南省琼海市嘉积镇", WrittenAddress("46", "469002", "嘉积镇")),
        ("浙江省 杭州市 示范路", WrittenAddress("33", "3301", "示范路")),
        ("示范路1号", WrittenAddress("", "", "示范路1号")),
        ("", WrittenAddress("", "", "")),
    ],
)
def test_address_is_parted_into_region_and_detail(text, expected):
    assert read_address(text) == expected


def test_facts_of_an_empty_draft_say_nothing_about_what_was_not_entered():
    dossier = Dossier()

    facts = {**order_facts(dossier, NOTHING_KNOWN), **service_facts(dossier, 0, NOTHING_KNOWN)}

    assert facts == {
        "service_type": "website",
        "order.new_services": 1,
        "order.new_domains": 0,
        "order.max_domains_per_service": 0,
        "order.also_changes_subject_data": False,
        "principal.replaced_in_this_order": False,
        "service.remark_length": 0,
        "service.remarks": "",
        "subject.remarks": "",
    }


def test_facts_of_a_filled_draft_are_read_by_the_rules():
    dossier = filled_dossier()

    facts = {**order_facts(dossier, NOTHING_KNOWN), **service_facts(dossier, 0, NOTHING_KNOWN)}

    known = read_facts(facts)
    assert known["subject.doc_province"] == known["contact.province"] == "33"
    assert known["subject.doc_city"] == known["contact.city"] == "3301"
    assert known["principal.birth_date"] == date(1985, 1, 1)
    assert known["legal_rep.birth_date"] == known["principal.birth_date"]
    assert known["principal.residency"] == known["legal_rep.residency"] == "mainland"
    assert known["domain.suffix"] == "com"
    assert known["service.pre_approval_ticked"] == ("none",)
    assert known["service_principal.mobile"] == MOBILE


def test_certificate_without_end_is_a_known_null():
    facts = order_facts(filled_dossier(), NOTHING_KNOWN)

    assert facts["subject.doc_expiry"] is None
    assert facts["principal.id_expiry"] == filled_dossier().subject.principal.valid_to


def test_permit_of_two_residencies_leaves_the_residency_unknown():
    dossier = filled_dossier(**{"subject.principal.cert_type": "hk_travel_permit"})

    assert "principal.residency" not in order_facts(dossier, NOTHING_KNOWN)


@pytest.mark.parametrize(
    ("cert_type", "number", "sex"),
    [
        ("id_card", "11010519491231002X", "female"),
        ("id_card", "110105194912310038", "male"),
        ("id_card", "110105194912310021", None),  # a wrong check digit tells nothing
        ("passport", "E12345678", None),
    ],
)
def test_sex_is_read_from_a_sound_id_number(cert_type, number, sex):
    changes = {
        "subject.principal.cert_type": cert_type,
        "subject.principal.cert_number": number,
    }

    facts = order_facts(filled_dossier(**changes), NOTHING_KNOWN)

    assert facts.get("principal.sex") == sex


def test_another_service_principal_is_never_the_legal_representative_beside_one():
    dossier = filled_dossier(
        **{
            "services[0].principal.same_as_subject_principal": False,
            "services[0].principal.email": "LIN@example.com",
        }
    )

    facts = service_facts(dossier, 0, NOTHING_KNOWN)

    assert facts["service_principal.is_legal_rep"] is False
    assert facts["service_principal.same_as_principal"] is False
    assert facts["service_principal.email_equals_principal"] is True


DELEGATED = {
    "subject.principal.is_legal_representative": False,
    "services[0].principal.same_as_subject_principal": False,
}


@pytest.mark.parametrize("answer", [True, False, None])
def test_service_principal_beside_a_delegate_is_what_the_answer_says(answer):
    dossier = filled_dossier(
        **DELEGATED, **{"services[0].principal.is_legal_representative": answer}
    )

    facts = service_facts(dossier, 0, NOTHING_KNOWN)

    assert facts.get("service_principal.is_legal_rep") is answer


def test_answer_nobody_asks_for_any_more_is_not_kept():
    dossier = filled_dossier(**DELEGATED, **{"services[0].principal.is_legal_representative": True})
    settle(dossier)
    kept = dossier.services[0].principal.is_legal_representative
    dossier.subject.principal.is_legal_representative = True

    settle(dossier)

    assert (kept, dossier.services[0].principal.is_legal_representative) == (True, None)


@pytest.mark.parametrize(
    ("answer", "demanded"), [(False, ["auth_letter_service_principal"]), (True, [])]
)
def test_letter_of_a_service_principal_beside_a_delegate_is_demanded(answer, demanded):
    dossier = filled_dossier(
        **DELEGATED, **{"services[0].principal.is_legal_representative": answer}
    )
    facts = {**order_facts(dossier, NOTHING_KNOWN), **service_facts(dossier, 0, NOTHING_KNOWN)}

    found = evaluate(facts, province="51", order_type="first", today=clock.today())

    assert [finding.material for finding in found if finding.rule == "51-02"] == demanded


@pytest.mark.parametrize("domain", ["www.shili-keji.com", "203.0.113.24", "nothing"])
def test_what_is_no_domain_gives_no_fact(domain):
    dossier = filled_dossier(**{"services[0].domains": [domain]})

    assert "domain.name" not in service_facts(dossier, 0, NOTHING_KNOWN)


def test_second_contact_is_the_office_phone_or_else_the_emergency_phone():
    dossier = filled_dossier()
    emergency = dossier.subject.principal.emergency_phone
    office = filled_dossier(**{"subject.principal.office_phone": "057112345678"})

    known = order_facts(dossier, NOTHING_KNOWN), order_facts(office, NOTHING_KNOWN)

    assert [facts["principal.second_contact"] for facts in known] == [emergency, "057112345678"]
