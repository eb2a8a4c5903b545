"""A database goes back to a moment between two backups, with the archive as compose keeps it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import yaml

from beian.gauges import ARCHIVE_FAILING
from tests.consistency.sources import ROOT
from tests.private_servers import as_postgres, cluster_folder, served_cluster

pytestmark = pytest.mark.postgres
# Duty of an operator: no more than five minutes of what was entered may be lost.
MOST_LOST_S = 300
PATIENCE_S = 30.0
# As a server is set up unless somebody changes it; the others of the tests write less.
SERVER = {"wal_level": "replica", "max_wal_senders": "2"}


def archive_settings() -> dict[str, str]:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    program, *words = compose["services"]["postgres"]["command"]
    assert program == "postgres"
    return dict(word.split("=", 1) for word in words if word != "-c")


@contextmanager
def cursor_at(port: int) -> Iterator[Any]:
    place = {"host": "127.0.0.1", "port": port, "user": "beian", "dbname": "postgres"}
    with closing(psycopg2.connect(**place)) as line:
        line.autocommit = True
        yield line.cursor()


def answer(cursor: Any, sql: str) -> str:
    cursor.execute(sql)
    return cursor.fetchone()[0]


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, "in vain"
        time.sleep(0.05)


def owned_like_its_folder(path: Path) -> Path:
    owner = path.parent.stat()
    os.chown(path, owner.st_uid, owner.st_gid)
    return path


def test_what_is_written_leaves_the_database_within_five_minutes() -> None:
    found = archive_settings()
    assert found["archive_mode"] == "on"
    assert 0 < int(found["archive_timeout"]) <= MOST_LOST_S


def archived(there: bytes | None, folder: Path) -> tuple[int, Path]:
    """What the command of the compose file answers the server, and the file in the archive."""
    written, archive = folder / "written", folder / "archive"
    written.write_bytes(b"what was written")
    archive.mkdir()
    (archive / "0001.part").write_bytes(b"what")
    if there is not None:
        (archive / "0001").write_bytes(there)
    words = {"/archive": str(archive), "%p": str(written), "%f": "0001"}
    command = archive_settings()["archive_command"]
    for name, word in words.items():
        command = command.replace(name, word)
    # As the server does when nobody told it that all was well.
    for _attempt in range(2):
        code = subprocess.run(["sh", "-c", command], check=False).returncode
    return code, archive / "0001"


@pytest.mark.parametrize("there", [None, b"what was written"])
def test_file_is_in_the_archive_after_a_crash_while_it_was_copied(there, tmp_path) -> None:
    code, path = archived(there, tmp_path)

    assert (code, path.read_bytes()) == (0, b"what was written")


@pytest.mark.parametrize("there", [b"other words", b"what was", b"what was written by another"])
def test_other_file_of_the_same_name_stays_in_the_archive_and_is_refused(there, tmp_path) -> None:
    code, path = archived(there, tmp_path)

    assert (code != 0, path.read_bytes()) == (True, there)


def test_failing_archive_is_told_until_it_works_again() -> None:
    with cluster_folder() as folder:
        archive = folder / "archive"
        archive.mkdir()
        owned_like_its_folder(archive)
        command = f"test -f {archive}/open && cp %p {archive}/%f"
        found = {"archive_mode": "on", "archive_command": command}
        live = served_cluster(folder / "data", **SERVER, **found)
        with live as port, cursor_at(port) as cursor:
            assert answer(cursor, ARCHIVE_FAILING) is False
            cursor.execute("CREATE TABLE filings (number text)")
            cursor.execute("SELECT pg_switch_wal()")
            wait_until(lambda: answer(cursor, ARCHIVE_FAILING) is True)
            (archive / "open").touch()
            cursor.execute("INSERT INTO filings VALUES ('one')")
            cursor.execute("SELECT pg_switch_wal()")
            wait_until(lambda: answer(cursor, ARCHIVE_FAILING) is False)


def test_mistake_after_the_backup_is_undone_and_what_was_entered_before_it_is_there() -> None:
    with cluster_folder() as folder:
        archive, base = folder / "archive", folder / "base"
        archive.mkdir()
        owned_like_its_folder(archive)
        found = archive_settings()
        found["archive_command"] = found["archive_command"].replace("/archive", str(archive))
        live = served_cluster(folder / "data", **SERVER, **found)
        with live as port, cursor_at(port) as cursor:
            cursor.execute("CREATE TABLE filings (number text)")
            at = ("--host", "127.0.0.1", "--port", str(port), "--username", "beian")
            how = ("--checkpoint", "fast", "--wal-method", "none", "--no-sync")
            as_postgres("pg_basebackup", *at, *how, "--pgdata", str(base))
            cursor.execute("INSERT INTO filings VALUES ('entered after the backup')")
            moment = answer(cursor, "SELECT clock_timestamp()::text")
            cursor.execute("DELETE FROM filings")
            last = answer(cursor, "SELECT pg_walfile_name(pg_switch_wal())")
            wait_until((archive / last).exists)
        (base / "recovery.signal").touch()
        owned_like_its_folder(base / "recovery.signal")
        again = served_cluster(
            base,
            **SERVER,
            restore_command=f"cp {archive}/%f %p",
            recovery_target_time=moment,
            recovery_target_action="promote",
        )
        with again as port, cursor_at(port) as cursor:
            wait_until(lambda: answer(cursor, "SELECT NOT pg_is_in_recovery()"))
            assert answer(cursor, "SELECT number FROM filings") == "entered after the backup"
