"""Data of every earlier release survives the migrations since, on both kinds of database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.product import new_database
from tests.consistency.sources import ROOT
from tests.migrations import landing


def test_a_release_to_start_from_is_kept() -> None:
    assert landing.names(), "run `./dev run` once, then `./dev manage dump_landing <name>`"


@pytest.mark.parametrize(
    "kind", ["embedded", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
@pytest.mark.parametrize("name", landing.names())
def test_data_of_an_earlier_release_survives(name: str, kind: str, tmp_path: Path) -> None:
    kept = landing.read(name)
    landing.lay_out(kept, tmp_path)
    environment = environment_of(kind, tmp_path)

    run(environment, "-m", "tests.migrations.restore", name)
    run(environment, "manage.py", "migrate", "--no-input", "--verbosity", "0")
    found = json.loads(run(environment, "-m", "tests.migrations.inspect_database"))

    assert lost_rows(kept["tables"], found["keys"]) == {}
    assert set(found["pages"].values()) == {200}


def lost_rows(kept: dict, found: dict[str, list[str]]) -> dict[str, set[str]]:
    """Table → keys that were there at the release and are not any more."""
    lost = {}
    for table, content in kept.items():
        key = content["columns"].index(content["key"])
        before = {as_key(row[key]) for row in content["rows"]}
        missing = before - set(map(as_key, found.get(table, [])))
        if missing:
            lost[table] = missing
    return lost


def as_key(value: object) -> str:
    """SQLite writes UUIDs without hyphens."""
    return str(value).replace("-", "")


def environment_of(kind: str, state: Path) -> dict[str, str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BEIAN_")}
    environment |= {
        "BEIAN_STATE_DIR": str(state),
        "BEIAN_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "beian.settings",
    }
    if kind == "postgresql":
        environment["BEIAN_DATABASE_URL"] = new_database()
    return environment


def run(environment: dict[str, str], *arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_lost_row_and_lost_table_are_noticed() -> None:
    kept = {
        "orders": {"key": "id", "columns": ["name", "id"], "rows": [["a", 1], ["b", 2]]},
        "notices": {"key": "id", "columns": ["id"], "rows": [["0a1b"]]},
    }

    assert lost_rows(kept, {"orders": ["1"]}) == {"orders": {"2"}, "notices": {"0a1b"}}
    assert lost_rows(kept, {"orders": ["1", "2"], "notices": ["0a-1b"]}) == {}
