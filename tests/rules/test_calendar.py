"""Working days, with holidays and make-up days of 2025 and 2026 as the State Council set them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from rules.calendar import (
    add_working_days,
    end_of_working_day,
    is_provisional,
    is_working_day,
    working_days_between,
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 1, 26), True),  # Sunday made up for Spring Festival
        (date(2025, 1, 28), False),  # Spring Festival, 28 January to 4 February
        (date(2025, 2, 4), False),
        (date(2025, 2, 5), True),
        (date(2025, 2, 8), True),  # Saturday made up
        (date(2025, 9, 28), True),  # Sunday made up for National Day
        (date(2025, 10, 8), False),  # eight days with Mid-Autumn
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),  # Saturday made up
        (date(2026, 1, 2), False),  # New Year, three days
        (date(2026, 1, 4), True),  # Sunday made up
        (date(2026, 2, 14), True),  # Saturday made up for Spring Festival
        (date(2026, 2, 16), False),  # Spring Festival, 15 to 23 February
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # Saturday made up
        (date(2026, 9, 20), True),  # Sunday made up for National Day
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # Saturday made up
        (date(2026, 11, 14), False),  # an ordinary Saturday
        (date(2026, 11, 16), True),
    ],
)
def test_day_of_a_published_year(day: date, works: bool) -> None:
    assert is_working_day(day) is works
    assert not is_provisional(day)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2033, 1, 3), True),  # Monday
        (date(2033, 1, 1), False),
        (date(2033, 5, 2), False),  # Monday, Labour Day's second day
        (date(2033, 10, 3), False),  # Monday, National Day's third day
        (date(2033, 10, 4), True),
        (date(2033, 10, 8), False),  # Saturday
    ],
)
def test_day_of_an_unpublished_year_is_provisional(day: date, works: bool) -> None:
    assert is_working_day(day) is works
    assert is_provisional(day)


def test_override_wins_over_published_and_provisional_days() -> None:
    overrides = {date(2026, 11, 16): False, date(2033, 10, 8): True}

    assert not is_working_day(date(2026, 11, 16), overrides)
    assert is_working_day(date(2033, 10, 8), overrides)
    assert not is_provisional(date(2033, 10, 8), overrides)


def test_year_of_which_a_day_was_entered_is_known() -> None:
    overrides = {date(2033, 10, 8): True}

    assert not is_provisional(date(2033, 3, 1), overrides)
    assert is_provisional(date(2034, 3, 1), overrides)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 16), 1, date(2026, 11, 17)),
        (date(2026, 11, 13), 1, date(2026, 11, 16)),  # over a weekend
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # Friday to a worked Saturday
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # over Spring Festival
        (date(2025, 9, 30), 1, date(2025, 10, 9)),  # over National Day
        (date(2026, 11, 14), 0, date(2026, 11, 16)),
        (date(2026, 11, 16), 0, date(2026, 11, 16)),
    ],
)
def test_working_days_are_added(day: date, count: int, expected: date) -> None:
    assert add_working_days(day, count) == expected


def test_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 11, 16), -1)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 11, 16), date(2026, 11, 16), 0),
        (date(2026, 11, 13), date(2026, 11, 16), 1),
        (date(2026, 2, 13), date(2026, 2, 28), 6),
        (date(2026, 11, 16), date(2026, 11, 13), -1),
    ],
)
def test_working_days_are_counted(start: date, end: date, count: int) -> None:
    assert working_days_between(start, end) == count


def test_offices_close_in_shanghai() -> None:
    assert end_of_working_day(date(2026, 11, 16)) == datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
    assert end_of_working_day(date(2026, 11, 16), time(17, 30)) == datetime(
        2026, 11, 16, 9, 30, tzinfo=UTC
    )
