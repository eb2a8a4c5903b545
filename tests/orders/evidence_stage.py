"""Orders to export, the people who may, and a look into a bundle."""

import json
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from beian.enums import StaffRoleName
from orders.models import FilingOrder
from tests.builders import Staff, make_staff
from tests.life import Life

AUDITOR = "auditor-1"


def make_auditor() -> Staff:
    return make_staff(StaffRoleName.AUDITOR, name=AUDITOR)


def filed_after_completion(life: Life) -> FilingOrder:
    """Sent back for completion once, submitted again, filed."""
    life.submit()
    life.take()
    life.comment()
    life.act("ask_supplement", life.reviewer, opinion="请按意见修改。")
    life.order.comments.update(reply_state="explained", reply="这是注册商标。")
    life.submit("resubmit")
    life.pass_review()
    life.hand_over()
    life.send()
    life.verify_everybody()
    life.send()
    life.bureau.decide("granted")
    life.collect()
    return life.order


def export(order: FilingOrder, folder: Path, *words: str, by: str = AUDITOR) -> Path:
    """The bundle that the command makes."""
    out = StringIO()
    try:
        call_command(
            "export_evidence", order.number, str(folder), "--by", by, "--purpose", "inspection",
            *words, stdout=out, stderr=StringIO(),
        )  # fmt: skip
    finally:
        assert not list(folder.glob("*.part"))
    return made_in(folder)


def made_in(folder: Path) -> Path:
    (path,) = folder.glob("*.zip")
    return path


def member(path: Path, name: str) -> Any:
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read(name))


def verify(path: Path, *words: str) -> str:
    """What the command says; raises CommandError."""
    out = StringIO()
    call_command("verify_evidence", str(path), *words, stdout=out, stderr=out)
    return out.getvalue()


def rewritten(path: Path, **changes: bytes | None) -> Path:
    """A copy in which members have other bytes, or are gone (None)."""
    target = path.with_name(f"altered-{path.name}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            content = changes.get(info.filename, old.read(info))
            if content is not None:
                new.writestr(info, content)
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name] or b"")
    return target
