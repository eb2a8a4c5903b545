"""Makes the keys of a new installation."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from beian import secret_key
from beian.crypto import keys
from beian.crypto.digests import HASHES


class Command(BaseCommand):
    help = "Make the master key, the digest key and the secret key of a new installation."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--hash",
            choices=sorted(HASHES),
            default=keys.DEFAULT_HASH,
            help="what look-up digests are made with, for good",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.KEYS_DIR
        known = [name for name in keys.FILES if (folder / name).exists()]
        if known:
            raise CommandError(
                f"{folder} 中已有密钥，未作改动 / keys exist, left alone: {', '.join(known)}"
            )
        keys.make(folder, hash_name=options["hash"])
        secret_key.read_or_create(folder / "django.key")
        self.stdout.write(
            f"密钥已写入 {folder}，请立即另行备份 / keys written, back them up now, apart from "
            "the database"
        )
