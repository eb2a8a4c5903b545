"""Makes the bucket of pictures where it does not exist yet."""

from typing import Any, cast

from django.conf import settings
from django.core.files.storage import storages
from django.core.management.base import BaseCommand

from verification.document_store.files import ALIAS


class Command(BaseCommand):
    help = "Make the bucket named by BEIAN_S3_BUCKET unless it exists; nothing without a bucket."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.S3["bucket"]:
            cast(Any, storages[ALIAS]).make()
            self.stdout.write(f"bucket {settings.S3['bucket']} is there")
