"""Pages of the wizard: nothing typed is lost, errors name field and remedy, closed stays closed."""

import uuid
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from beian import clock
from beian.crypto.digests import digest
from beian.enums import Channel
from beian.legal_texts import legal_text
from beian.models import ConsentRecord, Notice
from beian.site_settings.lookup import overrides
from orders.enums import OrderState
from orders.models import FilingOrder, PageDraft
from orders.required import missing_fields
from orders.rulebook.in_force import published_stamps
from orders.steps import UNIT_STEPS
from tests.builders import MOBILE, client_of, make_applicant, make_staff, post
from tests.orders.ready_order import ready_order, started_order
from tests.orders.test_wizard_walk import PRINCIPAL, SUBJECT, WEBSITE, picture
from tests.statements import asked
from tests.verification.reading import code_sent_to
from verification.actions.proofs import is_proved
from verification.models import ContactCode, Document

pytestmark = pytest.mark.django_db

EVERY_STEP = [step.key for step in UNIT_STEPS]


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def client(applicant):
    return client_of(applicant.user)


def address(order, key: str) -> str:
    return reverse("orders:step", args=[order.pk, key])


def send(client, order, key, **data):
    return post(client, address(order, key), {"version": order.version, **data})


def stored(order):
    return FilingOrder.objects.get(pk=order.pk).dossier


def comment_on(order, path: str, text: str = "请改正") -> None:
    order.comments.create(
        round=order.round,
        path=path,
        severity="must_fix",
        reason_code="R-OTHER",
        text=text,
        author=make_staff("reviewer").user,
        created_at=clock.now(),
        sent_at=clock.now(),
    )


@pytest.mark.parametrize("key", EVERY_STEP)
def test_page_of_another_account_does_not_exist(client, key):
    other = make_applicant(phone="13800000035", account_name="样例商贸")

    assert client.get(address(started_order(other), key)).status_code == 404


@pytest.mark.parametrize("key", ["check", "nothing"])
def test_page_of_no_step_does_not_exist(applicant, client, key):
    assert client.get(address(started_order(applicant), key)).status_code == 404


@pytest.mark.parametrize("key", EVERY_STEP)
@pytest.mark.parametrize("state", [OrderState.INITIAL_REVIEW, OrderState.FILED])
def test_page_of_a_closed_order_leads_to_the_order(applicant, client, key, state):
    order = ready_order(applicant, columns={"state": state})

    assert client.get(address(order, key)).url == reverse("orders:order", args=[order.pk])


def test_wrong_fields_keep_their_text_and_right_ones_are_stored(applicant, client):
    order = started_order(applicant)
    wrong = {**SUBJECT, "cert_number": "91330102MA0000001D"}

    page = send(client, order, "subject", **wrong)

    assert page.status_code == 200
    assert page.text.startswith("<!doctype html>")
    assert "<title>错误：主体信息" in page.text
    assert page.text.count("统一社会信用代码的校验位不符") == 2
    assert "91330102MA0000001D" in page.text
    assert stored(order).subject.name == SUBJECT["name"]
    assert stored(order).subject.cert_number == ""


def test_what_was_typed_wrongly_is_there_again_after_leaving(applicant, client):
    order = started_order(applicant)
    send(client, order, "subject", **{**SUBJECT, "cert_number": "91330102MA0000001D"})

    page = client.get(address(order, "subject"))

    assert 'value="91330102MA0000001D"' in page.text
    assert page.text.count("统一社会信用代码的校验位不符") == 2


def test_kept_text_is_sealed_and_gone_once_the_page_is_right(applicant, client):
    order = started_order(applicant)
    wrong = {**PRINCIPAL, "email": "lin.shili-keji.com"}
    send(client, order, "subject-principal", **wrong)
    assert b"lin.shili-keji.com" not in bytes(PageDraft.objects.get().sealed)

    order.refresh_from_db()
    send(client, order, "subject-principal", **PRINCIPAL, action="leave")

    assert not PageDraft.objects.exists()


def test_leaving_stores_what_is_right_without_complaining(applicant, client):
    order = started_order(applicant)

    answer = send(client, order, "website", domains="shili-keji.com", action="leave")

    assert answer.url == reverse("orders:my-filings")
    assert stored(order).services[0].domains == ["shili-keji.com"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"domains": "www.shili-keji.com"}, "不带“www.”的域名"),
        ({"domains": "https://shili-keji.com/a"}, "只填写域名本身"),
        ({"domains": "blog.shili-keji.com"}, "网站按注册域名备案，不能填写二级域名"),
        ({"domains": "203.0.113.24"}, "域名不是完整的域名，请填写类似 shili-keji.com 的域名"),
        ({"pre_approvals": ["none", "news"]}, "“以上都不涉及”不能与其他项目同时选择"),
        ({"pre_approvals": []}, "请选择前置审批"),
        ({"content_categories": ["other"], "remarks": ""}, "请在网站备注中写明实际提供的内容"),
        ({"languages": ["klingon"]}, "“网站语言”中没有这个选项"),
    ],
)
def test_website_error_names_field_and_remedy(applicant, client, changes, sentence):
    order = started_order(applicant)

    page = send(client, order, "website", **{**WEBSITE, **changes})

    assert page.status_code == 200
    assert sentence in page.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"cert_number": "330102198501010015"}, "身份证号码的校验位不符"),
        ({"cert_number": "330102850101001"}, "第一代 15 位身份证号码已停止使用"),
        ({"valid_from_year": "2999"}, "证件有效期开始日期不能晚于今天"),
        ({"valid_to_year": "2001"}, "证件有效期截止日期须晚于开始日期"),
        ({"valid_to_month": "13"}, "不是真实存在的日期"),
        ({"mobile": "057187654321"}, "手机号应为 11 位中国大陆手机号"),
        ({"emergency_phone": "87654321"}, "或带区号的固定电话"),
        ({"emergency_phone": MOBILE}, "应急电话与手机号码相同"),
        ({"is_legal_representative": "no"}, "不可选"),
    ],
)
def test_person_error_names_field_and_remedy(applicant, client, changes, sentence):
    order = started_order(applicant)

    page = send(client, order, "subject-principal", **{**PRINCIPAL, **changes})

    assert page.status_code == 200
    assert sentence in page.text


def test_wrong_number_is_one_error_not_two(applicant, client):
    order = started_order(applicant)

    page = send(client, order, "subject-principal", **{**PRINCIPAL, "mobile": "1380000"})

    assert "手机号应为 11 位" in page.text
    assert "请填写短信验证码" not in page.text


def test_contact_address_follows_the_certificate(applicant, client):
    order = started_order(applicant)

    send(client, order, "subject", **SUBJECT)

    subject = stored(order).subject
    assert (subject.contact_region, subject.contact_address) == (
        "3301",
        "上城区示范路100号3幢401室",
    )


def test_certificate_address_without_a_city_asks_for_the_contact_address(applicant, client):
    order = started_order(applicant)

    page = send(client, order, "subject", **{**SUBJECT, "cert_address": "示范路100号"})

    assert "请选择“另外填写”并填写通讯地址" in page.text


def test_other_contact_address_is_stored_as_entered(applicant, client):
    order = started_order(applicant)
    other = {
        "contact_same": "other",
        "contact_region": "3302",
        "contact_address": "海曙区样例街1号",
    }

    send(client, order, "subject", **{**SUBJECT, **other})

    subject = stored(order).subject
    assert (subject.contact_region, subject.contact_address) == ("3302", "海曙区样例街1号")


def test_code_goes_to_the_address_on_the_page_and_keeps_everything_typed(applicant, client):
    order = started_order(applicant)
    typed = {**PRINCIPAL, "email": "lin.shili-keji.com", "full_name": ""}

    answer = send(client, order, "subject-principal", **typed, action="send:mobile")

    assert answer.url == f"{address(order, 'subject-principal')}#id_mobile_code"
    notice = Notice.objects.get(template__startswith="code_")
    assert (notice.channel, notice.recipient) == (Channel.SMS, MOBILE)
    page = client.get(address(order, "subject-principal"))
    assert "lin.shili-keji.com" in page.text
    assert "重新获取" in page.text
    assert stored(order).subject.principal.mobile == MOBILE


def test_code_cannot_be_sent_again_at_once(applicant, client):
    order = started_order(applicant)
    send(client, order, "subject-principal", **PRINCIPAL, action="send:mobile")
    order.refresh_from_db()

    page = send(client, order, "subject-principal", **PRINCIPAL, action="send:mobile")

    assert page.status_code == 200
    assert "操作过于频繁，请在 1 分钟后再试。" in page.text
    assert ContactCode.objects.count() == 1


@pytest.mark.parametrize(
    ("contact", "kind", "value"),
    [("mobile", "phone", PRINCIPAL["mobile"]), ("email", "mail", PRINCIPAL["email"])],
)
def test_responsible_person_is_told_with_the_code_and_that_is_kept(
    applicant, client, contact, kind, value
):
    order = started_order(applicant)
    send(client, order, "subject-principal", **PRINCIPAL, action=f"send:{contact}")
    told = Notice.objects.get(template="code_contact").body
    order.refresh_from_db()
    assert not ConsentRecord.objects.exists()

    code = {f"{contact}_code": code_sent_to(value)}
    send(client, order, "subject-principal", **PRINCIPAL, **code)

    assert "http://127.0.0.1:8000/privacy/#contact_notice" in told
    record = ConsentRecord.objects.get()
    assert (record.purpose, record.is_consent, record.order_id, record.user_id) == (
        "contact_notice",
        False,
        order.pk,
        None,
    )
    assert record.text_version == legal_text("contact_notice").version
    assert record.person_digest == digest(kind, value)


def test_notice_to_responsible_persons_is_public(client):
    page = Client().get(reverse("public:privacy"))

    assert 'id="contact_notice"' in page.text
    assert legal_text("contact_notice").body_zh[0] in page.text


def test_wrong_code_is_said_beside_its_field_and_proves_nothing(applicant, client):
    order = started_order(applicant)
    send(client, order, "subject-principal", **PRINCIPAL, action="send:mobile")
    order.refresh_from_db()

    page = send(client, order, "subject-principal", **PRINCIPAL, mobile_code="000000")

    assert page.text.count("短信验证码不正确，请输入最新一条短信中的验证码") == 2
    assert not is_proved(order.pk, Channel.SMS, MOBILE)


def test_changed_number_asks_for_a_code_again(applicant, client):
    order = ready_order(applicant)
    assert "短信验证码" not in client.get(address(order, "subject-principal")).text

    page = send(client, order, "subject-principal", **{**PRINCIPAL, "mobile": "139 0000 0009"})

    assert "请填写短信验证码" in page.text
    assert stored(order).subject.principal.mobile == "13900000009"


def test_finished_identity_folds_into_one_masked_line(applicant, client):
    order = ready_order(applicant)

    page = client.get(address(order, "subject-principal"))

    assert "居民身份证 3****************4，有效期至" in page.text


def test_another_service_principal_needs_his_own_contacts(applicant, client):
    order = ready_order(applicant)
    other = {**PRINCIPAL, "same_as_subject_principal": "no", "full_name": "周样本"}

    answer = send(client, order, "service-principal", **other)
    page = client.get(answer.url)

    assert answer.url == address(order, "service-principal")
    assert "互联网信息服务负责人与主体负责人不是同一人，但手机号码相同" in page.text
    assert stored(order).services[0].principal.full_name == "周样本"


DELEGATED = {
    "subject.principal.is_legal_representative": False,
    "services[0].principal.same_as_subject_principal": False,
}


def test_service_principal_beside_a_delegate_is_asked_whether_he_heads_the_unit(applicant, client):
    order = ready_order(applicant, **DELEGATED)
    other = {**PRINCIPAL, "same_as_subject_principal": "no", "full_name": "周样本"}
    del other["is_legal_representative"]

    send(client, order, "service-principal", **other)
    page = client.get(address(order, "service-principal")).text
    assert "services[0].principal.is_legal_representative" in missing_fields(stored(order))
    assert "是，与营业执照上的法定代表人一致" in page

    send(client, order, "service-principal", **other, is_legal_representative="yes")
    assert stored(order).services[0].principal.is_legal_representative is True


def test_nobody_else_is_asked_beside_the_legal_representative(applicant, client):
    order = ready_order(
        applicant, **{**DELEGATED, "subject.principal.is_legal_representative": True}
    )

    page = client.get(address(order, "service-principal")).text

    assert "是，与营业执照上的法定代表人一致" not in page
    assert "services[0].principal.is_legal_representative" not in missing_fields(stored(order))


def test_choosing_the_subject_principal_forgets_the_other_person(applicant, client):
    order = ready_order(
        applicant,
        **{
            "services[0].principal.same_as_subject_principal": False,
            "services[0].principal.full_name": "周样本",
            "services[0].principal.mobile": "15900000006",
        },
    )

    answer = send(client, order, "service-principal", same_as_subject_principal="yes")

    person = stored(order).services[0].principal
    assert answer.url == reverse("orders:truthfulness", args=[order.pk])
    assert (person.same_as_subject_principal, person.full_name, person.mobile) == (True, "", "")


def test_chosen_resource_brings_its_addresses(applicant, client):
    order = ready_order(applicant)
    key = order.dossier.services[0].resource

    send(client, order, "resource", resource=key, ips="2001:DB8::1\n203.0.113.24")

    assert stored(order).services[0].ips == ["203.0.113.24", "2001:db8::1"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("192.168.1.1", "192.168.1.1 是内网或保留地址"),
        ("example", "“example”不是 IP 地址"),
    ],
)
def test_address_that_is_not_public_is_refused(applicant, client, typed, sentence):
    order = ready_order(applicant)

    page = send(client, order, "resource", resource=order.dossier.services[0].resource, ips=typed)

    assert sentence in page.text


def test_resource_page_can_ask_for_a_fresh_list(applicant, client):
    order = ready_order(applicant)
    type(applicant.account).objects.update(inventory_requested_at=None, inventory_synced_at=None)

    answer = send(client, order, "resource", action="refresh")

    applicant.account.refresh_from_db()
    assert answer.url == address(order, "resource")
    assert applicant.account.inventory_requested_at is not None


def test_good_picture_is_kept_beside_a_bad_one(applicant, client):
    order = started_order(applicant)
    bad = picture("licence.png")
    bad.seek(0)
    bad.truncate(50)

    page = send(client, order, "materials", subject_doc_image=bad, principal_id_front=picture())

    assert page.status_code == 200
    assert "营业执照：图片不完整或已损坏" in page.text
    assert "请上传主体负责人证件反面" in page.text
    document = Document.objects.get()
    assert stored(order).materials == {"principal_id_front": [str(document.pk)]}
    assert reverse("verification:document", args=[document.pk]) in page.text


def test_removed_picture_is_deleted(applicant, client):
    order = started_order(applicant)
    send(client, order, "materials", subject_doc_image=picture())
    order.refresh_from_db()

    answer = send(client, order, "materials", **{"subject_doc_image-remove": "1"})

    assert answer.url == address(order, "materials")
    assert stored(order).materials == {"subject_doc_image": []}
    assert not Document.objects.exists()


def test_new_picture_takes_the_place_of_the_old_one(applicant, client):
    order = started_order(applicant)
    send(client, order, "materials", subject_doc_image=picture())
    first = Document.objects.get().pk
    order.refresh_from_db()

    send(client, order, "materials", subject_doc_image=picture())

    assert Document.objects.get().pk != first
    assert stored(order).materials["subject_doc_image"] == [str(Document.objects.get().pk)]


def test_two_people_on_one_field_see_both_values(applicant, client):
    order = ready_order(applicant)
    post_old = partial(send, client, order, "website")
    post_old(**{**WEBSITE, "name": "示例科技甲站"})

    page = post_old(**{**WEBSITE, "name": "示例科技乙站", "remarks": "只有我改的备注内容。"})

    assert page.status_code == 200
    assert "对方保存的是：示例科技甲站" in page.text
    assert "您填写的是：示例科技乙站" in page.text
    assert stored(order).services[0].name == "示例科技甲站"
    assert stored(order).services[0].remarks == "只有我改的备注内容。"
    version = FilingOrder.objects.get().version
    assert f'name="version" value="{version}"' in page.text


def test_page_without_a_readable_version_stores_nothing_and_keeps_the_text(applicant, client):
    order = ready_order(applicant)

    page = post(client, address(order, "website"), {**WEBSITE, "name": "示例科技新站"})

    assert page.status_code == 200
    assert "订单刚刚有了变化" in page.text
    assert 'value="示例科技新站"' in page.text
    assert stored(order).services[0].name == "示例科技官网"


def test_comment_is_pinned_and_other_fields_are_closed_in_a_supplement(applicant, client):
    order = ready_order(
        applicant,
        columns={"state": OrderState.NEEDS_SUPPLEMENT, "open_paths": ["services[0].name"]},
    )
    comment_on(order, "services[0].name", "请写成与公司有关的名称")

    page = client.get(address(order, "website"))

    assert "请写成与公司有关的名称" in page.text
    assert "审核员没有要求修改此项，现在不能更改。" in page.text
    assert 'name="name"' in page.text
    assert 'name="remarks"' not in page.text


def test_page_without_an_open_field_has_no_button(applicant, client):
    order = ready_order(
        applicant,
        columns={"state": OrderState.NEEDS_SUPPLEMENT, "open_paths": ["services[0].name"]},
    )

    assert "保存并继续" not in client.get(address(order, "subject")).text


def test_closed_field_posted_by_hand_changes_nothing(applicant, client):
    order = ready_order(
        applicant,
        columns={"state": OrderState.NEEDS_SUPPLEMENT, "open_paths": ["services[0].name"]},
    )

    send(client, order, "website", **{**WEBSITE, "name": "示例科技新站", "remarks": "偷改"})

    service = stored(order).services[0]
    assert service.name == "示例科技新站"
    assert service.remarks == "介绍本公司的产品和联系方式，不提供下载。"


def test_certificate_of_another_order_is_said_beside_its_field(applicant, client):
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    send(client_of(other.user), started_order(other), "subject", **SUBJECT)
    order = started_order(applicant)

    page = send(client, order, "subject", **SUBJECT)

    assert page.text.count("此证件存在进行中的订单。") == 2
    assert stored(order).subject.name == SUBJECT["name"]
    assert stored(order).subject.cert_number == ""


@pytest.mark.parametrize("key", EVERY_STEP)
def test_page_costs_eight_queries(applicant, client, key, django_assert_num_queries):
    order = ready_order(applicant)
    overrides()
    published_stamps()

    # One more for the pictures that are there.
    with django_assert_num_queries(9 if key == "materials" else 8):
        assert client.get(address(order, key)).status_code == 200


@pytest.mark.parametrize("name", ["orders:tasks", "orders:check"])
def test_overview_costs_ten_queries(applicant, client, name, django_assert_num_queries):
    order = ready_order(applicant)
    overrides()
    published_stamps()

    with django_assert_num_queries(10):
        assert client.get(reverse(name, args=[order.pk])).status_code == 200


@pytest.mark.parametrize("comment_count", [1, 3])
def test_comments_cost_the_same_however_many(applicant, client, comment_count):
    order = ready_order(applicant, columns={"state": OrderState.INITIAL_REJECTED})
    reviewer = make_staff("reviewer").user
    for _number in range(comment_count):
        order.comments.create(
            round=1,
            path="services[0].name",
            severity="must_fix",
            reason_code=uuid.uuid4().hex[:10],
            text="请改正",
            author=reviewer,
            created_at=clock.now(),
            sent_at=clock.now(),
        )

    assert asked(client, address(order, "website")) == 10
