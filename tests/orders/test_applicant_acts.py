"""Withdraw, abandon, hide, reopen, resubmit unchanged: the effect first, then the act."""

import pytest

from orders.actions.applicant import reopen_order
from orders.enums import HandoverState, OrderState, RecordType
from orders.filings.acts import ACTS
from orders.guards import GUARDS
from orders.models import BureauRecord, FilingOrder
from orders.transitions import BY_NAME
from orders.workflow import Refused
from tests.builders import (
    client_of,
    filled_dossier,
    make_applicant,
    make_order,
    make_resource,
    post,
)
from tests.orders.builders_filings import change_draft

pytestmark = pytest.mark.django_db

# act, a state it starts from, the state it leads to
WAYS = [
    ("withdraw", OrderState.INITIAL_REVIEW, OrderState.DRAFT),
    ("withdraw", OrderState.RESUBMITTED, OrderState.DRAFT),
    ("withdraw", OrderState.PENDING_BUREAU_SUBMISSION, OrderState.DRAFT),
    ("abandon", OrderState.DRAFT, OrderState.ABANDONED),
    ("abandon", OrderState.NEEDS_SUPPLEMENT, OrderState.ABANDONED),
    ("abandon", OrderState.INITIAL_REJECTED, OrderState.ABANDONED),
    ("abandon", OrderState.RETURNED_BY_MIIT, OrderState.ABANDONED),
    ("abandon", OrderState.BUREAU_REJECTED, OrderState.ABANDONED),
    ("hide", OrderState.ABANDONED, OrderState.ABANDONED),
    ("reopen", OrderState.EXPIRED, OrderState.DRAFT),
    ("resubmit_unchanged", OrderState.RETURNED_BY_MIIT, OrderState.PENDING_BUREAU_SUBMISSION),
]


@pytest.fixture
def applicant():
    return make_applicant()


def order_in(applicant, state, **columns) -> FilingOrder:
    """An order with a usable server, put into `state`."""
    dossier = filled_dossier(make_resource(applicant.account))
    return make_order(applicant, state=state, dossier=dossier, **columns)


def act(client, order, name, version=None):
    data = {"version": order.version if version is None else version}
    return post(client, f"/filings/{order.pk}/act/{name}/", data)


def test_every_act_is_a_transition_of_the_table():
    assert [name for name in ACTS if name not in BY_NAME] == []


@pytest.mark.parametrize(("name", "state", "_after"), WAYS)
def test_confirm_page_states_every_effect_before_the_button(applicant, name, state, _after):
    order = order_in(applicant, state)

    html = client_of(applicant.user).get(f"/filings/{order.pk}/act/{name}/").content.decode()

    assert [effect for effect in ACTS[name].effects if str(effect) not in html] == []
    assert f'<button class="button button--primary">{ACTS[name].button}</button>' in html


@pytest.mark.parametrize(("name", "state", "after"), WAYS)
def test_act_moves_the_order_and_says_so(applicant, name, state, after):
    order = order_in(applicant, state)
    client = client_of(applicant.user)

    response = act(client, order, name)

    order.refresh_from_db()
    assert order.state == after
    assert str(ACTS[name].done) in client.get(response.url).content.decode()


def test_hidden_order_leaves_the_list(applicant):
    order = order_in(applicant, OrderState.ABANDONED)

    response = act(client_of(applicant.user), order, "hide")

    order.refresh_from_db()
    assert (order.is_hidden, response.url) == (True, "/filings/")


@pytest.mark.parametrize(
    "state", [OrderState.SMS_VERIFICATION, OrderState.BUREAU_REVIEW, OrderState.FILED]
)
def test_act_that_came_too_late_is_a_message_on_the_order_page(applicant, state):
    order = order_in(applicant, state)
    client = client_of(applicant.user)

    response = act(client, order, "withdraw")

    order.refresh_from_db()
    assert order.state == state
    label = order.get_state_display()
    html = client.get(response.url).content.decode()
    assert f"订单现在是“{label}”，不能撤销备案。" in html


def test_act_of_an_old_page_is_refused_with_a_message(applicant):
    order = order_in(applicant, OrderState.INITIAL_REVIEW)
    client = client_of(applicant.user)

    response = act(client, order, "withdraw", version=order.version + 1)

    order.refresh_from_db()
    assert order.state == OrderState.INITIAL_REVIEW
    html = client.get(response.url).content.decode()
    assert "订单刚刚有了变化，请查看最新内容后再操作。" in html


@pytest.mark.parametrize("version", ["", "-1", "x", "１"])
def test_act_without_a_readable_version_is_refused(applicant, version):
    order = order_in(applicant, OrderState.DRAFT)

    act(client_of(applicant.user), order, "abandon", version=version)

    order.refresh_from_db()
    assert order.state == OrderState.DRAFT


def test_withdraw_is_unavailable_with_the_reason_once_records_are_sent(applicant):
    order = order_in(applicant, OrderState.PENDING_BUREAU_SUBMISSION)
    BureauRecord.objects.create(
        order=order,
        submission=order.submissions.get(),
        record_type=RecordType.FIRST_FILING,
        state=HandoverState.SENT,
        created_at=order.created_at,
    )
    client = client_of(applicant.user)

    html = client.get(f"/filings/{order.pk}/act/withdraw/").content.decode()
    act(client, order, "withdraw")

    order.refresh_from_db()
    assert "资料已发送给管局，不能撤回。" in html
    assert '<button class="button button--primary">' not in html
    assert order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_changed_draft_cannot_be_resubmitted_unchanged(applicant):
    order = order_in(applicant, OrderState.RETURNED_BY_MIIT)
    change_draft(order, "services[0].name", "示例知识库")
    client = client_of(applicant.user)

    response = act(client, order, "resubmit_unchanged")

    html = client.get(response.url).content.decode()
    order.refresh_from_db()
    assert order.state == OrderState.RETURNED_BY_MIIT
    assert "资料已经修改过，请重新提交初审。" in html


def test_reopen_is_refused_while_another_order_runs(applicant):
    expired = order_in(applicant, OrderState.EXPIRED)
    running = make_order(applicant, dossier=filled_dossier(**{"subject.cert_number": ""}))

    with pytest.raises(Refused) as refusal:
        reopen_order(applicant.actor, order_id=expired.pk, version=expired.version)

    assert refusal.value.code == "may_start"
    assert running.number in refusal.value.reason


def test_reopen_that_loses_a_race_is_refused_by_the_database(applicant, monkeypatch):
    expired = order_in(applicant, OrderState.EXPIRED)
    make_order(applicant, dossier=filled_dossier(**{"subject.cert_number": ""}))
    monkeypatch.setitem(GUARDS, "may_start", lambda *_: "")

    with pytest.raises(Refused) as refusal:
        reopen_order(applicant.actor, order_id=expired.pk, version=expired.version)

    assert refusal.value.reason == "刚刚有另一个订单占用了同一账号、证件或域名，请核对后再试。"


def test_unknown_act_is_not_found(applicant):
    order = order_in(applicant, OrderState.INITIAL_REVIEW)

    response = client_of(applicant.user).get(f"/filings/{order.pk}/act/pass_initial_review/")

    assert response.status_code == 404


def test_act_on_another_accounts_order_is_not_found(applicant):
    order = order_in(applicant, OrderState.INITIAL_REVIEW)
    stranger = make_applicant(phone="13900000077", account_name="另一账号")

    response = act(client_of(stranger.user), order, "withdraw")

    order.refresh_from_db()
    assert (response.status_code, order.state) == (404, OrderState.INITIAL_REVIEW)


def test_double_click_withdraws_once(applicant):
    order = order_in(applicant, OrderState.INITIAL_REVIEW)
    client = client_of(applicant.user)
    data = {"version": order.version, "idempotency_key": "the-same-key-of-one-page"}
    url = f"/filings/{order.pk}/act/withdraw/"

    first, second = client.post(url, data), client.post(url, data)

    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert order.events.filter(name="withdraw").count() == 1
