"""Tells whether beat, or the sweep, has given a sign of life lately."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from beian.actions.heartbeats import BEAT, SWEEP
from beian.readiness import CHECKS


class Command(BaseCommand):
    help = "Exit with 1 when beat or sweep has been silent for too long."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=[BEAT, SWEEP])

    def handle(self, *args: Any, kind: str, **options: Any) -> None:
        result = CHECKS[kind]()
        if not result.is_ok:
            raise CommandError(f"{kind}: {result.reason}")
        self.stdout.write(f"{kind}: {result.seconds} s")
