"""Copies database and pictures into a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from beian.backup.problems import BackupFailed
from orders.backup import back_up, remove_old_backups


class Command(BaseCommand):
    help = (
        "Back up database and pictures into a new folder below the given one, and remove backups "
        "older than the setting backup.keep_days. Keys are not in it: keep them apart."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            made, old = back_up(folder), remove_old_backups(folder)
        except BackupFailed as failure:
            raise CommandError(str(failure)) from None
        self.stdout.write(f"已备份 / backed up: {made}")
        for path in old:
            self.stdout.write(f"已删除过期备份 / removed: {path}")
