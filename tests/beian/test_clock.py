"""One place for time, movable in a demo."""

import json
from datetime import date

import pytest

from beian import clock


def test_today_is_the_date_in_shanghai(time_machine):
    time_machine.move_to("2026-11-22 16:30:00Z", tick=False)

    assert clock.today() == date(2026, 11, 23)


def test_demo_clock_follows_its_file(settings, tmp_path, time_machine):
    time_machine.move_to("2026-11-22 00:00:00Z", tick=False)
    settings.CLOCK_FILE = tmp_path / "clock.json"
    settings.CLOCK_FILE.write_text(json.dumps({"offset_seconds": 86_400}))

    assert clock.today() == date(2026, 11, 23)


@pytest.mark.parametrize("file", [None, "missing.json"])
def test_clock_without_a_file_is_the_real_one(settings, tmp_path, time_machine, file):
    time_machine.move_to("2026-11-22 00:00:00Z", tick=False)
    settings.CLOCK_FILE = tmp_path / file if file else None

    assert clock.now().isoformat() == "2026-11-22T00:00:00+00:00"
