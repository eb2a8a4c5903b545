"""Checks an evidence bundle without the database it came from."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orders.evidence.verifying import NotABundle, verify_bundle


class Command(BaseCommand):
    help = "Check an evidence bundle by itself; exit with 1 when something was altered."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--manifest",
            default="",
            metavar="SHA256",
            help="what the export told: without it, who made a new manifest is not found out",
        )

    def handle(self, *args: Any, file: Path, manifest: str, **options: Any) -> None:
        try:
            found = verify_bundle(file, manifest)
        except NotABundle as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{found.order} {found.made_at}")
        self.stdout.write(f"清单的 SHA-256 / of the manifest: {found.manifest_sha256}")
        for problem in found.named:
            self.stdout.write(f"导出时已注明 / named when exported: {problem}")
        for problem in found.altered:
            self.stderr.write(problem)
        if found.altered:
            raise CommandError("证据包被改动过 / the bundle was altered")
        self.stdout.write(f"{found.member_count} 个文件与清单一致 / as the manifest has them")
