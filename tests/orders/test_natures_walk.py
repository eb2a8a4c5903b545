"""Every nature with each of its certificates files, from the start to the submission."""

from datetime import date

import pytest
from django.urls import reverse

from beian.enums import Channel
from beian.models import Resource
from orders.apply.start_options import NAMED
from orders.certificates import birth_date_in, has_printed_address
from orders.enums import OrderState
from orders.models import FilingOrder
from rules.loader import DATA, load_rule_set
from rules.overlay import Layered
from tests.agreeing import ticks
from tests.builders import (
    MOBILE,
    OTHER_MOBILE,
    client_of,
    make_applicant,
    make_resource,
    post,
)
from tests.fake_face import recognise_everybody
from tests.orders.nature_samples import Sample, personal_samples, principal_samples, unit_samples
from tests.orders.test_individual_walk import CONTACTS, IDENTITY
from tests.orders.test_individual_walk import WEBSITE as OWN_WEBSITE
from tests.orders.test_wizard_walk import AGREEMENTS, PRINCIPAL, SUBJECT, WEBSITE, picture, send
from tests.rules.rule_files import write_rules
from verification.actions.proofs import prove_contact

pytestmark = pytest.mark.django_db

# What national rules want of a nature beside its certificate (N23 to N25).
DOMAINS = {"government": "shili-jigou.gov.cn", "public_institution": "shili-danwei.cn"}
PAPERS = {"government": ["gov_site_domain_form"]}
BORN = {"birth_date_year": "1990", "birth_date_month": "3", "birth_date_day": "7"}


@pytest.fixture(scope="module")
def national(tmp_path_factory):
    """The national rules alone: what a province makes of a nature is told in its own cases."""
    text = (DATA / "national.toml").read_text(encoding="utf-8")
    return load_rule_set(write_rules(tmp_path_factory.mktemp("rules"), text, {}))


@pytest.fixture(autouse=True)
def national_only(national, monkeypatch):
    in_force = "orders.rulebook.in_force.layered_with"
    monkeypatch.setattr(in_force, lambda _stamps: Layered(national))


@pytest.fixture
def applicant():
    return make_applicant()


def begin(client, nature: str) -> FilingOrder:
    choice = {"nature": nature} if nature in NAMED else {"nature": "other", "other_nature": nature}
    answer = post(
        client, reverse("orders:start"), {"service_kind": "website", "province": "33", **choice}
    )
    order = FilingOrder.objects.get()
    assert answer.url == reverse("orders:tasks", args=[order.pk])
    return order


def subject_page(sample: Sample) -> dict[str, str]:
    questions = {"has_trade_name": "yes", "has_seal": "yes"}
    return {
        **SUBJECT,
        "name": "杭州示例机构",
        "cert_type": sample.kind.key,
        "cert_number": sample.number,
        **(questions if sample.nature == "sole_proprietor" else {}),
    }


def finish(client, order: FilingOrder, *, is_personal: bool = False) -> FilingOrder:
    """The rest of the way after who files: website, resource, pictures, check."""
    nature = order.nature
    website = OWN_WEBSITE if is_personal else WEBSITE
    domain = DOMAINS.get(nature, website["domains"])
    send(client, order, "website", **{**website, "domains": domain})
    if not is_personal:
        send(client, order, "service-principal", same_as_subject_principal="yes")
    send(client, order, "resource", resource=str(Resource.objects.get().pk))
    principal = FilingOrder.objects.get().dossier.subject.principal
    keys = [] if is_personal else ["subject_doc_image"]
    keys += ["principal_id_front", *PAPERS.get(nature, [])]
    keys += [] if principal.cert_type == "passport" else ["principal_id_back"]
    send(client, order, "materials", **{key: picture() for key in keys})
    recognise_everybody(FilingOrder.objects.get())
    check = reverse("orders:check", args=[order.pk])
    assert "现在不能提交" not in client.get(check).text
    order.refresh_from_db()
    agreed = (*AGREEMENTS, "filing_pledge_personal") if is_personal else AGREEMENTS
    post(client, check, {"version": order.version, **ticks(agreed)})
    return FilingOrder.objects.get()


@pytest.mark.parametrize("sample", unit_samples(), ids=str)
def test_unit_files_with_each_certificate_of_its_nature(applicant, sample):
    make_resource(applicant.account)
    client = client_of(applicant.user)
    order = begin(client, sample.nature)

    answer = send(client, order, "subject", **subject_page(sample))
    assert answer.url == reverse("orders:step", args=[order.pk, "subject-principal"])
    prove_contact(order.pk, Channel.SMS, MOBILE)
    prove_contact(order.pk, Channel.MAIL, PRINCIPAL["email"])
    send(client, order, "subject-principal", **PRINCIPAL)
    order = finish(client, order)

    assert order.state == OrderState.INITIAL_REVIEW
    subject = order.submission.dossier.subject
    assert (subject.rule_nature, subject.cert_type) == (sample.nature, sample.kind.key)
    assert subject.cert_number == sample.number


@pytest.mark.parametrize("sample", personal_samples(), ids=str)
def test_natural_person_files_with_each_certificate(applicant, sample):
    make_resource(applicant.account)
    client = client_of(applicant.user)
    order = begin(client, "personal")
    page = {**IDENTITY, "cert_type": sample.kind.key, "cert_number": sample.number}
    if birth_date_in(sample.kind.key, sample.number) is None:
        page |= BORN
    if not has_printed_address(sample.kind.key):
        page |= {
            "cert_address": "",
            "contact_region": "3301",
            "contact_address": "西湖区样例街8号",
        }

    answer = send(client, order, "subject", **page)
    assert answer.url == reverse("orders:step", args=[order.pk, "subject-principal"])
    prove_contact(order.pk, Channel.SMS, OTHER_MOBILE)
    prove_contact(order.pk, Channel.MAIL, CONTACTS["email"])
    send(client, order, "subject-principal", **CONTACTS)
    order = finish(client, order, is_personal=True)

    assert order.state == OrderState.INITIAL_REVIEW
    assert order.submission.dossier.subject.principal.cert_type == sample.kind.key


@pytest.mark.parametrize("sample", principal_samples(), ids=str)
def test_responsible_person_of_a_unit_holds_any_personal_certificate(applicant, sample):
    make_resource(applicant.account)
    client = client_of(applicant.user)
    order = begin(client, "enterprise")
    send(client, order, "subject", **SUBJECT)
    prove_contact(order.pk, Channel.SMS, MOBILE)
    prove_contact(order.pk, Channel.MAIL, PRINCIPAL["email"])
    page = {**PRINCIPAL, "cert_type": sample.kind.key, "cert_number": sample.number}
    wants_birth_date = birth_date_in(sample.kind.key, sample.number) is None

    answer = send(client, order, "subject-principal", **page)

    assert ("请填写出生日期的年、月、日" in answer.content.decode()) is wants_birth_date
    if wants_birth_date:
        send(client, order, "subject-principal", **page, **BORN)
    order = finish(client, order)
    assert order.state == OrderState.INITIAL_REVIEW
    born = order.submission.dossier.subject.principal.birth_date
    assert born == (date(1990, 3, 7) if wants_birth_date else None)
