"""Checks published edits of rules against the shipped files: to be run after an upgrade."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orders.rulebook.content import conflicts, unreadable


class Command(BaseCommand):
    help = (
        "Tell which published edits stand on a shipped rule that changed, or cannot be read any "
        "more; exit with 1 if there are any."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        unusable = unreadable()
        for key, error in sorted(unusable.items()):
            self.stdout.write(f"{key}: not in force, this release cannot read it: {error}")
        found = conflicts()
        for edit in found:
            self.stdout.write(
                f"{edit.rule_key}: in force since {edit.effective_from}, the shipped rule changed"
            )
        if found or unusable:
            raise CommandError("somebody has to decide about these rules on /desk/rules/")
        self.stdout.write("no conflicts")
