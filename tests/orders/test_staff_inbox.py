"""The desk's own inbox: told once per event, to its roles, read by each person for himself."""

from datetime import timedelta

import pytest
from django.urls import reverse

from beian import clock
from beian.actions.deadlines import sweep_deadlines
from beian.actions.staff_notices import (
    counted_unread,
    staff_inbox,
    tidy_staff_notices,
    unread,
)
from beian.counting import capped_counts
from beian.enums import StaffRoleName as Role
from beian.models import StaffNotice, StaffNoticeRead
from beian.site_settings import setting
from orders.enums import OrderState
from orders.models import BureauResult
from tests.builders import client_of, make_staff, post

pytestmark = pytest.mark.django_db
HOME = "/staff/"


@pytest.fixture
def submitted(life, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    life.submit()
    return life


def pass_limit(life, time_machine, times=3):
    time_machine.move_to(life.order.due_at + timedelta(minutes=1), tick=False)
    for _time in range(times):
        sweep_deadlines()


def subjects(actor):
    return [notice.texts["zh"]["subject"] for notice in staff_inbox(actor)]


def test_missed_review_limit_is_told_to_reviewers_once(submitted, time_machine):
    submitted.take()
    submitted.act("release", submitted.reviewer)
    pass_limit(submitted, time_machine)

    number = submitted.order.number
    told = [f"订单 {number} 初审逾期", f"订单 {number} 还没有人领取"]
    assert sorted(subjects(submitted.reviewer.actor)) == sorted(told)
    assert subjects(submitted.submitter.actor) == []


def test_unclaimed_case_is_told_before_its_limit_and_a_claimed_one_is_not(submitted, time_machine):
    warned_at = submitted.order.due_at - timedelta(hours=4)
    time_machine.move_to(warned_at - timedelta(minutes=1), tick=False)
    sweep_deadlines()
    assert subjects(submitted.reviewer.actor) == []

    submitted.take()
    time_machine.move_to(warned_at + timedelta(minutes=1), tick=False)
    sweep_deadlines()
    assert subjects(submitted.reviewer.actor) == []


def test_decided_case_is_not_told_any_more(submitted, time_machine):
    due_at = submitted.order.due_at
    submitted.pass_review()

    time_machine.move_to(due_at - timedelta(hours=1), tick=False)
    sweep_deadlines()

    assert StaffNotice.objects.filter(event_key__contains="review").count() == 0


def test_missed_limits_of_submission_and_bureau_are_told_to_submitters(submitted, time_machine):
    submitted.pass_review()
    pass_limit(submitted, time_machine)
    submitted.hand_over()
    submitted.send()
    submitted.verify_everybody()
    submitted.send()
    assert submitted.order.state == OrderState.BUREAU_REVIEW
    pass_limit(submitted, time_machine)

    number = submitted.order.number
    assert subjects(submitted.submitter.actor) == [
        f"订单 {number} 管局审核超期",
        f"订单 {number} 提交管局逾期",
    ]


def test_refused_record_and_stopped_result_are_told_to_submitters(submitted, bureau):
    submitted.pass_review()
    submitted.hand_over()
    bureau.faults = ["refuse"]
    submitted.send()
    bureau.faults = []
    bureau.offer({"id": "1", "type": "BAJG", "ref": "no-such", "outcome": "granted"})
    submitted.collect()
    submitted.collect()

    number = submitted.order.number
    assert sorted(subjects(submitted.submitter.actor)) == sorted(
        ["一条管局结果没有登记", f"订单 {number} 的资料被管局系统拒收"]
    )
    html = client_of(submitted.submitter.user).get(HOME).content.decode()
    assert reverse("orders:bureau-result", args=[BureauResult.objects.get().key]) in html
    assert reverse("orders:handover-act", args=[submitted.order_id]) in html


def test_each_person_reads_for_himself(submitted, time_machine):
    pass_limit(submitted, time_machine)
    colleague = make_staff(Role.SENIOR_REVIEWER, name="senior-1")
    client = client_of(submitted.reviewer.user)
    before = unread(submitted.reviewer.actor).count()

    first = staff_inbox(submitted.reviewer.actor).first()
    post(client, HOME, {"notice": str(first.pk)})
    post(client, HOME, {"notice": str(first.pk)})

    assert before == 2
    assert unread(submitted.reviewer.actor).count() == 1
    assert unread(colleague.actor).count() == 2
    post(client, HOME)
    assert unread(submitted.reviewer.actor).count() == 0
    assert "全部标为已读" not in client.get(HOME).content.decode()


def number_of_the_rail(actor):
    return capped_counts({"unread": counted_unread(actor)})["unread"]


def test_number_of_the_rail_is_of_the_person_and_the_moment(submitted, time_machine):
    # The query is kept; who asks and when must not be.
    assert number_of_the_rail(submitted.reviewer.actor) == 0
    pass_limit(submitted, time_machine)
    colleague = make_staff(Role.REVIEWER, name="reviewer-2")
    first = unread(colleague.actor).first()
    StaffNoticeRead.objects.create(notice=first, user=colleague.user, read_at=clock.now())

    assert number_of_the_rail(submitted.reviewer.actor) == 2
    assert number_of_the_rail(colleague.actor) == 1
    assert number_of_the_rail(submitted.submitter.actor) == 0
    time_machine.move_to(clock.now() + timedelta(days=setting("staff_notice.keep_days"), minutes=1))
    assert number_of_the_rail(submitted.reviewer.actor) == 0


def test_message_to_another_role_cannot_be_marked(submitted, time_machine):
    pass_limit(submitted, time_machine)
    notice = StaffNotice.objects.first()

    post(client_of(submitted.submitter.user), HOME, {"notice": str(notice.pk)})

    assert notice.reads.count() == 0


def test_reader_gets_the_words_in_his_language(submitted, time_machine):
    pass_limit(submitted, time_machine)
    client = client_of(submitted.reviewer.user)
    client.cookies["django_language"] = "en"

    html = client.get(HOME).content.decode()

    assert f"Initial review of order {submitted.order.number} is overdue" in html


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_the_same_number_of_questions_for_one_message_and_three(
    count, django_assert_num_queries
):
    staff = make_staff(Role.AUDITOR, Role.ADMINISTRATOR, name="auditor-1")
    for number in range(count):
        StaffNotice.objects.create(
            event_key=f"test:{number}",
            audience="technical",
            texts={name: {"subject": "s", "body": "b"} for name in ("zh", "en")},
            created_at=clock.now(),
        )
    client = client_of(staff.user)
    client.get(HOME)

    # Session, user, roles; the rail; the page.
    with django_assert_num_queries(5):
        response = client.get(HOME)

    assert len(response.context["notices"]) == count


def test_everybody_of_the_staff_arrives_at_the_inbox():
    for role in Role.values:
        client = client_of(make_staff(role, name=f"{role}-7").user)
        response = client.get(HOME)
        assert response.status_code == 200
        has_search = 'role="search"' in response.content.decode()
        assert has_search == (role in {Role.REVIEWER, Role.SENIOR_REVIEWER, Role.BUREAU_SUBMITTER})


def test_old_messages_are_tidied_away(submitted, time_machine):
    pass_limit(submitted, time_machine)
    assert StaffNotice.objects.exists()

    time_machine.move_to(clock.now() + timedelta(days=31), tick=False)

    assert staff_inbox(submitted.reviewer.actor).count() == 0
    assert tidy_staff_notices() > 0
    assert not StaffNotice.objects.exists()
