"""The drill: an installation is backed up, restored elsewhere, and says the same.

On SQLite within one release, on PostgreSQL from the oldest release that is kept.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.migrations import landing
from tests.migrations.commands import environment_of, run
from tests.migrations.content import differences

FIRST, NAME = landing.names()[0], landing.names()[-1]


def test_restored_installation_says_what_the_first_one_said(tmp_path: Path) -> None:
    old, new, kept = tmp_path / "old", tmp_path / "new", tmp_path / "kept"
    landing.lay_out(landing.read(NAME), old)
    first = environment_of("embedded", old)
    run(first, "-m", "tests.migrations.restore", NAME)
    run(first, "manage.py", "migrate", "--no-input", "--verbosity", "0")

    run(first, "manage.py", "back_up", str(kept))
    (backup,) = kept.iterdir()
    shutil.copytree(old / "keys", new / "keys")
    second = environment_of("embedded", new)
    said = run(second, "manage.py", "restore_backup", str(backup))

    assert "whole" in said
    assert "withdrawals and lock-outs since then are undone" in said
    before, after = (
        json.loads(run(each, "-m", "tests.migrations.inspect_database"))["content"]
        for each in (first, second)
    )
    assert differences(before, after) == {}
    assert {table: len(entry["rows"]) for table, entry in before.items()} == {
        table: len(entry["rows"]) for table, entry in after.items()
    }


@pytest.mark.postgres
def test_backup_of_an_earlier_release_is_checked_once_it_is_migrated(tmp_path: Path) -> None:
    old, new, kept = tmp_path / "old", tmp_path / "new", tmp_path / "kept"
    release = landing.read(FIRST)
    landing.lay_out(release, old)
    first = environment_of("postgresql", old)
    run(first, "-m", "tests.migrations.restore", FIRST)
    run(first, "manage.py", "back_up", str(kept))
    (backup,) = kept.iterdir()
    shutil.copytree(old / "keys", new / "keys")
    second = environment_of("postgresql", new)

    assert "migrate, then" in run(second, "manage.py", "restore_backup", str(backup))
    check = ("manage.py", "restore_backup", "--check-only", str(backup))
    with pytest.raises(AssertionError, match="migrate, then"):
        run(second, *check)
    run(second, "manage.py", "migrate", "--no-input", "--verbosity", "0")

    assert "whole" in run(second, *check)
    found = json.loads(run(second, "-m", "tests.migrations.inspect_database", FIRST))
    assert differences(release["content"], found["content"]) == {}
