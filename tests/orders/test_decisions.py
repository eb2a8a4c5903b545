"""Taking, releasing, deciding, recalling, sending back."""

import pytest

from beian.actions.deadlines import open_deadline
from beian.enums import StaffRoleName as Role
from beian.models import Membership, Notice
from orders import workflow
from orders.actions.comments import CommentText
from orders.actions.review import extend_lease, take_order
from orders.enums import CommentSeverity, OrderState
from orders.models import FilingOrder
from tests.builders import client_of, make_applicant, make_order, make_staff, post
from tests.orders.desk_stage import NAME_PATH, NOT_TAKEN, Desk, make_desk

pytestmark = pytest.mark.django_db

ADVICE = CommentText(CommentSeverity.ADVICE, "R-OTHER", "建议补充说明。")


def waiting_desk(state: OrderState = OrderState.INITIAL_REVIEW) -> Desk:
    """A case nobody has taken."""
    return Desk(make_staff(Role.REVIEWER), make_order(make_applicant(), state=state))


def state_of(desk: Desk) -> str:
    desk.order.refresh_from_db()
    return desk.order.state


def messages_after(client, response) -> list[str]:
    return [str(item) for item in client.get(response.url).context["messages"]]


@pytest.mark.parametrize("state", [OrderState.INITIAL_REVIEW, OrderState.RESUBMITTED])
def test_take_assigns_the_case_and_starts_its_lease(state):
    desk = waiting_desk(state)

    response = post(desk.client, desk.url("case-act", "take"))

    desk.order.refresh_from_db()
    assert response.url == desk.url("case")
    assert (desk.order.state, desk.order.is_claimed_by(desk.reviewer.user.pk)) == (state, True)
    assert open_deadline("lease", desk.order.pk).due_at == desk.order.lease_until


def test_the_slower_reviewer_reads_that_a_colleague_was_faster():
    desk = waiting_desk()
    colleague = make_staff(Role.REVIEWER, name="reviewer-2")
    take_order(colleague.actor, order_id=desk.order.pk)
    client = desk.client

    response = post(client, desk.url("case-act", "take"))

    assert messages_after(client, response) == ["同事刚刚领取了这个订单。"]
    desk.order.refresh_from_db()
    assert desk.order.assigned_to == colleague.user


def test_own_accounts_order_is_not_taken():
    desk = waiting_desk()
    Membership.objects.create(account=desk.order.account, user=desk.reviewer.user, role="none")
    client = desk.client

    response = post(client, desk.url("case-act", "take"))

    assert messages_after(client, response) == ["不能审核自己账号的订单，请由其他同事处理。"]
    desk.order.refresh_from_db()
    assert desk.order.assigned_to is None


def test_release_gives_the_case_back():
    desk = make_desk()

    desk.act("release")

    desk.order.refresh_from_db()
    assert (desk.order.state, desk.order.assigned_to) == (OrderState.INITIAL_REVIEW, None)


def test_senior_reviewer_may_release_a_colleagues_case_and_a_reviewer_may_not():
    desk = make_desk()
    reviewer = client_of(make_staff(Role.REVIEWER, name="reviewer-2").user)
    senior = client_of(make_staff(Role.SENIOR_REVIEWER, name="senior-1").user)

    desk.act("release", reviewer)
    desk.order.refresh_from_db()
    assert desk.order.assigned_to == desk.reviewer.user

    desk.act("release", senior)
    desk.order.refresh_from_db()
    assert desk.order.assigned_to is None


def test_pass_hands_the_order_to_the_submitters_and_notes_the_reviewer():
    desk = make_desk()
    desk.tick()

    desk.act("pass_initial_review")

    assert state_of(desk) == OrderState.PENDING_BUREAU_SUBMISSION
    assert desk.order.last_reviewer == desk.reviewer.user
    assert open_deadline("bureau_submission", desk.order.pk) is not None


def test_pass_is_unavailable_with_its_reason_while_a_must_fix_comment_stands():
    desk = make_desk()
    desk.comment()
    desk.tick()

    page = desk.client.get(desk.url("case")).content.decode()
    desk.act("pass_initial_review")

    assert "有未撤回的必须修改意见，不能通过。" in page
    assert state_of(desk) == OrderState.INITIAL_REVIEW


def test_advice_alone_neither_stops_the_pass_nor_allows_a_rejection():
    desk = make_desk()
    desk.comment(content=ADVICE)
    desk.tick()

    desk.act("reject")
    assert state_of(desk) == OrderState.INITIAL_REVIEW

    desk.act("pass_initial_review")
    assert state_of(desk) == OrderState.PENDING_BUREAU_SUBMISSION


@pytest.mark.parametrize(
    ("name", "state", "open_paths"),
    [
        ("reject", OrderState.INITIAL_REJECTED, []),
        ("ask_supplement", OrderState.NEEDS_SUPPLEMENT, [NAME_PATH]),
    ],
)
def test_decision_sends_the_comments_with_reasons_and_words(name, state, open_paths):
    desk = make_desk()
    comment = desk.comment()

    desk.act(name, opinion="请按意见修改。")

    comment.refresh_from_db()
    event = desk.order.events.last()
    assert state_of(desk) == state
    assert desk.order.open_paths == open_paths
    assert comment.sent_at is not None
    assert (event.reason_codes, event.said) == (["R-NAME"], "请按意见修改。")
    assert Notice.objects.filter(order_id=desk.order.pk).exists()


@pytest.mark.parametrize("name", ["reject", "ask_supplement"])
def test_preview_shows_the_message_and_decides_nothing(name):
    desk = make_desk()
    desk.comment()

    response = desk.act(name, action="preview", opinion="请先核对名称。")

    assert "\n请先核对名称。\n" in response.context["preview"].body
    assert len(response.context["comments"]) == 1
    assert state_of(desk) == OrderState.INITIAL_REVIEW
    assert Notice.objects.count() == 0


def test_decision_on_an_old_page_is_refused():
    desk = make_desk()
    client = desk.client

    response = desk.act("pass_initial_review", client, version=desk.order.version + 1)

    assert messages_after(client, response) == ["订单刚刚有了变化，请查看最新内容后再操作。"]
    assert state_of(desk) == OrderState.INITIAL_REVIEW


def test_decision_after_the_lease_ran_out_is_refused():
    desk = make_desk()
    desk.let_lease_lapse()
    client = desk.client

    response = desk.act("pass_initial_review", client)

    assert messages_after(client, response) == [NOT_TAKEN]
    assert state_of(desk) == OrderState.INITIAL_REVIEW


def test_pass_after_the_applicant_withdrew_is_refused():
    applicant = make_applicant()
    reviewer = make_staff(Role.REVIEWER)
    order = make_order(applicant, state=OrderState.INITIAL_REVIEW, reviewer=reviewer.user)
    desk = Desk(reviewer, order)
    workflow.apply(order.pk, "withdraw", applicant.actor, version=order.version)

    desk.act("pass_initial_review")

    assert state_of(desk) == OrderState.DRAFT


def test_recall_puts_the_order_back_into_review_and_closes_the_fields():
    desk = make_desk()
    desk.comment()
    desk.act("ask_supplement")

    desk.act("recall")

    assert state_of(desk) == OrderState.INITIAL_REVIEW
    assert desk.order.open_paths == []


def test_send_back_needs_words():
    desk = make_desk(OrderState.PENDING_BUREAU_SUBMISSION)

    response = desk.act("send_back", opinion=" ")

    assert response.context["form"].errors["opinion"] == [
        "请填写给申请人的说明，写明退回的理由和处理办法"
    ]
    assert state_of(desk) == OrderState.PENDING_BUREAU_SUBMISSION


def test_submitter_sends_an_order_back_with_his_words():
    desk = make_desk(OrderState.PENDING_BUREAU_SUBMISSION)
    submitter = make_staff(Role.BUREAU_SUBMITTER, name="submitter-1")

    desk.act("send_back", client_of(submitter.user), opinion="执照照片缺一角，请重新上传。")

    assert state_of(desk) == OrderState.INITIAL_REJECTED
    assert desk.order.events.last().said == "执照照片缺一角，请重新上传。"


@pytest.mark.parametrize("name", ["take", "release", "pass_initial_review", "reject"])
def test_submitter_does_not_review(name):
    desk = waiting_desk() if name == "take" else make_desk()
    desk_version = desk.order.version
    submitter = make_staff(Role.BUREAU_SUBMITTER, name="submitter-1")

    desk.act(name, client_of(submitter.user))

    desk.order.refresh_from_db()
    assert (desk.order.state, desk.order.version) == (OrderState.INITIAL_REVIEW, desk_version)


def test_unknown_act_is_not_found():
    desk = make_desk()

    assert desk.client.get(desk.url("case-act", "grant")).status_code == 404


def test_lease_of_a_colleague_is_not_extended():
    desk = make_desk()
    colleague = make_staff(Role.REVIEWER, name="reviewer-2")

    assert extend_lease(colleague.actor, order_id=desk.order.pk) is None
    assert extend_lease(desk.reviewer.actor, order_id=desk.order.pk) is not None


def test_lapsed_lease_is_not_extended():
    desk = make_desk()
    desk.let_lease_lapse()

    assert extend_lease(desk.reviewer.actor, order_id=desk.order.pk) is None
    assert FilingOrder.objects.get(pk=desk.order.pk).is_claimed is False
