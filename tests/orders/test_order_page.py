"""The order page in every state, and what it says about who acts and until when."""

import pytest

from orders.enums import CommentSeverity, OrderState, ReturnReason
from orders.filings.state_display import display_of, label_of
from tests.builders import client_of, make_applicant, make_order, make_staff
from tests.orders.builders_filings import change_draft, make_comment, make_filed_order

pytestmark = pytest.mark.django_db

APPLICANT_STATES = [
    OrderState.NEEDS_SUPPLEMENT,
    OrderState.INITIAL_REJECTED,
    OrderState.RETURNED_BY_MIIT,
    OrderState.BUREAU_REJECTED,
]


def page_of(applicant, order) -> str:
    response = client_of(applicant.user).get(f"/filings/{order.pk}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("state", list(OrderState))
def test_order_page_names_state_actor_and_time(state):
    applicant = make_applicant()
    order = make_order(applicant, state=state)

    html = page_of(applicant, order)

    display = display_of(order)
    assert display.label in html
    assert f'<dd class="fact-value">{display.who}</dd>' in html
    assert html.count('class="fact-label"') == 3


@pytest.mark.parametrize("state", list(OrderState))
def test_order_page_of_other_account_is_not_found(state):
    order = make_order(make_applicant(), state=state)
    stranger = make_applicant(phone="13900000077", account_name="另一账号")

    response = client_of(stranger.user).get(f"/filings/{order.pk}/")

    assert response.status_code == 404


@pytest.mark.parametrize("state", [OrderState.INITIAL_REVIEW, OrderState.RESUBMITTED])
def test_label_of_claimed_order_is_in_review(state):
    reviewer = make_staff("reviewer").user
    order = make_order(make_applicant(), state=state, reviewer=reviewer)

    assert label_of(order) == "初审中"


@pytest.mark.parametrize(
    ("reason", "label"),
    [
        (ReturnReason.SMS_TIMEOUT, "工信部退回：短信核验未通过"),
        (ReturnReason.SMS_TOO_MANY_ERRORS, "工信部退回：短信核验未通过"),
        (ReturnReason.DOMAIN_CHECK, "工信部退回：域名核验未通过"),
    ],
)
def test_label_of_returned_order_names_what_failed(reason, label):
    order = make_order(make_applicant(), state=OrderState.RETURNED_BY_MIIT, return_reason=reason)

    assert label_of(order) == label


@pytest.mark.parametrize("state", [OrderState.SMS_VERIFICATION, OrderState.BUREAU_REVIEW])
def test_withdraw_is_shown_unavailable_when_bureau_has_the_order(state):
    applicant = make_applicant()
    order = make_order(applicant, state=state)

    html = page_of(applicant, order)

    assert 'aria-disabled="true"' in html
    assert f"/filings/{order.pk}/act/withdraw/" not in html


@pytest.mark.parametrize("state", APPLICANT_STATES)
def test_comments_stand_under_their_page_with_ways_to_answer(state):
    applicant = make_applicant()
    order = make_order(applicant, state=state)
    comment = make_comment(order, "services[0].name", text="请改名。")

    html = page_of(applicant, order)

    assert "请改名。" in html
    assert f'href="/filings/{order.pk}/steps/website/#id_name"' in html
    assert f'href="/filings/{order.pk}/comments/{comment.pk}/"' in html


def test_resubmit_is_unavailable_and_names_the_open_fields():
    applicant = make_applicant()
    order = make_order(applicant, state=OrderState.INITIAL_REJECTED)
    make_comment(order, "subject.principal.emergency_phone")
    make_comment(order, "services[0].name")
    make_comment(order, "services[0].remarks", severity=CommentSeverity.ADVICE)
    change_draft(order, "services[0].name", "示例知识库")

    html = page_of(applicant, order)

    assert "必须处理 2 条，已处理 1 条。" in html
    assert "现在不能提交：“应急电话”还没有处理。" in html
    assert f'href="/filings/{order.pk}/check/"' not in html


def test_resubmit_leads_to_the_check_page_once_all_is_answered():
    applicant = make_applicant()
    order = make_order(applicant, state=OrderState.NEEDS_SUPPLEMENT)
    make_comment(order, "services[0].name")
    change_draft(order, "services[0].name", "示例知识库")

    html = page_of(applicant, order)

    assert f'href="/filings/{order.pk}/check/"' in html
    assert "现在不能提交" not in html


def test_changed_field_shows_before_and_after_masked():
    applicant = make_applicant()
    order = make_order(applicant, state=OrderState.INITIAL_REJECTED)
    make_comment(order, "subject.principal.emergency_phone")
    change_draft(order, "subject.principal.emergency_phone", "13600000088")

    html = page_of(applicant, order)

    assert "137******21" in html
    assert "136******88" in html
    assert "13600000088" not in html


def test_unsent_comment_is_not_shown():
    applicant = make_applicant()
    order = make_order(applicant, state=OrderState.INITIAL_REJECTED)
    make_comment(order, is_sent=False, text="还没有发出的意见")

    assert "还没有发出的意见" not in page_of(applicant, order)


def test_bureau_opinion_is_shown_verbatim():
    applicant = make_applicant()
    opinion = "域名所有者与主办单位不一致，\n请核实后重新提交。"
    order = make_order(applicant, state=OrderState.BUREAU_REJECTED, bureau_opinion=opinion)

    assert opinion.replace("\n", "<br>") in page_of(applicant, order)


def test_returned_order_offers_both_ways():
    applicant = make_applicant()
    order = make_order(applicant, state=OrderState.RETURNED_BY_MIIT)

    html = page_of(applicant, order)

    assert f'href="/filings/{order.pk}/tasks/"' in html
    assert "原样重新提交" in html


def test_unchanged_resubmission_is_unavailable_after_an_edit():
    applicant = make_applicant()
    order = make_order(applicant, state=OrderState.RETURNED_BY_MIIT)
    change_draft(order, "services[0].name", "示例知识库")

    html = page_of(applicant, order)

    assert "资料已经修改过，请重新提交初审。" in html
    assert f"/filings/{order.pk}/act/resubmit_unchanged/" not in html
    assert f'href="/filings/{order.pk}/check/"' in html


def test_filed_order_shows_numbers_and_footer_snippet():
    applicant = make_applicant()
    order = make_filed_order(applicant)

    html = page_of(applicant, order)

    assert "浙ICP备2026000001号-1" in html
    assert "&lt;a href=&quot;https://beian.miit.gov.cn/&quot;" in html


def test_history_does_not_name_staff():
    applicant = make_applicant()
    reviewer = make_staff("reviewer", name="shen-min")
    order = make_order(applicant, state=OrderState.INITIAL_REVIEW)
    from orders import workflow

    workflow.apply(order.pk, "take", reviewer.actor)

    html = page_of(applicant, order)

    assert "shen-min" not in html
    assert f"接入商审核员 {reviewer.user.pk:04d}" in html
