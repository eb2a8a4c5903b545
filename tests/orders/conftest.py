"""A bureau in memory and an order's life beside it."""

import pytest

from tests.fake_bureau import FakeBureau
from tests.life import Life


@pytest.fixture
def bureau(monkeypatch):
    fake = FakeBureau()
    for module in ("sending", "results"):
        monkeypatch.setattr(f"orders.actions.{module}.gateway", lambda: fake)
    return fake


@pytest.fixture
def life(bureau):
    return Life(bureau)
