import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.outside.client import Client


@pytest.fixture
def offset(own_world):
    """Read the offset as the product reads it."""
    return lambda: json.loads((own_world.state / "clock.json").read_text())["offset_seconds"]


def test_clock_buttons_add_up_in_the_file(own_world, offset):
    client = Client(own_world.port)

    for step in ("minute", "hour", "day", "week"):
        client.click("/clock/", f"/clock/step/{step}/")

    assert offset() == 60 + 3600 + 24 * 3600 + 7 * 24 * 3600


def test_clock_reset_returns_to_the_real_time(own_world, offset):
    client = Client(own_world.port)
    client.click("/clock/", "/clock/step/day/")

    client.click("/clock/", "/clock/reset/")

    assert offset() == 0


def test_clock_can_be_set_to_a_moment_in_shanghai(own_world, offset):
    target = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=40)
    typed = (target + timedelta(hours=8)).strftime("%Y-%m-%d %H:%M")

    Client(own_world.port).click("/clock/", moment=typed)

    reached = datetime.now(UTC) + timedelta(seconds=offset())
    assert timedelta() <= reached - target < timedelta(seconds=30)


@pytest.mark.parametrize("typed", ["", "明天", "2199-01-01 00:00"])
def test_clock_refuses_a_moment_it_cannot_show(world: Client, typed):
    answer = world.click("/clock/", moment=typed)

    assert answer.status == 422
    assert "<title>错误：" in answer.text


def test_messages_carry_the_moved_time(own_world):
    client = Client(own_world.port)
    client.click("/clock/", moment="2027-01-08 09:30")

    client.call(
        "/api/sms", {"message_id": "1", "to": "13800000021", "sender": "12381", "text": "示例"}
    )

    assert "2027-01-08 09:30" in client.get("/phone/13800000021/").text


def test_damaged_clock_file_means_the_real_time(own_world):
    (own_world.state / "clock.json").write_text("{")

    page = Client(own_world.port).get("/clock/")

    assert "与真实时间相同" in page.text
