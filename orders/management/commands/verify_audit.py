"""Checks what the audit trail can prove and says what it cannot."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orders.audit_check import check_audit, told


class Command(BaseCommand):
    help = "Check append-only tables, order histories and seals; exit with 1 if something is off."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = check_audit()
        for line in told(findings):
            self.stdout.write(line)
        if any(found.problems for found in findings):
            raise CommandError("the trail is not whole")
