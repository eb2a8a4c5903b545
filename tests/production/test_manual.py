"""What docs/operations.md lets an operator type does what it says."""

from __future__ import annotations

import getpass
import re
import shlex
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from beian import clock
from beian.enums import StaffRoleName
from beian.models import AuditEntry, ConsentRecord, User
from beian.site_settings import setting
from tests.builders import make_applicant
from tests.consistency.sources import ROOT, text
from tests.life import make_ready_order
from verification.models import FacePhoto, TruthfulnessCheck

MANUAL = text(ROOT / "docs/operations.md")
PASSWORD = "correct horse battery"


def blocks(language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", MANUAL)


@pytest.fixture
def _typed(
    db: None,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda *_: PASSWORD)
    block, _after_a_restore = blocks("python")
    with django_capture_on_commit_callbacks(execute=True):
        exec(block, {})  # our own manual
        run_account_command("create")


def run_account_command(act: str) -> None:
    """The one line of the manual that does `act`."""
    (line,) = re.findall(rf"(?m)^manage\.py (staff_account {act} .*)$", MANUAL)
    call_command(*shlex.split(line), stdout=StringIO())


@pytest.mark.usefixtures("_typed")
def test_commands_of_the_manual_make_and_change_a_member_of_staff() -> None:
    user = User.objects.get(staff_name="wang.lin")
    assert user.check_password(PASSWORD)
    assert {row.role for row in user.staff_roles.all()} == {"reviewer", "support"}

    for act in ("roles", "shut-out", "let-in", "password", "authenticator"):
        run_account_command(act)

    assert [row.role for row in user.staff_roles.all()] == ["senior_reviewer"]
    assert User.objects.get(pk=user.pk).is_active


@pytest.mark.usefixtures("_typed")
def test_shell_of_the_manual_changes_settings_and_the_audit_trail_tells() -> None:
    assert setting("site.phone") == "0571-0000 0001"
    assert setting("bureau.submit_working_days", province="33") == 2
    assert setting("bureau.submit_working_days", province="44") == 3
    assert AuditEntry.objects.filter(action="override_setting").count() == 2


def test_manual_names_every_role() -> None:
    (sentence,) = re.findall(r"Roles are ([^;]+);", MANUAL)

    assert set(re.findall(r"`(\w+)`", sentence)) == set(StaffRoleName.values)


@pytest.mark.usefixtures("_typed")
def test_account_that_the_manual_shuts_out_is_no_longer_active() -> None:
    run_account_command("shut-out")

    assert not User.objects.get(staff_name="wang.lin").is_active


@pytest.mark.usefixtures("_typed")
def test_questions_and_shell_of_the_manual_find_and_repeat_what_a_restore_undid(
    settings: Any, tmp_path: Path
) -> None:
    settings.FILES_DIR = tmp_path
    make_ready_order(make_applicant())
    check, photo = TruthfulnessCheck.objects.get(), FacePhoto.objects.get()
    other = FacePhoto.objects.get()
    other.pk, other.stored_name = uuid4(), uuid4().hex
    other.check_row = TruthfulnessCheck.objects.create(
        owner=uuid4(), person_digest="0" * 64, cert_type="id", opened_at=clock.now()
    )
    other.save(force_insert=True)
    _first, block = blocks("python")

    block = block.replace(f"{UUID(int=1)}", f"{check.pk}").replace(f"{UUID(int=2)}", f"{other.pk}")
    exec(block, {})  # our own manual

    assert photo.pk != other.pk
    assert not FacePhoto.objects.filter(erased_at=None).exists()
    last = ConsentRecord.objects.filter(purpose="face_photo").last()
    assert last is not None
    assert not last.is_consent
    assert not User.objects.get(staff_name="wang.lin").is_active
    (questions,) = blocks("sql")
    found = [_rows(question) for question in questions.split(";")[:-1]]
    assert "withdraw_face_consent" in {row[1] for row in found[0]}
    assert [row[0] for row in found[2]] == ["staff:wang.lin"]
    assert ("staff:wang.lin", "reviewer") in found[3]
    assert "create_staff" in {row[1] for row in found[0]}


def _rows(question: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question.replace("2026-11-25T", "2000-01-01T"))
        return cursor.fetchall()
