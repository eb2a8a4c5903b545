"""What a backup holds, what a restore refuses, and what it notices."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from beian.backup import database
from beian.backup.manifest import read_manifest
from beian.backup.problems import BackupFailed
from orders import backup
from tests.backup.manifests import change
from tests.builders import make_applicant
from tests.life import make_ready_order
from verification.actions.documents import documents_of
from verification.actions.face_photos import restrict_photos
from verification.backup import copy_pictures, pictures_that_do_not_open, restore_pictures
from verification.document_store import FACES, all_files, delete_file
from verification.models import FacePhoto

pytestmark = pytest.mark.django_db


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_backup_holds_every_picture_and_says_what_it_holds(order, dumped, tmp_path):
    made = backup.back_up(tmp_path / "kept")

    manifest = read_manifest(made)
    assert manifest.rows["orders_filingorder"] == 1
    assert "django_session" not in manifest.rows
    assert manifest.pictures == documents_of(order.pk).count() + FacePhoto.objects.count() == 4
    assert sorted(path.name for path in made.iterdir()) == [
        "database.dump",
        "manifest.json",
        "pictures",
    ]


def test_nobody_else_can_read_any_part_of_a_backup_at_any_moment(order, monkeypatch, tmp_path):
    def dump_looking_around(target: Path) -> dict[str, int]:
        assert mode_of(target.parent) == 0o700
        target.write_bytes(b"rows")
        return database.count_rows()

    monkeypatch.setattr(backup, "dump_database", dump_looking_around)
    mask = os.umask(0o022)
    try:
        made = backup.back_up(tmp_path / "kept")
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(mask)

    found = [made, *made.rglob("*")]
    assert {mode_of(path) for path in found if path.is_dir()} == {0o700}
    assert {mode_of(path) for path in found if path.is_file()} == {0o600}


def test_photo_that_is_only_stored_any_more_counts_as_whole_and_a_missing_one_does_not(order):
    photos = FacePhoto.objects.all()
    assert restrict_photos(photos) == 1
    assert list(pictures_that_do_not_open()) == []

    delete_file(photos.get().stored_name, FACES)

    assert len(list(pictures_that_do_not_open())) == 1


def test_backup_that_fails_leaves_no_folder(order, monkeypatch, tmp_path):
    def fail(target: Path) -> dict[str, int]:
        raise BackupFailed("pg_dump: connection refused")

    monkeypatch.setattr(backup, "dump_database", fail)

    with pytest.raises(CommandError, match="connection refused"):
        call_command("back_up", str(tmp_path / "kept"))
    assert list((tmp_path / "kept").iterdir()) == []


def test_picture_added_while_the_database_is_dumped_is_in_the_backup(order, monkeypatch, tmp_path):
    def dump_meanwhile(target: Path) -> dict[str, int]:
        other = make_applicant(phone="13800000041", account_name="示例四一")
        make_ready_order(other, **{"subject.cert_number": "91330102MA0000002A"})
        target.write_bytes(b"rows")
        return database.count_rows()

    monkeypatch.setattr(backup, "dump_database", dump_meanwhile)

    assert read_manifest(backup.back_up(tmp_path / "kept")).pictures == 8


def test_pictures_come_back_and_those_that_are_there_stay(order, tmp_path):
    copy_pictures(tmp_path / "pictures")
    for document in documents_of(order.pk):
        delete_file(document.stored_name)
    assert len(list(pictures_that_do_not_open())) == 3

    assert restore_pictures(tmp_path / "pictures") == 3
    assert list(pictures_that_do_not_open()) == []
    assert sum(file.is_complete for file in all_files()) == 4


def test_every_picture_that_is_missing_is_named(order):
    document, photo = documents_of(order.pk).first(), FacePhoto.objects.get()
    delete_file(document.stored_name)
    delete_file(photo.stored_name, FACES)

    found = list(pictures_that_do_not_open())

    assert len(found) == 2
    assert str(document.pk) in found[0]
    assert str(photo.pk) in found[1]


def test_restore_refuses_a_database_that_is_not_empty(order, dumped, tmp_path):
    made = backup.back_up(tmp_path / "kept")

    with pytest.raises(CommandError, match="not empty"):
        call_command("restore_backup", str(made))


def test_restore_refuses_a_damaged_dump_and_half_a_backup(order, dumped, tmp_path):
    made = backup.back_up(tmp_path / "kept")
    (made / "database.dump").write_bytes(b"rovs")

    with pytest.raises(CommandError, match="checksum"):
        call_command("restore_backup", str(made))
    (made / "manifest.json").unlink()
    with pytest.raises(CommandError, match="not a complete backup"):
        call_command("restore_backup", str(made))


def test_restore_asks_for_the_master_keys_first(order, dumped, tmp_path):
    made = backup.back_up(tmp_path / "kept")
    change(made, master_keys={"k0": "00"})

    with pytest.raises(CommandError, match="k0"):
        call_command("restore_backup", str(made))


def test_rows_that_did_not_come_back_are_named(order, dumped, tmp_path):
    manifest = read_manifest(backup.back_up(tmp_path / "kept"))
    manifest.rows["orders_filingorder"] = 2

    assert list(backup.rows_that_differ(manifest)) == [
        "orders_filingorder: 1 rows, 2 in the backup"
    ]


def test_table_that_did_not_come_back_is_named(order, dumped, tmp_path):
    manifest = read_manifest(backup.back_up(tmp_path / "kept"))
    manifest.rows["orders_letter"] = 2

    assert list(backup.rows_that_differ(manifest)) == ["orders_letter: None rows, 2 in the backup"]


def test_missing_client_program_is_told_with_the_remedy(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")

    with pytest.raises(BackupFailed, match="postgresql-client"):
        database._run("pg_dump")
