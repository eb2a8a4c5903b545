"""No deadline of an order passes silently."""

from datetime import date, datetime, timedelta

import pytest

from beian import clock
from beian.actions.deadlines import open_deadline, sweep_deadlines
from beian.models import Notice, SettingOverride
from beian.site_settings.lookup import forget_overrides
from orders import due
from orders.actions.sms import challenges_of
from orders.enums import OrderState
from orders.filings.due_words import due_fact
from orders.tasks import drop_idle_limits
from tests.builders import MOBILE, OTHER_ID_NUMBER, OTHER_MOBILE
from tests.life import Life

pytestmark = pytest.mark.django_db
EDITOR = {
    "services[0].principal.same_as_subject_principal": False,
    "services[0].principal.full_name": "周示例",
    "services[0].principal.cert_type": "id_card",
    "services[0].principal.cert_number": OTHER_ID_NUMBER,
    "services[0].principal.valid_from": date(2020, 1, 1),
    "services[0].principal.valid_to": date(2040, 1, 1),
    "services[0].principal.mobile": OTHER_MOBILE,
    "services[0].principal.emergency_phone": "13700000022",
    "services[0].principal.email": "zhou@example.com",
}
FRIDAY = datetime(2026, 11, 20, 10, 4, tzinfo=clock.SHANGHAI)


@pytest.fixture
def at(time_machine):
    def move(moment):
        time_machine.move_to(moment, tick=False)

    move(FRIDAY)
    return move


@pytest.fixture
def order_life(at, life):
    return life


def test_initial_review_is_due_at_the_close_of_the_second_working_day(order_life):
    order_life.submit()

    assert order_life.order.due_at == datetime(2026, 11, 24, 18, tzinfo=clock.SHANGHAI)


def test_missed_review_limit_is_written_into_the_history(order_life, at):
    order_life.submit()
    at(order_life.order.due_at)

    sweep_deadlines()

    assert order_life.order.events.last().name == "overdue_initial_review"
    assert order_life.order.state == OrderState.INITIAL_REVIEW


def test_sms_window_ends_on_the_second_and_returns_the_order(order_life, at):
    order_life.submit()
    order_life.pass_review()
    order_life.hand_over()
    order_life.send()
    limit = order_life.order.due_at
    assert limit == clock.now() + timedelta(hours=24)

    at(limit - timedelta(seconds=1))
    sweep_deadlines()
    assert order_life.order.state == OrderState.SMS_VERIFICATION
    at(limit)
    sweep_deadlines()

    order = order_life.order
    assert (order.state, order.return_reason) == (OrderState.RETURNED_BY_MIIT, "sms_timeout")


def test_persons_are_reminded_before_the_sms_window_ends(order_life, at):
    order_life.submit()
    order_life.pass_review()
    order_life.hand_over()
    order_life.send()
    start = clock.now()
    sent = []
    for hours in (3, 4, 11, 12, 21, 22):
        at(start + timedelta(hours=hours))
        sweep_deadlines()
        sent.append(Notice.objects.filter(template="sms_reminder").count())

    assert sent == [0, 1, 1, 2, 2, 3]


def test_only_who_has_not_verified_is_reminded(at, bureau):
    life = Life(bureau, **EDITOR)
    life.submit()
    life.pass_review()
    life.hand_over()
    life.send()
    first = next(each for each in challenges_of(life.order) if each.mobile == MOBILE)
    life.enter(first)

    at(clock.now() + timedelta(hours=4))
    sweep_deadlines()

    reminded = [notice.recipient for notice in Notice.objects.filter(template="sms_reminder")]
    assert reminded == [OTHER_MOBILE]


def test_lapsed_lease_frees_the_case(order_life, at):
    order_life.submit()
    order_life.take()
    at(order_life.order.lease_until)

    assert not order_life.order.is_claimed
    sweep_deadlines()
    assert order_life.order.assigned_to_id is None
    assert order_life.order.events.last().name == "release"


@pytest.mark.usefixtures("idle_orders_expire")
def test_silent_draft_is_reminded_at_7_15_and_30_days_and_expires_at_45(order_life, at):
    due.restart_idle(order_life.order)
    start = clock.now()
    reminded = []
    for days in (6, 7, 14, 15, 29, 30, 44):
        at(start + timedelta(days=days))
        sweep_deadlines()
        reminded.append(Notice.objects.filter(template="idle_reminder", channel="portal").count())
    assert reminded == [0, 1, 1, 2, 2, 3, 3]
    assert order_life.order.state == OrderState.DRAFT

    at(start + timedelta(days=45))
    sweep_deadlines()
    assert order_life.order.state == OrderState.EXPIRED


@pytest.mark.usefixtures("idle_orders_expire")
def test_act_of_the_applicant_starts_the_days_of_silence_again(order_life, at):
    due.restart_idle(order_life.order)
    at(FRIDAY + timedelta(days=40))
    due.restart_idle(order_life.order)

    at(FRIDAY + timedelta(days=45))
    sweep_deadlines()

    assert order_life.order.state == OrderState.DRAFT
    assert open_deadline("idle_expiry", order_life.order_id).due_at == FRIDAY + timedelta(days=85)


@pytest.mark.usefixtures("idle_orders_expire")
def test_reminders_count_from_the_last_act(order_life, at):
    due.restart_idle(order_life.order)
    at(FRIDAY + timedelta(days=5))
    due.restart_idle(order_life.order)
    reminded = []
    for days in (11, 12, 19, 20, 34, 35):
        at(FRIDAY + timedelta(days=days))
        sweep_deadlines()
        reminded.append(Notice.objects.filter(template="idle_reminder", channel="portal").count())

    assert reminded == [0, 1, 1, 2, 2, 3]


def test_silent_draft_of_zhejiang_is_kept_for_good(order_life, at):
    order = order_life.order
    due.restart_idle(order)
    order.save(update_fields=["due_at"])
    at(FRIDAY + timedelta(days=400))
    sweep_deadlines()

    order = order_life.order
    assert (order.state, order.due_at) == (OrderState.DRAFT, None)
    assert not Notice.objects.filter(template="idle_reminder").exists()


@pytest.fixture
def order_set_to_expire(order_life, idle_orders_expire):
    """Its deadlines are from a time at which silence still ended it."""
    order = order_life.order
    due.restart_idle(order)
    order.save()
    SettingOverride.objects.all().delete()
    forget_overrides()
    return order


def test_deadline_from_before_the_limit_was_switched_off_ends_nothing(
    order_life, order_set_to_expire, at
):
    at(FRIDAY + timedelta(days=45))
    sweep_deadlines()

    order = order_life.order
    assert (order.state, order.due_at) == (OrderState.DRAFT, None)
    assert not Notice.objects.filter(template="idle_reminder").exists()


def test_next_act_closes_deadlines_from_before_the_limit_was_switched_off(order_set_to_expire):
    due.restart_idle(order_set_to_expire)

    assert order_set_to_expire.due_at is None
    assert open_deadline("idle_expiry", order_set_to_expire.pk) is None
    assert open_deadline("idle_reminder", order_set_to_expire.pk) is None


def test_page_tells_no_expiry_from_before_the_limit_was_switched_off(order_set_to_expire):
    assert drop_idle_limits() == 1

    order_set_to_expire.refresh_from_db()
    assert due_fact(order_set_to_expire).value == "没有截止日期"
    assert open_deadline("idle_expiry", order_set_to_expire.pk) is None
    assert open_deadline("idle_reminder", order_set_to_expire.pk) is None
    assert drop_idle_limits() == 0


def test_limits_that_count_are_kept(life, idle_orders_expire):
    """Of silence where it ends orders, and of others who decide."""
    order = life.order
    due.restart_idle(order)
    order.save()
    drop_idle_limits()
    assert open_deadline("idle_expiry", order.pk)
    SettingOverride.objects.all().delete()
    forget_overrides()
    life.submit()

    assert drop_idle_limits() == 0
    assert life.order.due_at == open_deadline("initial_review", order.pk).due_at


@pytest.mark.usefixtures("idle_orders_expire")
def test_expired_order_reopens_with_its_data(order_life, at):
    due.restart_idle(order_life.order)
    at(FRIDAY + timedelta(days=45))
    sweep_deadlines()

    order = order_life.act("reopen")

    assert order.state == OrderState.DRAFT
    assert order.dossier.subject.name == "示例科技（杭州）有限公司"
