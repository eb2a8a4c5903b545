"""Lets a database role run the portal without owning its tables."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orders.limited_role import RoleRefused, grant_access


class Command(BaseCommand):
    help = (
        "Give a role of the database what web, worker and beat need: everything but changing the "
        "audit trail. Call it as the owner of the tables, after every migrate."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        try:
            grant_access(role)
        except RoleRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"已授权 / access granted: {role}")
