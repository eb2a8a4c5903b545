"""Fills an empty installation from a backup and checks what came back."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from beian.backup.database import is_of_earlier_release
from beian.backup.problems import BackupFailed
from orders.backup import fitting_manifest, problems_inside, restore, rows_that_differ

_MIGRATE = (
    "先运行 manage.py migrate，再运行 restore_backup --check-only / the tables are of an earlier "
    "release: call manage.py migrate, then restore_backup --check-only"
)


class Command(BaseCommand):
    help = (
        "Restore a backup into an empty database, then open every picture and check the audit "
        "trail; exit with 1 if something is off. A backup of an earlier release is checked after "
        "migrate, with --check-only."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path)
        parser.add_argument(
            "--check-only", action="store_true", help="check what was restored before"
        )

    def handle(self, *args: Any, backup: Path, check_only: bool, **options: Any) -> None:
        try:
            self._check_only(backup) if check_only else self._restore(backup)
        except BackupFailed as failure:
            raise CommandError(str(failure)) from None

    def _restore(self, backup: Path) -> None:
        manifest = restore(backup)
        self.stdout.write(
            f"已恢复 {manifest.made_at} 的备份 / restored the backup of {manifest.made_at}: "
            f"{sum(manifest.rows.values())} rows, {manifest.pictures} pictures"
        )
        self.stdout.write(
            f"{manifest.made_at} 之后的删除、撤回和停用已被恢复撤销，请按 docs/operations.zh.md"
            "“恢复之后”重做 / erasures, withdrawals and lock-outs since then are undone: do them "
            "again, see 'After a restore' in docs/operations.md"
        )
        self._name(rows_that_differ(manifest))
        if is_of_earlier_release():
            self.stdout.write(_MIGRATE)
            return
        self._check()

    def _check_only(self, backup: Path) -> None:
        fitting_manifest(backup)
        if is_of_earlier_release():
            raise CommandError(_MIGRATE)
        self._check()

    def _check(self) -> None:
        self._name(problems_inside())
        self.stdout.write("数据、图片和审计记录均完整 / rows, pictures and audit trail are whole")

    def _name(self, problems: Iterable[str]) -> None:
        found = list(problems)
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError("恢复的数据有问题 / what came back is not whole")
