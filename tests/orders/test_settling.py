"""A person applies or dismisses what the machine could not: once, checked, and on record."""

import uuid

import pytest
from django.urls import reverse

from beian.actions.register import RegisterConflict
from beian.enums import MembershipRole
from beian.enums import StaffRoleName as Role
from beian.models import AuditEntry, Membership, Notice, Subject
from orders import workflow
from orders.actions.settling import GRANTED, Decision, apply_by_hand, dismiss_result
from orders.enums import OrderState, ResultState
from orders.models import BureauResult
from tests.builders import client_of, filled_dossier, make_applicant, make_order, make_staff, post
from tests.orders.builders_attention import make_stopped_result

pytestmark = pytest.mark.django_db
NUMBER = "浙ICP备2026000077号"
GRANT = {
    "outcome": "granted",
    "subject_number": NUMBER,
    "number_0": f"{NUMBER}-1",
    "opinion": "",
    "reason": "与管局电话核对无误",
}


@pytest.fixture
def waiting(life):
    life.to_bureau_review()
    return life


def other_order(state):
    applicant = make_applicant(phone="13800000071", account_name="示例二")
    dossier = filled_dossier(**{"subject.cert_number": "91330102MA0000071C"})
    return make_order(applicant, state=state, dossier=dossier)


def apply_url(result, order):
    return reverse("orders:bureau-result-apply", args=[result.key, order.pk])


def look_url(result):
    return reverse("orders:bureau-result", args=[result.key])


def decision(order):
    ref = str(order.submissions.get().dossier.services[0].ref)
    return Decision(GRANTED, "", NUMBER, {ref: f"{NUMBER}-1"})


def test_page_shows_words_numbers_and_why_it_was_not_applied(waiting):
    result = make_stopped_result()
    client = client_of(waiting.submitter.user)

    html = client.get(look_url(result)).content.decode()

    for words in ("同意备案", NUMBER, f"{NUMBER}-1", "没有找到它所说的资料", "不对应任何已知服务"):
        assert words in html


def test_order_number_leads_to_the_check_page_filled_from_the_result(waiting):
    result = make_stopped_result()
    client = client_of(waiting.submitter.user)

    answer = client.get(f"{look_url(result)}?number={waiting.order.number.lower()}")
    html = client.get(answer.url).content.decode()

    assert answer.url == apply_url(result, waiting.order)
    assert f'value="{NUMBER}"' in html
    assert f'value="{NUMBER}-1"' in html
    assert waiting.order.subject_name in html


@pytest.mark.parametrize(
    ("number", "words"),
    [("", "请填写订单号"), ("BA20200101-0001", "没有这个订单号的已提交订单")],
)
def test_order_number_that_leads_nowhere_is_said_beside_the_field(waiting, number, words):
    result = make_stopped_result()

    html = client_of(waiting.submitter.user).get(f"{look_url(result)}?number={number}")

    assert words in html.content.decode()


def test_draft_cannot_be_chosen(waiting):
    draft = other_order(OrderState.DRAFT)
    result = make_stopped_result()
    client = client_of(waiting.submitter.user)

    html = client.get(f"{look_url(result)}?number={draft.number}").content.decode()

    assert "没有这个订单号的已提交订单" in html
    assert client.get(apply_url(result, draft)).status_code == 404


def test_result_applied_by_hand_files_the_order_and_names_who_did_it(waiting):
    result = make_stopped_result()
    client = client_of(waiting.submitter.user)

    answer = post(
        client, apply_url(result, waiting.order), {**GRANT, "version": waiting.order.version}
    )

    assert answer.url == reverse("orders:attention")
    order = waiting.order
    assert (order.state, order.subject_number) == (OrderState.FILED, NUMBER)
    assert Subject.objects.get().subject_number == NUMBER
    events = [(event.name, event.actor_kind) for event in order.events.all()][-2:]
    assert events == [("bureau_result_applied", "staff"), ("grant", "bureau")]
    assert order.events.get(name="bureau_result_applied").actor_user == waiting.submitter.user
    result.refresh_from_db()
    assert (result.state, result.settled_by) == (ResultState.APPLIED, waiting.submitter.user)
    assert result.settlement_reason == GRANT["reason"]
    assert result.record.order_id == order.pk
    entry = AuditEntry.objects.get(action="bureau_result_applied")
    assert (entry.object_id, entry.field) == (str(order.pk), str(result.key))


def test_second_click_finds_it_done_and_changes_nothing(waiting):
    result = make_stopped_result()
    client = client_of(waiting.submitter.user)
    url = apply_url(result, waiting.order)
    data = {**GRANT, "version": waiting.order.version}
    post(client, url, data)
    count = waiting.order.events.count()

    second = post(client, url, data, follow=True)

    assert "submitter-1 已经处理了这条结果。" in second.content.decode()
    assert waiting.order.events.count() == count
    assert Notice.objects.filter(template="filed", channel="portal").count() == 1


def test_refusal_by_hand_needs_the_bureaus_words_and_gives_them_to_the_applicant(waiting):
    result = make_stopped_result(outcome="refused", text="", subject_number="", service_numbers={})
    client = client_of(waiting.submitter.user)
    url = apply_url(result, waiting.order)
    data = {"outcome": "refused", "reason": "来电告知", "version": waiting.order.version}

    html = post(client, url, data).content.decode()
    post(client, url, {**data, "opinion": "网站名称不合要求"})

    assert "请填写管局意见" in html
    order = waiting.order
    assert (order.state, order.bureau_opinion) == (OrderState.BUREAU_REJECTED, "网站名称不合要求")


def test_failed_domain_check_by_hand_returns_the_order(waiting):
    result = make_stopped_result(kind="XXXX", outcome="odd")
    data = {"outcome": "domain_failed", "opinion": "域名未实名", "reason": "来电告知"}
    data["version"] = waiting.order.version

    post(client_of(waiting.submitter.user), apply_url(result, waiting.order), data)

    assert (waiting.order.state, waiting.order.return_reason) == (
        OrderState.RETURNED_BY_MIIT,
        "domain_check",
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"subject_number": ""}, "请填写主体备案号"),
        ({"number_0": ""}, "请填写“示例科技官网”的服务备案号"),
        ({"number_0": NUMBER}, "服务备案号的格式不对"),
        ({"subject_number": "浙ICP备1号"}, "主体备案号的格式不对"),
        ({"number_0": "浙ICP备2026000078号-1"}, f"须以主体备案号 {NUMBER} 开头"),
        ({"reason": ""}, "请填写理由，写明核对的依据"),
        ({"outcome": ""}, "管局的结论"),
    ],
)
def test_bad_input_names_the_field_and_keeps_the_rest(waiting, changes, words):
    result = make_stopped_result()
    data = {**GRANT, **changes}

    html = post(client_of(waiting.submitter.user), apply_url(result, waiting.order), data)

    assert words in html.content.decode()
    assert "错误：" in html.content.decode()
    assert waiting.order.state == OrderState.BUREAU_REVIEW
    assert BureauResult.objects.get().state == ResultState.STOPPED


def test_order_in_another_state_says_why_before_the_click(life):
    life.submit()
    result = make_stopped_result()
    client = client_of(life.submitter.user)

    html = client.get(apply_url(result, life.order)).content.decode()
    post(client, apply_url(result, life.order), GRANT)

    assert "不能登记这个结果" in html
    assert life.order.state == OrderState.INITIAL_REVIEW
    assert BureauResult.objects.get().state == ResultState.STOPPED


def test_stale_page_changes_nothing(waiting):
    result = make_stopped_result()
    old = waiting.order.version - 1

    url = apply_url(result, waiting.order)
    post(client_of(waiting.submitter.user), url, {**GRANT, "version": old})

    assert waiting.order.state == OrderState.BUREAU_REVIEW
    assert not waiting.order.events.filter(name="bureau_result_applied").exists()


def test_clash_with_the_register_is_said_and_moves_nothing(waiting, monkeypatch):
    def clash(**_values):
        raise RegisterConflict("this certificate is already on record")

    monkeypatch.setattr("orders.actions.register.write_first_filing", clash)
    result = make_stopped_result()

    url = apply_url(result, waiting.order)
    data = {**GRANT, "version": waiting.order.version}
    page = post(client_of(waiting.submitter.user), url, data, follow=True).content.decode()

    assert "与备案库中已有的记录冲突：" in page
    assert waiting.order.state == OrderState.BUREAU_REVIEW
    assert BureauResult.objects.get().state == ResultState.STOPPED
    assert not waiting.order.events.filter(name="bureau_result_applied").exists()


def test_order_of_the_submitters_own_account_is_refused(waiting):
    Membership.objects.create(
        account=waiting.applicant.account,
        user=waiting.submitter.user,
        role=MembershipRole.BEIAN_ADMINISTRATOR,
    )
    result = make_stopped_result()

    with pytest.raises(workflow.Refused) as refusal:
        apply_by_hand(
            waiting.submitter.actor,
            key=result.key,
            order_id=waiting.order_id,
            decision=decision(waiting.order),
            reason="核对无误",
        )

    assert refusal.value.code == "not_own_account"


def test_another_order_than_the_one_named_is_warned_of(waiting):
    other = other_order(OrderState.BUREAU_REVIEW)
    result = make_stopped_result(waiting.order.bureau_records.first())

    html = client_of(waiting.submitter.user).get(apply_url(result, other)).content.decode()

    assert f"结果指向订单 {waiting.order.number}" in html


def test_dismissed_result_keeps_its_reason_and_is_off_the_list(waiting):
    result = make_stopped_result(result_id=f"unreadable:{'0' * 64}")
    client = client_of(waiting.submitter.user)
    empty = post(client, look_url(result), {"dismiss-reason": ""}).content.decode()

    post(client, look_url(result), {"dismiss-reason": "重复送达，订单已备案"})

    assert "请填写理由，写明核对的依据" in empty
    result.refresh_from_db()
    assert (result.state, result.settlement_reason) == (
        ResultState.DISMISSED,
        "重复送达，订单已备案",
    )
    assert AuditEntry.objects.get(action="bureau_result_dismissed").object_id == str(result.key)
    assert str(result.key) not in client.get("/desk/attention/").content.decode()


def test_dismissed_result_cannot_be_applied_nor_dismissed_again(waiting):
    result = make_stopped_result()
    actor = waiting.submitter.actor
    dismiss_result(actor, key=result.key, reason="重复")

    for again in (
        lambda: dismiss_result(actor, key=result.key, reason="又一次"),
        lambda: apply_by_hand(
            actor,
            key=result.key,
            order_id=waiting.order_id,
            decision=decision(waiting.order),
            reason="核对无误",
        ),
    ):
        with pytest.raises(workflow.Refused, match="已经处理"):
            again()

    assert waiting.order.state == OrderState.BUREAU_REVIEW


def test_waiting_result_settled_by_a_person_is_not_applied_by_the_machine(waiting, bureau):
    bureau.decide("granted")
    waiting.collect()
    assert waiting.order.state == OrderState.FILED
    late = make_stopped_result(state=ResultState.WAITING, problem="too_early")
    dismiss_result(waiting.submitter.actor, key=late.key, reason="订单已备案")

    waiting.collect()

    assert BureauResult.objects.get(pk=late.pk).state == ResultState.DISMISSED


def test_reviewer_cannot_settle(waiting):
    result = make_stopped_result()

    with pytest.raises(workflow.Refused, match="没有登记管局结果的权限"):
        dismiss_result(make_staff(Role.REVIEWER, name="r-9").actor, key=result.key, reason="x")


def test_unknown_result_is_not_found(waiting):
    client = client_of(waiting.submitter.user)

    assert client.get(reverse("orders:bureau-result", args=[uuid.uuid4()])).status_code == 404
