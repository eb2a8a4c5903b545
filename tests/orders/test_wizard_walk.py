"""The whole wizard over HTTP, as a browser without JavaScript posts it."""

import io
import re

import pytest
from django.urls import reverse
from PIL import Image

from beian.enums import Channel
from beian.models import ConsentRecord, Notice
from orders.enums import OrderState
from orders.models import FilingOrder
from tests.agreeing import ticks
from tests.builders import (
    COMPANY,
    CREDIT_CODE,
    ID_NUMBER,
    MOBILE,
    client_of,
    make_applicant,
    make_resource,
    post,
)
from tests.fake_face import recognise_everybody

pytestmark = pytest.mark.django_db

AGREEMENTS = (
    "certificate_data",
    "bureau_transfer",
    "filing_pledge",
    "information_security",
    "assisted_changes",
)


SUBJECT = {
    "name": COMPANY,
    "cert_type": "business_licence",
    "cert_number": CREDIT_CODE,
    "cert_address": "浙江省杭州市上城区示范路100号3幢401室",
    "cert_valid_to_long_term": "on",
    "contact_same": "same",
}
PRINCIPAL = {
    "is_legal_representative": "yes",
    "full_name": "林示例",
    "cert_type": "id_card",
    "cert_number": ID_NUMBER,
    "valid_from_year": "2021",
    "valid_from_month": "6",
    "valid_from_day": "12",
    "valid_to_year": "2041",
    "valid_to_month": "6",
    "valid_to_day": "12",
    "mobile": MOBILE,
    "emergency_phone": "13700000021",
    "email": "lin@example.com",
}
WEBSITE = {
    "domains": "shili-keji.com",
    "name": "示例科技官网",
    "content_categories": ["unit_portal"],
    "languages": ["zh_hans"],
    "pre_approvals": ["none"],
    "remarks": "介绍本公司的产品和联系方式，不提供下载。",
}


def picture(name: str = "photo.png") -> io.BytesIO:
    target = io.BytesIO()
    Image.effect_noise((400, 400), 40).save(target, "PNG")
    target.seek(0)
    target.name = name
    return target


def send(client, order, key, **data):
    order.refresh_from_db()
    url = reverse("orders:step", args=[order.pk, key])
    return post(client, url, {"version": order.version, **data})


def code_sent_by(channel: Channel) -> str:
    notice = Notice.objects.get(template__startswith="code_", channel=channel)
    return re.search(r"\d{6}", notice.body)[0]


def test_walk_from_start_to_submitted():
    applicant = make_applicant()
    resource = make_resource(applicant.account)
    client = client_of(applicant.user)

    answer = post(
        client,
        reverse("orders:start"),
        {"service_kind": "website", "nature": "enterprise", "province": "33"},
    )
    order = FilingOrder.objects.get()
    assert answer.url == reverse("orders:tasks", args=[order.pk])
    assert client.get(answer.url).status_code == 200
    for key in (
        "subject",
        "subject-principal",
        "website",
        "service-principal",
        "resource",
        "materials",
    ):
        assert client.get(reverse("orders:step", args=[order.pk, key])).status_code == 200

    answer = send(client, order, "subject", **SUBJECT)
    assert answer.url == reverse("orders:step", args=[order.pk, "subject-principal"])

    answer = send(client, order, "subject-principal", **PRINCIPAL, action="send:mobile")
    assert answer.url.endswith("/steps/subject-principal/#id_mobile_code")
    mobile_code = code_sent_by(Channel.SMS)
    answer = send(client, order, "subject-principal", **PRINCIPAL, action="send:email")
    answer = send(
        client,
        order,
        "subject-principal",
        **PRINCIPAL,
        mobile_code=mobile_code,
        email_code=code_sent_by(Channel.MAIL),
    )
    assert answer.url == reverse("orders:step", args=[order.pk, "website"])

    answer = send(client, order, "website", **WEBSITE)
    assert answer.url == reverse("orders:step", args=[order.pk, "service-principal"])

    answer = send(client, order, "service-principal", same_as_subject_principal="yes")
    assert answer.url == reverse("orders:step", args=[order.pk, "resource"])

    answer = send(client, order, "resource", resource=str(resource.pk))
    assert answer.url == reverse("orders:step", args=[order.pk, "materials"])

    pictures = {
        key: picture() for key in ("subject_doc_image", "principal_id_front", "principal_id_back")
    }
    answer = send(client, order, "materials", **pictures)
    assert answer.url == reverse("orders:truthfulness", args=[order.pk])
    assert client.get(answer.url).status_code == 200

    order.refresh_from_db()
    recognise_everybody(FilingOrder.objects.get())
    page = client.get(answer.url)
    assert reverse("orders:check", args=[order.pk]) in page.text

    page = client.get(reverse("orders:check", args=[order.pk]))
    assert "现在不能提交" not in page.text
    order.refresh_from_db()
    boxes = ticks(AGREEMENTS)
    answer = post(
        client, reverse("orders:check", args=[order.pk]), {"version": order.version, **boxes}
    )
    assert answer.url == reverse("orders:submitted", args=[order.pk])
    order = FilingOrder.objects.get()
    assert order.state == OrderState.INITIAL_REVIEW
    assert order.round == 1
    assert order.submissions.get().is_intact()
    purposes = ConsentRecord.objects.filter(order_id=order.pk).values_list("purpose", flat=True)
    # The person behind phone and mailbox was told and agreed to the use of the own data and to
    # the face check, the applicant agreed to all the rest.
    told = ["contact_notice", "contact_notice", "face_photo", "face_verifier"]
    own = ["certificate_data", "bureau_transfer"]
    assert sorted(purposes) == sorted([*told, *own, *AGREEMENTS])
    page = client.get(answer.url)
    assert order.number in page.text
    assert "138******34" in page.text
