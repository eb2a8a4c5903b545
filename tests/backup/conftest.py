"""An installation with one order, whose database is not really dumped."""

from __future__ import annotations

from pathlib import Path

import pytest

from beian.backup import database
from orders import backup
from tests.builders import make_applicant
from tests.life import make_ready_order


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def dumped(monkeypatch):
    """The database of a test lives in one transaction, which no other program can read."""

    def dump(target: Path) -> dict[str, int]:
        target.write_bytes(b"rows")
        return database.count_rows()

    monkeypatch.setattr(backup, "dump_database", dump)


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def order(applicant):
    return make_ready_order(applicant)
