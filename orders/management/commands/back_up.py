"""Copies database and pictures into a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from beian.backup.problems import BackupFailed
from beian.backup.retention import remove_old_backups
from orders.backup import back_up


class Command(BaseCommand):
    help = (
        "Back up database and pictures into a new folder below the given one, and remove backups "
        "older than the setting backup.keep_days. Keys are not in it: keep them apart."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            made = back_up(folder)
        except BackupFailed as failure:
            raise CommandError(str(failure)) from None
        self.stdout.write(f"已备份 / backed up: {made}")
        self._remove_old(folder)

    def _remove_old(self, folder: Path) -> None:
        done = remove_old_backups(folder)
        for path in done.removed:
            self.stdout.write(f"已删除过期备份 / removed: {path}")
        for problem in done.problems:
            self.stderr.write(problem)
        if done.problems:
            raise CommandError(
                "新备份已完成，但有的旧备份无法读取或删除，请查看 / the new backup is whole, but "
                "older ones cannot be read or removed: look at them"
            )
