"""Sending back between the initial review and the bureau: as a rejection or for completion."""

import pytest

from beian.actions.deadlines import open_deadline
from beian.enums import StaffRoleName as Role
from beian.models import Membership, Notice
from orders import workflow
from orders.actions.handover import hand_over_to_bureau, refusal_to_hand_over
from orders.enums import HandoverState, OrderState, RecordType
from orders.models import BureauRecord
from tests.builders import client_of, make_resource, make_staff, post
from tests.orders.desk_stage import NAME_PATH, Desk, flash, make_desk

pytestmark = pytest.mark.django_db

FORM = {"reason": "R-NAME", "severity": "must_fix", "text": "请改名。", "example": ""}


@pytest.fixture
def desk() -> Desk:
    return make_desk(OrderState.PENDING_BUREAU_SUBMISSION)


@pytest.fixture
def submitter():
    return make_staff(Role.BUREAU_SUBMITTER, name="submitter-1")


def queue_record(desk: Desk, state: HandoverState = HandoverState.QUEUED) -> BureauRecord:
    record = BureauRecord(
        order=desk.order,
        submission=desk.order.submissions.get(),
        record_type=RecordType.FIRST_FILING,
        state=state,
        created_at=desk.order.created_at,
    )
    record.put("{}")
    record.save()
    return record


def write(desk: Desk, staff) -> None:
    response = post(client_of(staff.user), f"{desk.url('comment')}?path={NAME_PATH}", FORM)
    assert response.status_code == 302, response.context["form"].errors


@pytest.mark.usefixtures("idle_orders_expire")
def test_submitter_names_fields_and_sends_the_order_back_for_completion(desk, submitter):
    write(desk, submitter)

    desk.act("send_back_supplement", client_of(submitter.user), opinion="请尽快修改。")

    desk.order.refresh_from_db()
    event = desk.order.events.last()
    assert desk.order.state == OrderState.NEEDS_SUPPLEMENT
    assert desk.order.open_paths == [NAME_PATH]
    assert desk.order.comments.get().sent_at is not None
    assert (event.name, event.reason_codes) == ("send_back_supplement", ["R-NAME"])
    assert open_deadline("bureau_submission", desk.order.pk) is None
    assert open_deadline("idle_expiry", desk.order.pk) is not None
    assert Notice.objects.filter(order_id=desk.order.pk, template="needs_supplement").exists()


def test_for_completion_needs_a_field_and_says_so(desk, submitter):
    page = client_of(submitter.user).get(desk.url("case-act", "send_back_supplement"))

    desk.act("send_back_supplement", client_of(submitter.user))

    desk.order.refresh_from_db()
    assert "请至少给一个字段写明必须修改或需要材料的意见。" in page.content.decode()
    assert desk.order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_as_rejection_the_written_comments_go_along(desk, submitter):
    write(desk, submitter)

    desk.act("send_back", client_of(submitter.user), opinion="网站名称不符合要求。")

    desk.order.refresh_from_db()
    assert (desk.order.state, desk.order.open_paths) == (OrderState.INITIAL_REJECTED, [])
    assert desk.order.comments.get().sent_at is not None


@pytest.mark.parametrize("name", ["send_back", "send_back_supplement"])
def test_a_queued_record_is_cancelled(desk, submitter, name):
    record = queue_record(desk)
    write(desk, submitter)

    desk.act(name, client_of(submitter.user), opinion="请修改。")

    record.refresh_from_db()
    assert record.state == HandoverState.CANCELLED


@pytest.mark.parametrize("state", [HandoverState.SENT, HandoverState.UNKNOWN])
def test_once_sent_nothing_is_written_or_sent_back(desk, submitter, state):
    write(desk, submitter)
    record = queue_record(desk, state)
    client = client_of(submitter.user)

    response = post(client, f"{desk.url('comment')}?path={NAME_PATH}", FORM)
    desk.act("send_back_supplement", client)

    desk.order.refresh_from_db()
    record.refresh_from_db()
    assert "资料已发送给管局，不能撤回。" in str(response.context["form"].errors)
    assert (desk.order.state, record.state) == (OrderState.PENDING_BUREAU_SUBMISSION, state)
    assert desk.order.comments.count() == 1


def test_nobody_hands_over_what_a_colleague_is_sending_back(desk, submitter):
    make_resource(desk.order.account)
    write(desk, desk.reviewer)

    with pytest.raises(workflow.Refused) as refused:
        hand_over_to_bureau(submitter.actor, desk.order.pk)

    assert refused.value.reason == "有必须修改的意见还没有发送，请先退回申请人，或撤回意见。"
    desk.order.comments.get().delete()
    assert "意见" not in refusal_to_hand_over(desk.order, submitter.actor)


def test_own_accounts_order_gets_no_comment(desk, submitter):
    Membership.objects.create(account=desk.order.account, user=submitter.user, role="none")
    client = client_of(submitter.user)

    response = post(client, f"{desk.url('comment')}?path={NAME_PATH}", FORM)

    assert "不能审核自己账号的订单，请由其他同事处理。" in str(response.context["form"].errors)
    assert not desk.order.comments.exists()


def test_submitter_does_not_comment_while_it_is_reviewed(submitter):
    desk = make_desk(OrderState.INITIAL_REVIEW)

    post(client_of(submitter.user), f"{desk.url('comment')}?path={NAME_PATH}", FORM)

    assert not desk.order.comments.exists()


def test_the_stale_page_is_refused(desk, submitter):
    write(desk, submitter)
    client = client_of(submitter.user)

    response = desk.act("send_back_supplement", client, version=desk.order.version + 1)

    assert flash(client, response.url) == ["订单刚刚有了变化，请查看最新内容后再操作。"]
    desk.order.refresh_from_db()
    assert desk.order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_case_page_offers_both_ways_back(desk, submitter):
    write(desk, submitter)

    page = client_of(submitter.user).get(desk.url("case"))

    buttons = {button.name: button.reason for button in page.context["bar"].buttons}
    assert buttons == {"send_back_supplement": "", "send_back": ""}
    assert page.context["may_comment"] is True
