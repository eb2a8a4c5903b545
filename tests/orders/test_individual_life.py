"""A natural person's order after the wizard: desk, comments, SMS, bureau, register, searches."""

import pytest
from django.urls import reverse

from beian.models import Notice, RegisteredPerson, Subject
from orders.actions.sms import challenges_of
from orders.desk.case_rows import table_of
from orders.desk.search import found
from orders.enums import OrderState
from orders.models import FilingOrder
from orders.replies import answers_of
from tests.builders import OTHER_ID_NUMBER, PERSON, client_of, post
from tests.life import Life, make_ready_personal_order

pytestmark = pytest.mark.django_db

MASKED = "周*"


@pytest.fixture
def life(bureau):
    return Life(bureau, make=make_ready_personal_order)


def case_page(life) -> str:
    return client_of(life.reviewer.user).get(reverse("orders:case", args=[life.order_id])).text


def test_name_is_masked_in_plain_columns_and_found_by_the_whole_name(life):
    life.submit()

    order = life.order

    assert order.subject_name == MASKED
    assert found(PERSON) == ([order], False)
    assert found("示例") == ([], False)


def test_company_keeps_its_name_and_has_no_digest(bureau):
    order = Life(bureau).order

    assert (order.subject_name, order.name_digest) == ("示例科技（杭州）有限公司", "")


def test_queue_and_hand_over_list_show_no_whole_name(life):
    life.submit()
    queue = client_of(life.reviewer.user).get(reverse("orders:queue")).text
    life.pass_review()
    hand_over = client_of(life.submitter.user).get(reverse("orders:handover")).text

    for page in (queue, hand_over):
        assert MASKED in page
        assert PERSON not in page


def test_case_lists_the_person_once_with_number_and_address_masked(life):
    life.submit()
    life.take()

    table = table_of(life.order.submissions.get(), [])

    titles = [group.title for group in table.groups]
    assert titles == ["本人身份信息", "本人联系方式", "网站信息", "备案资源", "办理材料"]
    values = {row.path: (row.label, row.value) for group in table.groups for row in group.rows}
    assert values["subject.name"] == ("姓名", PERSON)
    assert values["subject.cert_number"] == ("证件号码", "3****************7")
    assert values["subject.cert_address"] == ("证件上的住址", "浙江省杭州市西湖区***")
    assert values["subject.contact_address"] == ("通讯地址", "西湖区***")
    assert not [path for path in values if path.startswith("subject.principal.full")]
    page = case_page(life)
    assert OTHER_ID_NUMBER not in page
    assert "样例街8号" not in page


@pytest.mark.parametrize("path", ["subject.cert_number", "subject.cert_address"])
def test_number_and_address_of_a_person_can_be_revealed(life, path):
    life.submit()
    url = f"{reverse('orders:reveal', args=[life.order_id])}?path={path}"

    assert client_of(life.reviewer.user).get(url).status_code == 200


def test_remark_on_the_name_opens_it_and_the_change_answers_it(life):
    life.submit()
    life.take()
    url = f"{reverse('orders:comment', args=[life.order_id])}?path=subject.principal.full_name"
    words = {"reason": "R-OTHER", "severity": "must_fix", "text": "姓名与证件不符", "example": ""}
    post(client_of(life.reviewer.user), url, words)
    comment = life.order.comments.get()
    assert comment.path == "subject.name"
    life.act("ask_supplement", life.reviewer)
    client = client_of(life.applicant.user)

    order_page = client.get(reverse("orders:order", args=[life.order_id])).text
    step = reverse("orders:step", args=[life.order_id, "subject"])
    assert f"{step}#id_name" in order_page
    post(client, step, {"version": life.order.version, "name": "周样例"})

    (answer,) = answers_of(life.order)
    assert [change.path for change in answer.changes] == ["subject.name"]
    assert life.order.dossier.subject.principal.full_name == "周样例"


def test_one_code_stands_for_both_roles(life):
    life.submit()
    life.pass_review()
    life.hand_over()
    life.send()

    (challenge,) = challenges_of(life.order)

    assert challenge.roles == ["subject_principal", "service_principal"]
    life.enter(challenge)
    assert life.order.state == OrderState.BUREAU_REVIEW


def test_bureau_and_register_know_the_person_lists_do_not(life, bureau):
    life.to_bureau_review()
    content = bureau.records()[-1]["content"]
    assert content["subject"]["name"] == content["subject"]["principal"]["full_name"] == PERSON
    assert content["services"][0]["principal"]["cert_number"] == OTHER_ID_NUMBER
    bureau.decide("granted")
    life.collect()

    subject = Subject.objects.get()
    assert life.order.state == OrderState.FILED
    assert subject.name == MASKED
    people = RegisteredPerson.objects.filter(subject=subject)
    assert {person.full_name for person in people} == {PERSON}
    client = client_of(life.applicant.user)
    for name in ("certificate", "order"):
        page = client.get(reverse(f"orders:{name}", args=[life.order_id])).text
        assert PERSON not in page
        assert "单位" not in page
    assert PERSON not in client.get(reverse("orders:my-filings")).text


def test_no_notice_holds_the_whole_name(life, bureau):
    life.to_bureau_review()
    bureau.decide("granted")
    life.collect()

    notices = Notice.objects.all()

    assert notices.exists()
    assert [row.template for row in notices if PERSON in row.subject + row.body] == []


def test_name_of_the_website_is_not_the_name_of_the_person(bureau):
    life = Life(bureau, make=make_ready_personal_order, **{"services[0].name": "周示例的笔记"})
    client = client_of(life.applicant.user)

    page = client.get(reverse("orders:step", args=[life.order_id, "website"])).text

    assert "网站名称中含有您的姓名" in page
    assert FilingOrder.objects.get().state == OrderState.DRAFT
