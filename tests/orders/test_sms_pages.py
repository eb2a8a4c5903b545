"""The verification pages of responsible persons without an account."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from beian import actors, clock
from beian.actions.deadlines import sweep_deadlines
from beian.actors import MINISTRY
from beian.crypto.digests import digest
from beian.models import ConsentRecord, Notice, SettingOverride
from beian.site_settings.lookup import forget_overrides
from orders import workflow
from orders.actions.sms import attempt_verification
from orders.enums import OrderState
from orders.models import FilingOrder
from tests.builders import ID_NUMBER, MOBILE, OTHER_MOBILE, post
from tests.orders.sms_stage import (
    TAILS,
    challenge_for,
    code_of,
    make_order_at_sms,
    right_entry,
    wrong_code,
    wrong_entry,
)

pytestmark = pytest.mark.django_db
FIND, VERIFY = "/sms/", "/sms/verify/"


@pytest.fixture
def order():
    return make_order_at_sms()


def find(client: Client, order: FilingOrder, mobile: str = MOBILE):
    return post(client, FIND, {"number": order.number, "mobile": mobile})


def enter(client: Client, order: FilingOrder, *, mobile: str = MOBILE, **changes: str):
    """The verification form, filled in rightly but for `changes`; gives the page after it."""
    values = {"mobile": mobile, "tail": TAILS[mobile], **changes}
    values.setdefault("code", code_of(challenge_for(order, mobile)))
    return post(client, VERIFY, values, follow=True)


def attempts(order: FilingOrder, times: int, mobile: str = MOBILE) -> None:
    challenge = challenge_for(order, mobile)
    for _time in range(times):
        attempt_verification(
            order_id=order.pk, challenge_id=challenge.pk, entry=wrong_entry(challenge)
        )


def text_of(response) -> str:
    return response.content.decode()


def test_order_number_and_own_mobile_open_the_page(client, order):
    response = find(client, order)

    assert (response.status_code, response.url) == (302, VERIFY)


def test_number_and_mobile_may_be_typed_freely(client, order):
    response = post(
        client, FIND, {"number": f" {order.number.lower()} ", "mobile": "+86 138-0000 0034"}
    )

    assert response.url == VERIFY


@pytest.mark.parametrize(
    ("number", "mobile"),
    [("BA20000101-0001", MOBILE), ("", "13900000000"), ("BA20000101-0001", "13900000000")],
    ids=["unknown order", "wrong mobile", "both"],
)
def test_answer_is_the_same_whatever_is_wrong(client, order, number, mobile):
    response = post(client, FIND, {"number": number or order.number, "mobile": mobile})

    assert response.context["form"].errors == {
        "__all__": ["没有找到与此订单号和手机号相符的核验，请对照短信核对后重新填写"]
    }
    assert "sms_grant" not in client.session


def test_applicants_own_phone_opens_nothing_unless_it_is_a_persons(client):
    order = make_order_at_sms(**{"subject.principal.mobile": "13700000021"})

    assert find(client, order, MOBILE).status_code == 200


def test_page_without_a_grant_leads_to_the_entry(client, order):
    for url in (VERIFY, "/sms/resend/"):
        response = client.get(url) if url == VERIFY else post(client, url)
        assert (response.status_code, response.url) == (302, FIND)


def test_grant_ends_after_its_time(client, order, time_machine):
    find(client, order)
    time_machine.move_to(clock.now() + timedelta(minutes=30))

    assert client.get(VERIFY).url == FIND


def test_page_shows_deadline_and_every_person_masked(client, order):
    find(client, order)

    page = client.get(VERIFY).context["page"]

    assert page.stage == "open"
    assert [(card.roles, card.name, card.mobile, card.status) for card in page.people] == [
        ("主体负责人", "林*", "138******34", "waiting"),
        ("网站负责人", "周*", "*********06", "waiting"),
    ]


def test_page_of_one_person_holds_no_data_of_the_other(client, order):
    find(client, order)

    text = text_of(client.get(VERIFY))

    assert [
        value in text for value in (OTHER_MOBILE, "周示例", TAILS[OTHER_MOBILE], ID_NUMBER)
    ] == [False] * 4


def test_same_mobile_in_both_roles_is_one_person(client):
    order = make_order_at_sms(**{"services[0].principal.same_as_subject_principal": True})
    find(client, order)

    [card] = client.get(VERIFY).context["page"].people
    assert card.roles == "主体负责人、网站负责人"


def test_page_is_never_kept_by_the_browser(client, order):
    find(client, order)

    assert "no-store" in client.get(VERIFY)["Cache-Control"]


def test_notice_to_the_person_is_shown_and_recorded_once_per_version(client, order):
    find(client, order)

    first = client.get(VERIFY)
    client.get(VERIFY)

    record = ConsentRecord.objects.get()
    assert "负责人信息告知书" in text_of(first)
    assert (record.purpose, record.is_consent, record.text_version, record.order_id) == (
        "contact_notice",
        False,
        "2026-11-01",
        order.pk,
    )
    assert record.person_digest == digest("phone", MOBILE)


def test_right_entry_verifies_and_says_who_is_missing(client, order):
    find(client, order)

    response = enter(client, order)

    page = response.context["page"]
    assert (page.stage, [card.name for card in page.people if not card.is_own]) == (
        "waiting_for_others",
        ["周*"],
    )
    order.refresh_from_db()
    assert order.state == OrderState.SMS_VERIFICATION


def test_last_right_entry_sends_the_order_to_the_bureau(client, order):
    challenge = challenge_for(order, OTHER_MOBILE)
    attempt_verification(order_id=order.pk, challenge_id=challenge.pk, entry=right_entry(challenge))
    find(client, order)

    response = enter(client, order)

    order.refresh_from_db()
    assert (response.context["page"].stage, order.state) == ("all_done", "bureau_review")


def test_wrong_code_is_named_and_counted_and_what_was_typed_is_kept(client, order):
    find(client, order)
    code = wrong_code(challenge_for(order))

    response = enter(client, order, code=code)

    form, page = response.context["form"], response.context["page"]
    assert form.errors == {"code": ["验证码不正确，请填写最新一条短信中的 6 位数字"]}
    assert (form["code"].value(), form["tail"].value()) == (code, TAILS[MOBILE])
    assert (page.own.challenge.wrong_count, page.own.challenge.wrong_left) == (1, 4)


def test_wrong_mobile_and_certificate_digits_are_named(client, order):
    find(client, order)
    code = code_of(challenge_for(order))

    response = enter(client, order, mobile=OTHER_MOBILE, code=code)

    assert sorted(response.context["form"].errors) == ["mobile", "tail"]


def test_error_is_gone_on_the_next_look(client, order):
    find(client, order)
    enter(client, order, code=wrong_code(challenge_for(order)))

    assert client.get(VERIFY).context["form"].errors == {}


def test_typed_values_are_not_readable_in_the_session(client, order):
    find(client, order)
    code = wrong_code(challenge_for(order))

    post(client, VERIFY, {"mobile": MOBILE, "code": code, "tail": TAILS[MOBILE]})

    kept = str(dict(client.session.items()))
    assert [value in kept for value in (MOBILE, TAILS[MOBILE])] == [False, False]


def test_incomplete_entry_is_no_attempt(client, order):
    find(client, order)

    response = enter(client, order, code="12345", tail="")

    assert sorted(response.context["form"].errors) == ["code", "tail"]
    assert challenge_for(order).wrong_count == 0


def test_repeated_post_of_a_wrong_entry_counts_once(client, order):
    find(client, order)
    values = {
        "idempotency_key": "0" * 32,
        "mobile": MOBILE,
        "code": wrong_code(challenge_for(order)),
        "tail": TAILS[MOBILE],
    }

    urls = [client.post(VERIFY, values).url for _click in range(2)]

    assert (urls, challenge_for(order).wrong_count) == ([VERIFY, VERIFY], 1)


def test_page_warns_before_the_sixth_attempt(client, order):
    attempts(order, 5)
    find(client, order)

    assert "再提交一次，无论对错，订单都会退回" in text_of(client.get(VERIFY))


def test_sixth_attempt_returns_the_order_and_the_page_says_so(client, order):
    attempts(order, 5)
    find(client, order)

    response = enter(client, order)

    order.refresh_from_db()
    assert (order.state, order.return_reason) == ("returned_by_miit", "sms_too_many_errors")
    assert response.context["page"].stage == "returned"
    assert "短信核验连续输错次数过多" in text_of(response)


def test_resend_sends_a_new_code_and_keeps_the_certificate_digits(client, order):
    find(client, order)

    response = post(client, "/sms/resend/", {"tail": TAILS[MOBILE]}, follow=True)

    assert "新的验证码已发送" in text_of(response)
    assert response.context["form"]["tail"].value() == TAILS[MOBILE]
    assert challenge_for(order).send_count == 2
    assert (
        Notice.objects.filter(
            template="ministry_code", recipient_digest=digest("recipient", MOBILE)
        ).count()
        == 2
    )


def test_resend_is_unavailable_after_the_third_message(client, order):
    find(client, order)
    for _time in range(2):
        post(client, "/sms/resend/")

    response = post(client, "/sms/resend/", follow=True)

    assert challenge_for(order).send_count == 3
    assert "已发送到总次数上限" in text_of(response)
    assert 'formaction="/sms/resend/"' not in text_of(response)


def test_late_visitor_reads_that_the_time_is_over_before_any_sweep(client, order, time_machine):
    time_machine.move_to(challenge_for(order).due_at, tick=False)
    find(client, order)

    response = enter(client, order)

    assert response.context["page"].stage == "expired"
    order.refresh_from_db()
    assert order.state == OrderState.SMS_VERIFICATION


def test_timed_out_order_is_explained(client, order, time_machine):
    order.refresh_from_db()
    time_machine.move_to(order.due_at, tick=False)
    sweep_deadlines()
    find(client, order)

    response = client.get(VERIFY)

    assert response.context["page"].stage == "returned"
    assert "短信核验未在期限内完成" in text_of(response)


def test_verified_person_of_a_returned_order_reads_the_same(client, order):
    find(client, order)
    enter(client, order)
    workflow.apply(order.pk, "fail_domain_check", MINISTRY)

    response = client.get(VERIFY)

    assert response.context["page"].stage == "returned"
    assert "域名核验未通过" in text_of(response)


def test_challenge_of_an_earlier_hand_over_is_over(client, order):
    find(client, order)
    workflow.apply(order.pk, "fail_domain_check", MINISTRY)
    membership = order.account.memberships.get()
    owner = actors.applicant(membership.user, order.account, membership.role)
    workflow.apply(order.pk, "abandon", owner)

    assert client.get(VERIFY).context["page"].stage == "over"


def test_page_can_be_closed_for_the_other_person(client, order):
    find(client, order)

    response = post(client, "/sms/leave/")

    assert (response.url, client.get(VERIFY).url) == (FIND, FIND)


def test_posts_of_one_address_are_limited(client, order):
    SettingOverride.objects.create(
        name="public_form.posts_per_address_hour", value=2, reason="test"
    )
    forget_overrides()
    try:
        statuses = [find(client, order, "13900000000").status_code for _post in range(3)]
    finally:
        SettingOverride.objects.all().delete()
        forget_overrides()

    assert statuses == [200, 200, 429]


def test_addresses_are_the_ones_of_the_messages():
    assert [reverse("orders:sms"), reverse("orders:sms-verify")] == [FIND, VERIFY]


def test_entry_page_takes_the_order_number_from_the_address(client):
    form = client.get(FIND, {"number": "BA20261120-0032"}).context["form"]

    assert form["number"].value() == "BA20261120-0032"
