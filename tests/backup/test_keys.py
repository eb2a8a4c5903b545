"""A backup comes back with the keys it was made with, and with no others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from beian.backup.manifest import read_manifest
from beian.crypto import keys
from orders import backup, workflow
from tests.backup.manifests import change
from verification.backup import pictures_that_do_not_open

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    keys.make(settings.KEYS_DIR)


@pytest.fixture
def made(order, dumped, tmp_path) -> Path:
    return backup.back_up(tmp_path / "kept")


def exchange(folder: Path, name: str) -> None:
    """A key of another installation, under the name that every installation gives it."""
    (folder / name).unlink()
    keys.make(folder)


def test_manifest_tells_no_key(made, settings):
    kept = (made / "manifest.json").read_text()

    assert set(read_manifest(made).master_keys) == {"k1"}
    assert json.loads((settings.KEYS_DIR / "master.json").read_text())["keys"]["k1"] not in kept
    assert (settings.KEYS_DIR / "digest.key").read_text() not in kept


@pytest.mark.parametrize(("name", "told"), [("master.json", "k1"), ("digest.key", "digest.key")])
def test_restore_refuses_keys_of_another_installation(made, settings, name, told):
    exchange(settings.KEYS_DIR, name)

    with pytest.raises(CommandError, match=f"{told} / not the keys of this backup"):
        call_command("restore_backup", str(made))


@pytest.mark.parametrize("name", keys.FILES)
def test_restore_makes_no_keys(made, settings, name):
    (settings.KEYS_DIR / name).unlink()

    with pytest.raises(CommandError, match=f"{name}.*mount the keys"):
        call_command("restore_backup", str(made))
    assert not (settings.KEYS_DIR / name).exists()


def test_restore_says_that_keys_cannot_be_read(made, settings):
    (settings.KEYS_DIR / "master.json").write_text("k1")

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("restore_backup", str(made))


def test_backup_of_a_release_that_kept_ids_only_is_compared_by_ids(made):
    change(made, master_keys=["k1"], digest_key="")

    with pytest.raises(CommandError, match="not empty"):
        call_command("restore_backup", str(made))


def test_every_picture_and_text_that_a_wrong_key_does_not_open_is_named(made, settings):
    manifest = read_manifest(made)
    assert list(backup.problems_inside()) == []

    exchange(settings.KEYS_DIR, "master.json")

    assert len(list(pictures_that_do_not_open())) == manifest.pictures
    assert "verification_document.name: 3 values do not open" in list(backup.problems_inside())


def test_submission_that_a_wrong_key_does_not_open_is_named(applicant, order, made, settings):
    workflow.apply(order.pk, "submit", applicant.actor)

    exchange(settings.KEYS_DIR, "master.json")

    found = list(backup.problems_inside())
    assert any(f"{order.number}, round 1: does not open" in line for line in found)
