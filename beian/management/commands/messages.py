"""Bring the English catalogue up to date with the texts in code and templates."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand

from beian.translation.catalogue import merged, read_catalogue, save_catalogue, untranslated
from beian.translation.compiled import compile_catalogues
from beian.translation.extract import extract_texts


class Command(BaseCommand):
    help = "Collect texts into locale/en; keeps translations, drops texts that are gone."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--missing", action="store_true", help="list what has no English yet")

    def handle(self, *args: object, missing: bool, **options: object) -> None:
        catalogue = merged(read_catalogue(), extract_texts())
        save_catalogue(catalogue)
        compile_catalogues(settings.BASE_DIR)
        without = untranslated(catalogue)
        self.stdout.write(f"{len(catalogue)} texts, {len(without)} without English")
        if missing:
            for entry in without:
                self.stdout.write(f"{entry.occurrences[0][0]}: {entry.msgid}")
