"""The builder of facts: what a draft tells the rules, and what stays unknown."""

from datetime import date

import pytest

from beian import clock
from beian.crypto.digests import digest
from beian.models import InternetService, RegisteredPerson, ServiceDomain, Subject
from orders.apply.addresses import WrittenAddress, read_address
from orders.dossier import Dossier
from orders.facts import facts_of, order_facts, service_facts
from orders.models import FilingOrder
from orders.register_lookup import RegisterView, look_up
from rules.facts import read_facts
from tests.builders import MOBILE, filled_dossier, make_applicant, make_order

NOTHING_KNOWN = RegisterView(frozenset(), {})


def register_subject(account, *, mobile: str, domain: str, number: str = "9133") -> Subject:
    """A subject on record with one person and one website."""
    subject = Subject.objects.create(
        account=account,
        subject_number=f"浙ICP备{number}号",
        province="33",
        nature="enterprise",
        name="样例商贸有限公司",
        cert_type="business_licence",
        cert_number=number,
        cert_digest=digest("certificate", number),
        filed_at=clock.now(),
    )
    service = InternetService.objects.create(
        subject=subject,
        kind="website",
        name="样例",
        service_number=f"{subject.subject_number}-1",
        order_id="00000000-0000-0000-0000-000000000001",
        dossier_ref="00000000-0000-0000-0000-000000000002",
        filed_at=clock.now(),
    )
    ServiceDomain.objects.create(service=service, name=domain, punycode=domain)
    RegisteredPerson.objects.create(
        subject=subject,
        full_name="王样例",
        cert_type="id_card",
        cert_number="X",
        cert_digest=digest("certificate", "X"),
        mobile=mobile,
        mobile_digest=digest("phone", mobile),
        emergency_phone="057187654321",
        emergency_digest=digest("phone", "057187654321"),
        email="wang@example.com",
        email_digest=digest("mail", "wang@example.com"),
    )
    return subject


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
        "order.existing_services": 0,
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


@pytest.mark.parametrize("domain", ["www.shili-keji.com", "203.0.113.24", "nothing"])
def test_what_is_no_domain_gives_no_fact(domain):
    dossier = filled_dossier(**{"services[0].domains": [domain]})

    assert "domain.name" not in service_facts(dossier, 0, NOTHING_KNOWN)


@pytest.mark.django_db
def test_contacts_of_another_subject_are_found_in_the_register():
    applicant = make_applicant()
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    register_subject(other.account, mobile=MOBILE, domain="yangli.com")

    facts = facts_of(make_order(applicant))

    assert facts["principal.mobile_used_by_other_subject"] is True
    assert facts["principal.email_used_by_other_subject"] is False
    assert "domain.filed_before" not in facts


@pytest.mark.django_db
def test_contacts_of_the_own_subject_are_nobody_elses():
    applicant = make_applicant()
    register_subject(applicant.account, mobile=MOBILE, domain="yangli.com")

    facts = facts_of(make_order(applicant))

    assert facts["principal.mobile_used_by_other_subject"] is False


@pytest.mark.django_db
def test_domain_on_record_is_a_fact_with_its_day():
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    register_subject(other.account, mobile="13900000000", domain="shili-keji.com")

    facts = facts_of(make_order(make_applicant()))

    assert facts["domain.filed_before"] == clock.today()


@pytest.mark.django_db
def test_look_up_costs_the_same_whatever_the_draft_holds(django_assert_num_queries):
    full = make_order(make_applicant())
    account = make_applicant(phone="13800000035", account_name="样例商贸").account
    empty = FilingOrder(account=account)
    empty.put_dossier(Dossier())

    with django_assert_num_queries(1):
        look_up(full, full.dossier)
    with django_assert_num_queries(0):
        look_up(empty, empty.dossier)
