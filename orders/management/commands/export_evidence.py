"""Writes what was filed and done in one order into one sealed file, for an inspection or audit."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from beian import actors
from beian.actors import Actor
from beian.crypto.fields import left_shut
from beian.models import User
from orders.evidence.export import export_evidence
from orders.evidence.permission import PURPOSES, ROLES, EvidenceRefused
from orders.models import FilingOrder


class Command(BaseCommand):
    help = (
        "Write the evidence bundle of an order: a ZIP with personal data in clear. The export is "
        "written into the audit trail; exit with 1 when something is missing or damaged."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", help="of the order")
        parser.add_argument("folder", type=Path)
        roles = " or ".join(ROLES)
        parser.add_argument("--by", required=True, help=f"your account, which has role {roles}")
        parser.add_argument(
            "--purpose", required=True, choices=PURPOSES, help="kept in the audit trail"
        )
        parser.add_argument(
            "--with-faces", action="store_true", help="photos of faces as well, if needed"
        )

    def handle(self, *args: Any, number: str, folder: Path, **options: Any) -> None:
        orders = FilingOrder.objects.filter(number=number)
        order = left_shut(orders, "account").first()
        if order is None:
            raise CommandError(f"没有订单 {number} / there is no order {number}")
        try:
            done = export_evidence(
                _person(options["by"]),
                order,
                folder,
                purpose=options["purpose"],
                place="terminal",
                with_faces=options["with_faces"],
            )
        except EvidenceRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"已导出 / exported: {done.path}")
        self.stdout.write(f"清单的 SHA-256 / of the manifest: {done.manifest_sha256}")
        for row in done.left_out:
            self.stdout.write(f"未包含 / left out: {row['member']}: {row['why']}")
        for problem in done.problems:
            self.stderr.write(problem)
        if done.problems:
            raise CommandError("证据包不完整 / the bundle is not whole")


def _person(name: str) -> Actor:
    users = left_shut(User.objects.filter(is_staff=True, staff_name=name))
    user = users.order_by("-is_active").first()
    if user is None:
        raise CommandError(f"没有员工账号 {name} / there is no staff account {name}")
    return actors.staff(user, frozenset(user.staff_roles.values_list("role", flat=True)))
