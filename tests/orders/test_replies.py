"""When a comment counts as answered, and who may explain until when."""

from datetime import timedelta

import pytest

from beian import clock
from beian.models import Deadline
from orders import workflow
from orders.enums import CommentSeverity, OrderState, ReplyState
from orders.models import FilingOrder
from orders.replies import answers_of, reply_to_comment, unanswered_comments
from orders.workflow import Refused
from tests.builders import client_of, make_applicant, make_order, post
from tests.orders.builders_filings import change_draft, make_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def order(applicant):
    return make_order(applicant, state=OrderState.NEEDS_SUPPLEMENT)


def states_of(order) -> list[str]:
    return [answer.state for answer in answers_of(order)]


def test_comment_without_answer_is_open(order):
    comment = make_comment(order)

    assert states_of(order) == [ReplyState.OPEN]
    assert unanswered_comments(order) == [comment]


def test_comment_is_answered_when_its_field_changed(order):
    make_comment(order, "services[0].name")
    change_draft(order, "services[0].name", "示例知识库")

    assert states_of(order) == [ReplyState.DONE]
    assert unanswered_comments(order) == []


def test_comment_stays_open_when_another_field_changed(order):
    comment = make_comment(order, "services[0].name")
    change_draft(order, "services[0].remarks", "介绍产品、下载和联系方式。")

    assert unanswered_comments(order) == [comment]


def test_comment_is_open_again_when_the_change_was_taken_back(order):
    comment = make_comment(order, "services[0].name")
    before = order.dossier.services[0].name
    change_draft(order, "services[0].name", "示例知识库")
    change_draft(order, "services[0].name", before)

    assert unanswered_comments(order) == [comment]


@pytest.mark.parametrize(
    ("path", "changed", "value"),
    [
        ("subject.principal", "subject.principal.emergency_phone", "13600000088"),
        ("services[0].domains[0]", "services[0].domains", ["shili-zhishi.com"]),
        ("materials.subject_doc_image", "materials.subject_doc_image", ["new-picture"]),
    ],
)
def test_comment_on_a_part_is_answered_by_a_change_inside_it(order, path, changed, value):
    make_comment(order, path)
    change_draft(order, changed, value)

    assert states_of(order) == [ReplyState.DONE]


def test_explanation_answers_a_comment(applicant, order):
    comment = make_comment(order)

    reply_to_comment(applicant.actor, comment_id=comment.pk, text=" 这是我们的注册商标。 ")

    comment.refresh_from_db()
    assert (comment.reply, comment.reply_state) == ("这是我们的注册商标。", ReplyState.EXPLAINED)
    assert states_of(order) == [ReplyState.EXPLAINED]
    assert unanswered_comments(order) == []


def test_explanation_can_be_changed_and_taken_back(applicant, order):
    comment = make_comment(order)
    reply_to_comment(applicant.actor, comment_id=comment.pk, text="第一次说明")
    reply_to_comment(applicant.actor, comment_id=comment.pk, text="改过的说明")
    comment.refresh_from_db()
    assert comment.reply == "改过的说明"

    reply_to_comment(applicant.actor, comment_id=comment.pk, text="")

    assert unanswered_comments(order) == [comment]


def test_explanation_is_not_stored_in_plain_text(applicant, order):
    from django.db import connection

    comment = make_comment(order)
    reply_to_comment(applicant.actor, comment_id=comment.pk, text="这是我们的注册商标。")

    with connection.cursor() as cursor:
        cursor.execute("select reply from orders_ordercomment where id = %s", [comment.pk])
        assert "注册商标" not in str(cursor.fetchone()[0])


def test_advice_and_unsent_comments_never_block(order):
    make_comment(order, severity=CommentSeverity.ADVICE)
    make_comment(order, is_sent=False)

    assert unanswered_comments(order) == []


def test_withdrawn_comment_does_not_block(order):
    comment = make_comment(order)
    comment.withdrawn_at = clock.now()
    comment.save()

    assert answers_of(order) == []


@pytest.mark.usefixtures("idle_orders_expire")
def test_explaining_counts_as_activity_and_moves_the_expiry(applicant, order, settings):
    comment = make_comment(order)
    FilingOrder.objects.filter(pk=order.pk).update(due_at=clock.now() + timedelta(days=3))

    reply_to_comment(applicant.actor, comment_id=comment.pk, text="这是我们的注册商标。")

    order.refresh_from_db()
    assert (order.due_at - clock.now()).days == 44
    expiry = Deadline.objects.get(object_id=order.pk, kind="idle_expiry", done_at=None)
    assert expiry.due_at == order.due_at


def test_other_account_may_not_explain(order):
    comment = make_comment(order)
    stranger = make_applicant(phone="13900000077", account_name="另一账号")

    with pytest.raises(Refused) as refusal:
        reply_to_comment(stranger.actor, comment_id=comment.pk, text="说明")

    assert refusal.value.code == "actor"


@pytest.mark.parametrize(
    "state", [OrderState.RESUBMITTED, OrderState.INITIAL_REVIEW, OrderState.FILED]
)
def test_explanation_is_refused_once_resubmitted(applicant, state):
    order = make_order(applicant, state=state)
    comment = make_comment(order)

    with pytest.raises(Refused) as refusal:
        reply_to_comment(applicant.actor, comment_id=comment.pk, text="说明")

    assert refusal.value.reason == "订单已经提交，说明不能再修改。"


def test_explanation_of_an_earlier_round_is_refused(applicant, order):
    comment = make_comment(order)
    FilingOrder.objects.filter(pk=order.pk).update(round=2)

    with pytest.raises(Refused) as refusal:
        reply_to_comment(applicant.actor, comment_id=comment.pk, text="说明")

    assert refusal.value.code == "round"


def test_resubmission_is_refused_with_the_count_of_open_comments(applicant, order):
    make_comment(order, "services[0].name")
    make_comment(order, "services[0].remarks")

    with pytest.raises(Refused) as refusal:
        workflow.apply(order.pk, "resubmit", applicant.actor)

    assert refusal.value.code == "comments_answered"
    assert refusal.value.reason == "还有 2 条意见没有处理。"


def test_reply_page_saves_and_returns_to_the_comment(applicant, order):
    comment = make_comment(order)
    client = client_of(applicant.user)
    url = f"/filings/{order.pk}/comments/{comment.pk}/"

    response = post(client, url, {"text": "这是我们的注册商标。", "version": order.version})

    assert response.url == f"/filings/{order.pk}/#comment-{comment.pk}"
    assert "这是我们的注册商标。" in client.get(f"/filings/{order.pk}/").content.decode()


def test_reply_page_asks_for_text(applicant, order):
    comment = make_comment(order)
    url = f"/filings/{order.pk}/comments/{comment.pk}/"

    response = post(client_of(applicant.user), url, {"text": "  "})

    html = response.content.decode()
    assert html.count("请填写说明") == 2
    assert "<title>错误：" in html


def test_reply_page_takes_the_explanation_back(applicant, order):
    comment = make_comment(order)
    reply_to_comment(applicant.actor, comment_id=comment.pk, text="说明")
    url = f"/filings/{order.pk}/comments/{comment.pk}/"

    client = client_of(applicant.user)
    seen = client.get(url).context["seen"]

    post(client, url, {"text": "说明", "action": "take_back", "seen": seen})

    comment.refresh_from_db()
    assert comment.reply == ""


@pytest.mark.parametrize("button", [{}, {"action": "take_back"}])
def test_explanation_of_a_colleague_is_not_overwritten_unread(applicant, order, button):
    comment = make_comment(order)
    client = client_of(applicant.user)
    url = f"/filings/{order.pk}/comments/{comment.pk}/"
    seen = client.get(url).context["seen"]
    reply_to_comment(applicant.actor, comment_id=comment.pk, text="同事的说明")

    page = post(client, url, {"text": "我的说明", "seen": seen, **button})

    comment.refresh_from_db()
    assert comment.reply == "同事的说明"
    assert "同事刚刚修改了这条说明" in page.text
    assert "同事的说明" in page.text
    mine = {"text": "我的说明", "seen": page.context["seen"]}
    assert post(client, url, mine).status_code == 302
    comment.refresh_from_db()
    assert comment.reply == "我的说明"


def test_reply_page_of_a_resubmitted_order_leads_back_with_the_reason(applicant):
    order = make_order(applicant, state=OrderState.RESUBMITTED)
    comment = make_comment(order)
    client = client_of(applicant.user)

    response = client.get(f"/filings/{order.pk}/comments/{comment.pk}/", follow=True)

    assert response.redirect_chain == [(f"/filings/{order.pk}/", 302)]
    assert "订单已经提交，说明不能再修改。" in response.content.decode()


def test_reply_page_of_another_account_or_an_unsent_comment_is_not_found(applicant, order):
    comment, unsent = make_comment(order), make_comment(order, is_sent=False)
    stranger = make_applicant(phone="13900000077", account_name="另一账号")

    foreign = client_of(stranger.user).get(f"/filings/{order.pk}/comments/{comment.pk}/")
    early = client_of(applicant.user).get(f"/filings/{order.pk}/comments/{unsent.pk}/")

    assert (foreign.status_code, early.status_code) == (404, 404)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_explanation_locks_the_order_in_a_transaction_of_its_own(applicant, order):
    comment = make_comment(order)
    reply_to_comment(applicant.actor, comment_id=comment.pk, text="名称与营业执照一致")
    assert states_of(order) == [ReplyState.EXPLAINED]
