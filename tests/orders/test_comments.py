"""Comments on fields: written, changed and withdrawn until the decision is sent."""

import pytest

from beian import clock
from beian.enums import StaffRoleName as Role
from orders.actions.comments import CommentText, add_comment, edit_comment, withdraw_comment
from orders.actions.review import ask_supplement, recall_order, take_order
from orders.enums import CommentSeverity, OrderState
from orders.models import FilingOrder, OrderComment
from orders.reasons import OTHER, reasons, reasons_for
from orders.workflow import Refused
from tests.builders import client_of, make_staff, post
from tests.orders.desk_stage import NAME_PATH, NOT_TAKEN, WORDS, flash, make_desk

pytestmark = pytest.mark.django_db

OTHER_WORDS = CommentText(CommentSeverity.ADVICE, OTHER, "建议补充网站介绍。")
FORM = {"reason": "R-NAME", "severity": "must_fix", "text": "请改名。", "example": "示例科技官网"}


def texts(desk) -> list[str]:
    return [comment.text for comment in desk.order.comments.all()]


def test_comment_is_kept_encrypted_and_unsent():
    desk = make_desk()

    comment = desk.comment()

    assert (comment.path, comment.round, comment.sent_at) == (NAME_PATH, 1, None)
    assert OrderComment.objects.extra(where=["text LIKE %s"], params=["%请改%"]).count() == 0


def test_comment_is_posted_from_the_composer_and_shown_beside_its_field():
    desk = make_desk()
    client = desk.client

    response = post(client, f"{desk.url('comment')}?path={NAME_PATH}", FORM)

    assert response.url == f"{desk.url('case')}#field-services-0--name"
    page = client.get(desk.url("case")).content.decode()
    assert texts(desk) == ["请改名。"]
    assert "本轮意见 1 条，其中 1 条必须处理；1 条尚未发送" in page


def test_reason_of_the_library_fills_the_composer_without_saving():
    desk = make_desk()

    response = post(
        desk.client,
        f"{desk.url('comment')}?path={NAME_PATH}",
        {"reason": "R-CONTENT", "action": "use_reason", "text": ""},
    )

    form = response.context["form"]
    assert form["text"].value() == reasons()["R-CONTENT"].text["zh"]
    assert form["severity"].value() == "must_fix"
    assert texts(desk) == []


def test_comment_without_words_says_which_field_is_missing():
    desk = make_desk()

    response = post(desk.client, f"{desk.url('comment')}?path={NAME_PATH}", {**FORM, "text": " "})

    assert response.context["form"].errors["text"] == ["请填写给申请人的意见"]
    assert texts(desk) == []


def test_comment_on_a_path_that_does_not_exist_is_not_found():
    desk = make_desk()

    assert desk.client.get(f"{desk.url('comment')}?path=services[7].name").status_code == 404
    assert desk.client.get(f"{desk.url('comment')}?path=').x").status_code == 404


def test_comment_without_a_lease_is_refused():
    desk = make_desk()
    desk.let_lease_lapse()

    with pytest.raises(Refused, match="请先领取"):
        desk.comment()


def test_typed_comment_stays_on_the_page_when_the_lease_ran_out():
    desk = make_desk()
    desk.let_lease_lapse()

    response = post(desk.client, f"{desk.url('comment')}?path={NAME_PATH}", FORM)

    page = response.content.decode()
    assert NOT_TAKEN in page
    assert response.context["form"]["text"].value() == "请改名。"
    assert texts(desk) == []


def test_saved_comments_outlive_a_lost_lease_and_wait_for_the_next_reviewer():
    desk = make_desk()
    comment = desk.comment()
    desk.let_lease_lapse()
    colleague = make_staff(Role.REVIEWER, name="reviewer-2")
    take_order(colleague.actor, order_id=desk.order.pk)

    edit_comment(
        colleague.actor, order_id=desk.order.pk, comment_id=comment.pk, content=OTHER_WORDS
    )

    comment.refresh_from_db()
    assert (comment.text, comment.author_id) == ("建议补充网站介绍。", colleague.user.pk)


def test_commenting_extends_the_lease():
    desk = make_desk()
    before = desk.order.lease_until

    desk.comment()

    desk.order.refresh_from_db()
    assert desk.order.lease_until > before


def test_withdrawn_unsent_comment_is_gone():
    desk = make_desk()
    comment = desk.comment()

    data = {"action": "withdraw", "version": desk.order.version}
    post(desk.client, desk.url("comment-edit", comment.pk), data)

    assert texts(desk) == []


@pytest.mark.parametrize("data", [FORM, {"action": "withdraw"}])
def test_comment_is_not_changed_from_a_page_older_than_the_case(data):
    desk = make_desk()
    comment = desk.comment()
    url = desk.url("comment-edit", comment.pk)
    page = desk.client.get(url)
    assert f'name="version" value="{desk.order.version}"' in page.text
    old = desk.order.version
    FilingOrder.objects.update(version=old + 1)

    answer = post(desk.client, url, {**data, "version": old}, follow=True)

    assert texts(desk) == [WORDS.text]
    assert "订单刚刚有了变化" in answer.text


def test_comment_withdrawn_meanwhile_cannot_be_changed():
    desk = make_desk()
    comment = desk.comment()
    withdraw_comment(desk.reviewer.actor, order_id=desk.order.pk, comment_id=comment.pk)

    with pytest.raises(Refused) as refusal:
        edit_comment(
            desk.reviewer.actor, order_id=desk.order.pk, comment_id=comment.pk, content=WORDS
        )

    assert refusal.value.code == "gone"


def test_sent_comment_is_never_changed_and_stays_for_the_record_when_withdrawn():
    desk = make_desk()
    comment = desk.comment()
    actor, order = desk.reviewer.actor, desk.order
    ask_supplement(actor, order_id=order.pk, version=order.version)
    order.refresh_from_db()
    recall_order(actor, order_id=order.pk, version=order.version)
    take_order(actor, order_id=order.pk)

    with pytest.raises(Refused) as refusal:
        edit_comment(actor, order_id=order.pk, comment_id=comment.pk, content=OTHER_WORDS)
    withdraw_comment(actor, order_id=order.pk, comment_id=comment.pk)

    comment.refresh_from_db()
    assert refusal.value.code == "sent"
    assert comment.text == WORDS.text
    assert comment.withdrawn_at <= clock.now()
    assert order.comments.standing().count() == 0


@pytest.mark.parametrize(
    "state", [OrderState.NEEDS_SUPPLEMENT, OrderState.SMS_VERIFICATION, OrderState.FILED]
)
def test_comment_outside_the_review_is_refused_with_the_state(state):
    desk = make_desk(state)

    with pytest.raises(Refused, match=str(state.label)):
        desk.comment()


def test_composer_is_not_opened_for_whoever_could_not_save():
    desk = make_desk()
    client = client_of(make_staff(Role.BUREAU_SUBMITTER, name="submitter-1").user)

    response = client.get(f"{desk.url('comment')}?path={NAME_PATH}")

    assert response.url == f"{desk.url('case')}#field-services-0--name"
    assert flash(client, response.url) == [NOT_TAKEN]


def test_comment_on_a_paper_that_is_missing_is_possible():
    desk = make_desk()

    comment = add_comment(
        desk.reviewer.actor, order_id=desk.order.pk, path="materials", content=WORDS
    )

    assert comment.path == "materials"


def test_reason_library_has_a_text_in_both_languages_for_every_reason():
    for reason in reasons().values():
        for text in (reason.title, reason.cause, reason.text):
            assert set(text) == {"zh", "en"}
            assert all(text.values())
        assert reason.severity in CommentSeverity.values
        assert set(reason.source) == {"title", "retrieved"}


def test_reasons_that_fit_a_field_are_offered_first():
    codes = [reason.code for reason in reasons_for("services[0].name", "enterprise")]

    assert "R-NAME" in codes
    assert "R-CALL" not in codes
