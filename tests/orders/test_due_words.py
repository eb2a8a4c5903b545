"""Until when: absolute dates, and what is left in working days."""

from datetime import datetime

import pytest

from beian import clock
from orders.enums import OrderState
from orders.filings.due_words import due_fact
from orders.models import FilingOrder

# Days that operators entered are settings.
pytestmark = pytest.mark.django_db


def moment(text: str) -> datetime:
    """A time in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI)


@pytest.fixture
def at(monkeypatch):
    """Sets what the clock says, in Shanghai time."""

    def set_clock(text: str) -> None:
        monkeypatch.setattr("beian.clock.now", lambda: moment(text))
        monkeypatch.setattr("beian.clock.today", lambda: moment(text).date())

    return set_clock


def fact_of(state: str, due: str | None, entered: str = "2026-09-21T10:00"):
    due_at = moment(due) if due else None
    order = FilingOrder(state=state, due_at=due_at, state_entered_at=moment(entered))
    return due_fact(order)


@pytest.mark.parametrize(
    ("now", "note"),
    [
        ("2026-09-21T10:00", "还有 2 个工作日"),
        ("2026-09-22T10:00", "还有 1 个工作日"),
        ("2026-09-23T10:00", "预计今天完成"),
        ("2026-09-23T18:01", "已超过预计日期，仍在办理中"),
    ],
)
def test_promise_counts_working_days_left(at, now, note):
    at(now)

    fact = fact_of(OrderState.INITIAL_REVIEW, "2026-09-23T18:00")

    assert (fact.label, fact.value, fact.note) == ("初审预计", "9月23日（周三）前完成", note)


def test_promise_counts_across_the_national_holiday(at):
    at("2026-09-30T10:00")

    fact = fact_of(OrderState.BUREAU_REVIEW, "2026-10-09T18:00")

    # 1–7 October are holidays; the 8th and 9th are worked.
    assert fact.note == "还有 2 个工作日"


def test_promise_in_an_unpublished_year_says_that_it_may_move(at):
    at("2049-06-01T10:00")

    fact = fact_of(OrderState.PENDING_BUREAU_SUBMISSION, "2049-06-03T18:00")

    assert fact.value == "6月3日（周四）前完成"
    assert fact.note == "还有 2 个工作日（节假日安排尚未公布，日期可能调整）"


def test_days_that_operators_entered_count_and_make_the_year_certain(at, change_setting):
    change_setting("calendar.free_days", ["2049-06-02"])
    change_setting("calendar.worked_days", ["2049-06-05"])
    at("2049-06-01T10:00")

    fact = fact_of(OrderState.PENDING_BUREAU_SUBMISSION, "2049-06-05T18:00")

    # The 2nd is off, the 5th is a worked Saturday.
    assert fact.note == "还有 3 个工作日"


def test_sms_limit_shows_hour_and_remaining_time(at):
    at("2026-09-21T10:00")

    fact = fact_of(OrderState.SMS_VERIFICATION, "2026-09-22T08:30")

    assert (fact.label, fact.value, fact.note) == (
        "短信核验截止",
        "9月22日（周二）08:30",
        "还有 22 小时 30 分",
    )


@pytest.mark.parametrize(
    "state",
    [
        OrderState.DRAFT,
        OrderState.NEEDS_SUPPLEMENT,
        OrderState.INITIAL_REJECTED,
        OrderState.RETURNED_BY_MIIT,
        OrderState.BUREAU_REJECTED,
    ],
)
def test_own_limit_says_what_happens_after_it(at, state):
    at("2026-11-23T16:20")

    fact = fact_of(state, "2027-01-07T16:20")

    assert (fact.label, fact.value) == ("请在此日期前提交", "2027年1月7日（周四）")
    assert fact.note == "逾期订单失效，资料保留，可重新打开"


def test_order_that_never_expires_says_so(at):
    at("2026-11-23T16:20")

    assert fact_of(OrderState.DRAFT, None).value == "没有截止日期"


@pytest.mark.parametrize(
    ("state", "label"),
    [
        (OrderState.FILED, "备案日期"),
        (OrderState.ABANDONED, "放弃日期"),
        (OrderState.EXPIRED, "失效日期"),
    ],
)
def test_closed_order_shows_the_day_it_ended(at, state, label):
    at("2026-11-23T16:20")

    fact = fact_of(state, None, entered="2026-11-20T23:30")

    assert (fact.label, fact.value) == (label, "11月20日（周五）")
