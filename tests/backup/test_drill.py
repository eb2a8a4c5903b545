"""The drill: an installation is backed up, restored elsewhere, and says the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.migrations import landing
from tests.migrations.commands import environment_of, run
from tests.migrations.content import differences

NAME = landing.names()[-1]


@pytest.mark.parametrize(
    "kind", ["embedded", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def test_restored_installation_says_what_the_first_one_said(kind: str, tmp_path: Path) -> None:
    old, new, kept = tmp_path / "old", tmp_path / "new", tmp_path / "kept"
    landing.lay_out(landing.read(NAME), old)
    first = environment_of(kind, old)
    run(first, "-m", "tests.migrations.restore", NAME)
    run(first, "manage.py", "migrate", "--no-input", "--verbosity", "0")

    run(first, "manage.py", "back_up", str(kept))
    (backup,) = kept.iterdir()
    shutil.copytree(old / "keys", new / "keys")
    second = environment_of(kind, new)
    said = run(second, "manage.py", "restore_backup", str(backup))

    assert "whole" in said
    before, after = (
        json.loads(run(each, "-m", "tests.migrations.inspect_database"))["content"]
        for each in (first, second)
    )
    assert differences(before, after) == {}
    assert {table: len(entry["rows"]) for table, entry in before.items()} == {
        table: len(entry["rows"]) for table, entry in after.items()
    }
