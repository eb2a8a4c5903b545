"""Gives the installation a new master key, or retires the old one."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from beian.crypto import rotation
from beian.crypto.keys import master_keys


class Command(BaseCommand):
    help = (
        "Make a new master key and move everything under it; interrupted, call it again. "
        "Later, with --retire, take the old keys out of use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retire", action="store_true", help="take old keys out of use")

    def handle(self, *args: Any, retire: bool, **options: Any) -> None:
        folder = settings.KEYS_DIR
        if not retire and len(master_keys().keys) == 1:
            self.stdout.write(f"新主密钥 / new master key {rotation.add_key(folder)}")
        current = master_keys().current
        # Twice: whoever wrote with the old key while the first pass ran is met by the second.
        while moved := rotation.move_everything():
            self.stdout.write(f"已改用 {current} / moved under {current}: {moved}")
        old = sorted(set(master_keys().keys) - {current})
        if retire:
            names = ", ".join(rotation.retire_old_keys(folder)) or "–"
            self.stdout.write(f"已停用 / retired: {names}")
        elif old:
            self.stdout.write(
                f"旧密钥 {', '.join(old)} 已无数据使用，会话过期后用 --retire 停用 / nothing "
                "stored needs the old key; run again with --retire when today's sessions have ended"
            )
