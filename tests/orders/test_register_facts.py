"""What the register tells the rules: data other subjects use, and domains on record."""

from uuid import uuid4

import pytest

from beian import clock
from beian.crypto.digests import digest
from beian.models import InternetService, RegisteredPerson, ServiceDomain, Subject
from orders.dossier import Dossier
from orders.facts import facts_of
from orders.findings import blocking_findings
from orders.models import FilingOrder
from orders.register_lookup import look_up
from tests.builders import MOBILE, filled_dossier, make_applicant, make_order


def register_subject(
    account,
    *,
    mobile: str,
    domain: str,
    number: str = "9133",
    nature: str = "enterprise",
    person: str = "X",
) -> Subject:
    """A subject on record with one website and one person, of the subject and in charge of it."""
    subject = Subject.objects.create(
        account=account,
        subject_number=f"浙ICP备{number}号",
        province="33",
        nature=nature,
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
    for role in ({}, {"service": service}):
        RegisteredPerson.objects.create(
            subject=subject,
            **role,
            full_name="王样例",
            cert_type="id_card",
            cert_number=person,
            cert_digest=digest("certificate", person),
            mobile=mobile,
            mobile_digest=digest("phone", mobile),
            emergency_phone="057187654321",
            emergency_digest=digest("phone", "057187654321"),
            email="wang@example.com",
            email_digest=digest("mail", "wang@example.com"),
        )
    return subject


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
@pytest.mark.parametrize(
    ("nature", "is_same_person", "is_own", "is_head", "serves"),
    [
        ("personal", True, True, False, False),
        ("personal", False, False, False, False),
        ("enterprise", True, False, True, True),
        ("enterprise", False, False, False, False),
    ],
)
def test_other_use_of_a_persons_data_is_told_apart(nature, is_same_person, is_own, is_head, serves):
    order = make_order(make_applicant())
    number = order.dossier.subject.principal.cert_number
    register_subject(
        make_applicant(phone="13800000035", account_name="样例商贸").account,
        mobile=MOBILE,
        domain="yangli.com",
        nature=nature,
        person=number if is_same_person else "X",
    )

    facts = facts_of(order)

    assert facts["principal.mobile_used_by_other_subject"] is True
    assert facts["principal.id_used_by_other_subject"] is is_same_person
    assert facts["principal.other_use_is_own_personal_filing"] is is_own
    assert facts["principal.other_use_is_same_legal_rep"] is is_head
    assert facts["service_principal.serves_other_unit"] is serves


@pytest.mark.django_db
def test_other_units_of_somebody_who_is_no_legal_representative_are_not_told():
    dossier = filled_dossier(**{"subject.principal.is_legal_representative": False})
    order = make_order(make_applicant(), dossier=dossier)
    number = dossier.subject.principal.cert_number
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    register_subject(other.account, mobile=MOBILE, domain="yangli.com", person=number)

    facts = facts_of(order)

    assert facts["principal.mobile_used_by_other_subject"] is True
    assert "principal.other_use_is_same_legal_rep" not in facts


DIFFERS = "principal.{}_differs_at_own_units"


@pytest.mark.django_db
@pytest.mark.parametrize("is_same", [True, False])
def test_contacts_that_another_unit_of_the_legal_representative_gives_are_compared(is_same):
    order = make_order(make_applicant())
    principal = order.dossier.subject.principal
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    mobile = MOBILE if is_same else "13900000000"
    person = principal.cert_number
    subject = register_subject(other.account, mobile=mobile, domain="yangli.com", person=person)
    # Whoever is in charge of the other unit's website may be reached elsewhere.
    subject.persons.filter(service__isnull=False).update(mobile_digest="x")
    email = digest("mail", principal.email)
    subject.persons.update(email_digest=email, emergency_digest="")

    facts = facts_of(order)

    assert facts[DIFFERS.format("mobile")] is not is_same
    assert facts[DIFFERS.format("email")] is False
    assert facts[DIFFERS.format("emergency")] is False
    found = {(each.rule, each.about) for each in blocking_findings(order)}
    assert (("N07", "own_units_mobile") in found) is not is_same


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["nature", "cert_digest"])
def test_contacts_in_filings_of_no_own_unit_are_not_compared(change):
    order = make_order(make_applicant())
    person = order.dossier.subject.principal.cert_number
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    subject = register_subject(
        other.account, mobile="13900000000", domain="yangli.com", person=person
    )
    if change == "nature":
        Subject.objects.update(nature="personal")
    else:
        subject.persons.filter(service=None).update(cert_digest="x")

    assert facts_of(order)[DIFFERS.format("mobile")] is False


@pytest.mark.django_db
def test_contact_that_is_not_entered_is_not_compared():
    dossier = filled_dossier(**{"subject.principal.mobile": ""})
    order = make_order(make_applicant(), dossier=dossier)
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    person = dossier.subject.principal.cert_number
    register_subject(other.account, mobile=MOBILE, domain="yangli.com", person=person)

    assert DIFFERS.format("mobile") not in facts_of(order)


@pytest.mark.django_db
def test_unit_whose_service_the_legal_representative_only_works_for_is_no_unit_of_theirs():
    order = make_order(make_applicant())
    number = order.dossier.subject.principal.cert_number
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    subject = register_subject(other.account, mobile=MOBILE, domain="yangli.com", person=number)
    subject.persons.filter(service=None).update(cert_digest="x", mobile_digest="x")

    facts = facts_of(order)

    assert facts["principal.mobile_used_by_other_subject"] is True
    assert facts["principal.other_use_is_same_legal_rep"] is False
    assert "N09" in {finding.rule for finding in blocking_findings(order)}


@pytest.mark.django_db
def test_data_nobody_else_uses_say_nothing_of_another_use():
    facts = facts_of(make_order(make_applicant()))

    assert "principal.other_use_is_own_personal_filing" not in facts
    assert facts["service_principal.serves_other_unit"] is False


@pytest.mark.django_db
def test_person_without_a_number_is_looked_up_by_the_phone():
    dossier = filled_dossier(**{"subject.principal.cert_number": ""})
    order = make_order(make_applicant(), dossier=dossier)
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    register_subject(other.account, mobile=MOBILE, domain="yangli.com", nature="personal")

    facts = facts_of(order)

    assert facts["principal.mobile_used_by_other_subject"] is True
    assert facts["principal.other_use_is_own_personal_filing"] is False
    assert "service_principal.serves_other_unit" not in facts


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
def test_services_on_record_are_counted_by_the_subjects_certificate():
    order = make_order(make_applicant())
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    assert facts_of(order)["order.existing_services"] == 0

    register_subject(
        other.account,
        mobile="13900000000",
        domain="yangli.com",
        number=order.dossier.subject.cert_number,
    )

    assert facts_of(order)["order.existing_services"] == 1


@pytest.mark.django_db
def test_domains_on_record_are_counted_and_their_labels_with_the_orders():
    dossier = filled_dossier(**{"services[0].domains": ["yangli.cn"]})
    order = make_order(make_applicant(), dossier=dossier)
    assert facts_of(order)["order.existing_domains"] == 0
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    number = dossier.subject.cert_number
    subject = register_subject(
        other.account, mobile="13900000000", domain="yangli.com", number=number
    )
    service = subject.services.get()
    for name in ("shangmao.com.cn", "xn--fiqs8s.cn"):
        ServiceDomain.objects.create(service=service, name=name, punycode=name)
    gone = {"name": "jiumao.cn", "punycode": "jiumao.cn", "removed_at": clock.now()}
    ServiceDomain.objects.create(service=service, **gone)

    facts = facts_of(order)

    assert facts["order.existing_domains"] == 3
    # yangli (twice), shangmao and 中国
    assert facts["order.domain_labels"] == 3


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "is_used"), [("样例", True), ("样例商贸网", False)])
def test_name_of_a_service_on_record_is_known_again(name, is_used):
    dossier = filled_dossier(**{"services[0].name": name})
    order = make_order(make_applicant(), dossier=dossier)
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    number = dossier.subject.cert_number
    register_subject(other.account, mobile="13900000000", domain="yangli.com", number=number)

    assert facts_of(order)["service.name_used_by_own_service"] is is_used


@pytest.mark.django_db
def test_two_services_of_an_order_with_one_name_are_told_without_the_register():
    dossier = filled_dossier(**{"subject.cert_number": ""})
    dossier.services.append(dossier.services[0].model_copy(update={"ref": uuid4()}))
    order = make_order(make_applicant(), dossier=dossier)

    assert facts_of(order, 1)["service.name_used_by_own_service"] is True


@pytest.mark.django_db
def test_services_of_a_subject_without_a_certificate_are_not_known():
    order = make_order(make_applicant(), dossier=filled_dossier(**{"subject.cert_number": ""}))

    facts = facts_of(order)

    assert not {"order.existing_services", "order.existing_domains"} & facts.keys()
    assert "service.name_used_by_own_service" not in facts


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
