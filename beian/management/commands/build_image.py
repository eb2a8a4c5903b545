"""What an image needs once and no installation changes: compiled texts, collected static files."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from beian.translation.compiled import compile_catalogues


class Command(BaseCommand):
    help = "Compile the texts and collect the static files into BEIAN_STATIC_ROOT."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        compile_catalogues(settings.BASE_DIR)
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"static files in {settings.STATIC_ROOT}")
