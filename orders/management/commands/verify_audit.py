"""Checks what the audit trail can prove and says what it cannot."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orders.audit_check import check_audit, told


class Command(BaseCommand):
    help = "Check append-only tables, histories and seals; exit with 1 if something is off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--seal",
            default="",
            metavar="NUMBER:HASH",
            help="a seal that the log tells of: seal and seal_hash of `audit trail sealed`",
        )

    def handle(self, *args: Any, seal: str, **options: Any) -> None:
        findings = check_audit(seal)
        for line in told(findings):
            self.stdout.write(line)
        if any(found.problems for found in findings):
            raise CommandError("the trail is not whole")
