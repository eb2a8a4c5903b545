"""Days and times are told in Shanghai time, with the year when it is another one."""

import datetime as dt

import pytest
from django.utils.translation import override

from beian import dates

NOW = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _fixed_time(monkeypatch):
    monkeypatch.setattr(dates.clock, "now", lambda: NOW)
    monkeypatch.setattr(dates.clock, "today", lambda: dt.date(2026, 11, 24))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.date(2026, 11, 25), "11月25日（周三）"),
        (dt.date(2027, 1, 4), "2027年1月4日（周一）"),
        # 17:00 in UTC is one o'clock of the next day in Shanghai.
        (dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.UTC), "11月25日（周三）"),
    ],
)
def test_day_is_told_with_its_weekday(value, text):
    assert dates.day_text(value) == text


def test_moment_is_told_in_shanghai_time():
    assert dates.moment_text(dt.datetime(2026, 11, 23, 8, 20, tzinfo=dt.UTC)) == "11月23日 16:20"


def test_due_time_is_absolute():
    due = dt.datetime(2026, 11, 25, 2, 26, tzinfo=dt.UTC)

    assert dates.due_text(due) == "11月25日（周三）10:26"


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (dt.timedelta(hours=18, minutes=40), "还有 18 小时 40 分"),
        (dt.timedelta(hours=30), "还有 30 小时 0 分"),
        (dt.timedelta(days=2, hours=3), "还有 2 天 3 小时"),
        (dt.timedelta(minutes=5), "还有 5 分钟"),
        (dt.timedelta(seconds=-1), "已超过截止时间"),
    ],
)
def test_remaining_time_is_told_in_words(left, text):
    with override("zh-hans"):
        assert dates.remaining_text(NOW + left) == text
