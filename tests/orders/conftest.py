"""A bureau in memory and an order's life beside it."""

import pytest

from beian import clock
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


@pytest.fixture
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def at(monkeypatch):
    """Put the clock exactly somewhere: `at(moment)`."""

    def move(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    return move
