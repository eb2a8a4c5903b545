"""A natural person's filing over HTTP, as a browser without JavaScript posts it."""

from datetime import date

import pytest
from django.urls import reverse

from beian import clock
from beian.enums import Channel
from beian.models import ConsentRecord
from orders.apply.task_list import task_page
from orders.enums import OrderState
from orders.models import FilingOrder
from orders.steps import PERSONAL_STEPS
from rules.certificates.id_card import check_digit
from tests.agreeing import ticks
from tests.builders import (
    OTHER_ID_NUMBER,
    OTHER_MOBILE,
    PERSON,
    client_of,
    make_applicant,
    make_resource,
    post,
)
from tests.fake_face import recognise_everybody
from tests.orders.ready_order import started_order
from tests.orders.test_wizard_walk import AGREEMENTS, code_sent_by, picture, send
from verification.models import Document

pytestmark = pytest.mark.django_db

IDENTITY = {
    "cert_type": "id_card",
    "name": PERSON,
    "cert_number": OTHER_ID_NUMBER,
    "cert_valid_from_year": "2021",
    "cert_valid_from_month": "6",
    "cert_valid_from_day": "12",
    "cert_valid_to_year": "2041",
    "cert_valid_to_month": "6",
    "cert_valid_to_day": "12",
    "cert_address": "浙江省杭州市西湖区样例街8号2幢501室",
    "contact_same": "same",
}
CONTACTS = {
    "mobile": OTHER_MOBILE,
    "emergency_phone": "13700000022",
    "email": "zhou@example.com",
}
WEBSITE = {
    "domains": "shanjian-biji.com",
    "name": "山间读书笔记",
    "content_categories": ["other"],
    "languages": ["zh_hans"],
    "pre_approvals": ["none"],
    "remarks": "个人读书笔记，不涉及企业、单位等非个人信息。",
}
# The word stands in what a natural person is told about units only.
UNIT_WORDS = ("主办单位", "本单位", "法定代表人", "营业执照", "主体负责人", "网站负责人")


def id_number(born: date) -> str:
    body = f"330102{born:%Y%m%d}002"
    return body + check_digit(body)


def years_ago(years: int, *, days: int = 0) -> date:
    today = clock.today()
    return date(today.year - years, today.month, today.day + days)


@pytest.fixture
def applicant():
    return make_applicant(phone=OTHER_MOBILE, account_name="示例个人")


def page_url(order, key) -> str:
    return reverse("orders:step", args=[order.pk, key])


def test_walk_of_a_natural_person_from_start_to_submitted(applicant):
    resource = make_resource(applicant.account)
    client = client_of(applicant.user)
    choices = {"service_kind": "website", "nature": "personal", "province": "33"}

    answer = post(client, reverse("orders:start"), choices)

    order = FilingOrder.objects.get()
    assert answer.url == reverse("orders:tasks", args=[order.pk])
    screens = ["start"]
    answer = send(client, order, "subject", **IDENTITY)
    screens.append("subject")
    assert answer.url == page_url(order, "subject-principal")
    send(client, order, "subject-principal", **CONTACTS, action="send:mobile")
    mobile_code = code_sent_by(Channel.SMS)
    send(client, order, "subject-principal", **CONTACTS, action="send:email")
    codes = {"mobile_code": mobile_code, "email_code": code_sent_by(Channel.MAIL)}
    answer = send(client, order, "subject-principal", **CONTACTS, **codes)
    screens.append("subject-principal")
    assert answer.url == page_url(order, "website")
    answer = send(client, order, "website", **WEBSITE)
    screens.append("website")
    assert answer.url == page_url(order, "resource")
    answer = send(client, order, "resource", resource=str(resource.pk))
    screens.append("resource")
    assert answer.url == page_url(order, "materials")
    pictures = {key: picture() for key in ("principal_id_front", "principal_id_back")}
    answer = send(client, order, "materials", **pictures)
    screens.append("materials")
    assert answer.url == reverse("orders:truthfulness", args=[order.pk])
    screens.append(answer.url)
    assert client.get(answer.url).status_code == 200
    recognise_everybody(FilingOrder.objects.get())
    check = reverse("orders:check", args=[order.pk])
    assert "现在不能提交" not in client.get(check).text
    order.refresh_from_db()
    boxes = ticks((*AGREEMENTS, "filing_pledge_personal"))
    answer = post(client, check, {"version": order.version, **boxes})
    screens += ["check", "submitted"]
    assert answer.url == reverse("orders:submitted", args=[order.pk])
    # U1: at most 11 screens for an individual.
    assert len(screens) <= 11

    order = FilingOrder.objects.get()
    assert order.state == OrderState.INITIAL_REVIEW
    dossier = order.submissions.get().dossier
    assert dossier.subject.principal.full_name == dossier.subject.name == PERSON
    assert dossier.service_principal(0) == dossier.subject.principal
    pledge = ConsentRecord.objects.get(text_key="filing_pledge_personal")
    assert pledge.purpose == "filing_pledge"


def test_pages_of_a_natural_person_say_nothing_of_units(applicant):
    order = started_order(applicant, nature="personal")
    client = client_of(applicant.user)
    send(client, order, "subject", **IDENTITY)
    urls = [page_url(order, step.key) for step in PERSONAL_STEPS]
    urls += [reverse(f"orders:{name}", args=[order.pk]) for name in ("tasks", "check", "order")]

    # A source is called what its publisher calls it.
    texts = {url: client.get(url).text.replace("填写主办单位信息", "") for url in urls}

    found = {url: [word for word in UNIT_WORDS if word in text] for url, text in texts.items()}
    assert {url: words for url, words in found.items() if words} == {}


def test_natural_person_has_no_page_for_another_responsible_person(applicant):
    order = started_order(applicant, nature="personal")
    client = client_of(applicant.user)

    assert client.get(page_url(order, "service-principal")).status_code == 404
    assert len(task_page(order).tasks) == len(PERSONAL_STEPS) + 2


def test_pictures_wait_for_the_identity(applicant):
    order = started_order(applicant, nature="personal")
    client = client_of(applicant.user)

    answer = send(client, order, "materials", principal_id_front=picture())

    assert answer.url == page_url(order, "subject")
    assert Document.objects.count() == 0
    materials = next(task for task in task_page(order).tasks if task.label == "办理材料")
    assert (materials.status, materials.opens_when) == (
        "blocked",
        "填写“本人身份信息”后可以上传",
    )


def test_minor_is_led_to_the_reason_and_no_picture_is_stored(applicant):
    order = started_order(applicant, nature="personal")
    client = client_of(applicant.user)
    number = id_number(years_ago(18, days=1))

    answer = send(client, order, "subject", **{**IDENTITY, "cert_number": number})

    stop = reverse("orders:not-possible", args=[order.pk])
    assert answer.url == stop
    page = client.get(stop)
    assert "您未满 18 周岁" in page.text
    assert reverse("orders:act", args=[order.pk, "abandon"]) in page.text
    answer = send(client, order, "materials", principal_id_front=picture())
    assert answer.url == stop
    assert Document.objects.count() == 0


def test_applicant_goes_on_from_the_eighteenth_birthday(applicant):
    order = started_order(applicant, nature="personal")
    client = client_of(applicant.user)
    number = id_number(years_ago(18))

    answer = send(client, order, "subject", **{**IDENTITY, "cert_number": number})

    assert answer.url == page_url(order, "subject-principal")
    assert client.get(reverse("orders:not-possible", args=[order.pk])).status_code == 302


def test_permit_asks_for_a_birth_date_and_for_no_printed_address(applicant):
    order = started_order(applicant, nature="personal")
    client = client_of(applicant.user)
    permit = {
        **IDENTITY,
        "cert_type": "hk_travel_permit",
        "cert_number": "H12345678",
        "cert_address": "",
        "contact_region": "3301",
        "contact_address": "西湖区样例街8号",
    }

    page = send(client, order, "subject", **permit)
    assert "请填写出生日期的年、月、日" in page.text
    birth = {"birth_date_year": "1990", "birth_date_month": "3", "birth_date_day": "7"}
    answer = send(client, order, "subject", **permit, **birth)

    assert answer.url == page_url(order, "subject-principal")
    order = FilingOrder.objects.get()
    assert order.dossier.subject.principal.birth_date == date(1990, 3, 7)
    assert order.dossier.subject.contact_address == "西湖区样例街8号"


def test_minor_with_a_passport_is_refused_by_the_birth_date_given(applicant):
    order = started_order(applicant, nature="personal")
    client = client_of(applicant.user)
    born = years_ago(17)
    data = {
        **IDENTITY,
        "cert_type": "passport",
        "cert_number": "E12345678",
        "cert_address": "",
        "contact_region": "3301",
        "contact_address": "西湖区样例街8号",
        "birth_date_year": str(born.year),
        "birth_date_month": str(born.month),
        "birth_date_day": str(born.day),
    }

    answer = send(client, order, "subject", **data)

    assert answer.url == reverse("orders:not-possible", args=[order.pk])


def test_id_from_another_province_wants_an_address_here_and_a_residence_permit(
    applicant,
):
    order = started_order(applicant, nature="personal")
    client = client_of(applicant.user)
    elsewhere = {**IDENTITY, "cert_address": "江苏省南京市玄武区样例街8号"}

    page = send(client, order, "subject", **elsewhere)
    assert "证件上的住址不在备案省份，请选择“另外填写”" in page.text
    home = {"contact_same": "other", "contact_region": "3301", "contact_address": "西湖区样例街8号"}
    answer = send(client, order, "subject", **{**elsewhere, **home})

    assert answer.url == page_url(order, "subject-principal")
    materials = client.get(page_url(order, "materials")).text
    assert "居住证" in materials
    assert "您的身份证件不是浙江签发的，还缺少浙江居住证。" in materials
