"""Old backups go, whatever lies beside them; a run that fails takes only its own with it."""

from __future__ import annotations

import errno
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from beian import clock
from beian.backup import database
from beian.backup.problems import BackupFailed
from beian.backup.retention import remove_old_backups
from orders import backup
from tests.backup.manifests import change
from verification.document_store import StoreUnavailable

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(order, dumped, tmp_path) -> Path:
    return tmp_path / "kept"


def move_clock(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setattr(clock, "_offset", lambda: timedelta(days=days))


def test_backups_beyond_the_setting_are_removed(kept, monkeypatch):
    old = backup.back_up(kept)
    move_clock(monkeypatch, 34)
    recent = backup.back_up(kept)
    assert remove_old_backups(kept).removed == []

    move_clock(monkeypatch, 36)

    assert remove_old_backups(kept).removed == [old]
    assert list(kept.iterdir()) == [recent]


@pytest.mark.parametrize(
    "parts", [{"made_at": "yesterday"}, {"made_at": "2026-11-25T03:15:00"}, {"unheard_of": 1}]
)
def test_one_bad_manifest_is_named_and_stops_nothing(kept, monkeypatch, capsys, parts):
    bad = backup.back_up(kept).rename(kept / "by-hand")
    old = backup.back_up(kept)
    change(bad, **parts)
    move_clock(monkeypatch, 36)

    with pytest.raises(CommandError, match="new backup is whole"):
        call_command("back_up", str(kept))

    assert not old.exists()
    assert bad.exists()
    assert str(bad) in capsys.readouterr().err
    assert len(list(kept.iterdir())) == 2


def test_backup_with_a_bad_manifest_is_removed_by_the_time_in_its_name(kept, monkeypatch):
    bad = backup.back_up(kept)
    (bad / "manifest.json").write_text("{")
    assert remove_old_backups(kept).removed == []

    move_clock(monkeypatch, 36)

    assert remove_old_backups(kept).removed == [bad]


def test_backup_that_cannot_be_removed_is_named_and_stops_nothing(kept, monkeypatch):
    away = backup.back_up(kept).rename(kept / "away")
    link = kept / "20200101-000000"
    link.symlink_to(away)
    move_clock(monkeypatch, 36)

    done = remove_old_backups(kept)

    assert done.removed == [away]
    assert any(str(link) in problem for problem in done.problems)
    assert not away.exists()


@pytest.mark.parametrize("name", ["{}.part", "{}-0a1b2c.part", "{}-0a1b2c", "{}"])
def test_what_a_killed_run_left_is_removed_by_the_time_in_its_name(kept, monkeypatch, name):
    time = clock.now().astimezone(clock.SHANGHAI).strftime("%Y%m%d-%H%M%S")
    left = kept / name.format(time)
    (left / "pictures").mkdir(parents=True)
    (left / "database.dump").write_bytes(b"ro")
    assert remove_old_backups(kept).removed == []

    move_clock(monkeypatch, 36)

    assert remove_old_backups(kept).removed == [left]


def test_folders_and_files_that_are_no_backups_stay(kept, monkeypatch):
    (kept / "lost+found").mkdir(parents=True)
    (kept / "20261399-000000").mkdir()
    (kept / "20200101-000000").write_text("a note")
    move_clock(monkeypatch, 36)

    done = remove_old_backups(kept)

    assert (done.removed, done.problems) == ([], [])
    assert len(list(kept.iterdir())) == 3


def test_two_runs_in_one_second_make_two_backups(kept, monkeypatch):
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)

    assert len({backup.back_up(kept), backup.back_up(kept)}) == 2


def test_run_that_fails_leaves_another_one_alone(kept, monkeypatch):
    monkeypatch.setattr(backup, "new_name", lambda _now: "20261125-031500")
    running = kept / "20261125-031500.part"
    running.mkdir(parents=True)

    with pytest.raises(BackupFailed, match="exists"):
        backup.back_up(kept)
    assert running.is_dir()


def failing_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(_target: Path) -> None:
        raise error

    monkeypatch.setattr(backup, "copy_pictures", fail)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (StoreUnavailable("ConnectTimeout"), "is away, try again later: ConnectTimeout"),
        (PermissionError(errno.EACCES, "Permission denied", "/srv"), "Permission denied: '/srv'"),
    ],
)
def test_full_disk_and_store_that_is_away_are_told_in_words(kept, monkeypatch, error, told):
    failing_with(monkeypatch, error)

    with pytest.raises(CommandError, match=told):
        call_command("back_up", str(kept))
    assert list(kept.iterdir()) == []


def test_store_that_is_away_stops_a_restore_with_words_before_the_database(kept, monkeypatch):
    made = backup.back_up(kept)

    def fail(_source: Path) -> None:
        raise StoreUnavailable("ConnectTimeout")

    monkeypatch.setattr(backup, "refuse_tables", lambda: None)
    monkeypatch.setattr(backup, "restore_pictures", fail)
    with pytest.raises(CommandError, match="is away"):
        call_command("restore_backup", str(made))


def test_full_disk_under_sqlite_is_told_in_words(monkeypatch, tmp_path):
    def fail(_place: Path) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(database.sqlite3, "connect", fail)

    with pytest.raises(BackupFailed, match="disk is full"):
        database._dump_sqlite(tmp_path / "dump")
