"""Fills an empty installation from a backup and checks what came back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from beian.backup.problems import BackupFailed
from orders.backup import problems_after, restore


class Command(BaseCommand):
    help = (
        "Restore a backup into an empty database, then open every picture and check the audit "
        "trail; exit with 1 if something is off."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path)

    def handle(self, *args: Any, backup: Path, **options: Any) -> None:
        try:
            manifest = restore(backup)
        except BackupFailed as failure:
            raise CommandError(str(failure)) from None
        self.stdout.write(
            f"已恢复 {manifest.made_at} 的备份 / restored the backup of {manifest.made_at}: "
            f"{sum(manifest.rows.values())} rows, {manifest.pictures} pictures"
        )
        problems = list(problems_after(manifest))
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError("恢复的数据有问题 / what came back is not whole")
        self.stdout.write("数据、图片和审计记录均完整 / rows, pictures and audit trail are whole")
