"""What docs/operations.md lets an operator type does what it says."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from beian.enums import StaffRoleName
from beian.models import AuditEntry, User
from beian.site_settings import setting
from tests.consistency.sources import ROOT, text

MANUAL = text(ROOT / "docs/operations.md")
PASSWORD = "correct horse battery"


@pytest.fixture
def _typed(
    db: None,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda *_: PASSWORD)
    (block,) = re.findall(r"(?ms)^```python\n(.*?)^```$", MANUAL)
    with django_capture_on_commit_callbacks(execute=True):
        exec(block, {})  # our own manual


@pytest.mark.usefixtures("_typed")
def test_shell_of_the_manual_makes_a_member_of_staff() -> None:
    user = User.objects.get(staff_name="wang.lin")

    assert user.check_password(PASSWORD)
    assert [row.role for row in user.staff_roles.all()] == ["reviewer"]


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
    (line,) = re.findall(r"`(User\.objects\.[^`]+)`", MANUAL)
    exec(line, {"User": User})  # our own manual

    assert not User.objects.get(staff_name="wang.lin").is_active
