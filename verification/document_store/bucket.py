"""Pictures in S3-type storage. What lies there is encrypted already; nothing is ever public."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage

from .base import StoredFile, StoreUnavailable

# A page waits for it, so it must not wait long.
_CONNECT_S, _READ_S, _ATTEMPTS = 3, 15, 2


@contextmanager
def _told_apart() -> Iterator[None]:
    """Whatever goes wrong on the way becomes one error; its words may name hosts and keys."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise StoreUnavailable(type(error).__name__) from error


class BucketStore(S3Storage):
    def __init__(self, **options: Any) -> None:
        config = Config(
            connect_timeout=_CONNECT_S,
            read_timeout=_READ_S,
            retries={"max_attempts": _ATTEMPTS, "mode": "standard"},
            s3={"addressing_style": settings.S3["addressing_style"]},
        )
        super().__init__(
            bucket_name=settings.S3["bucket"],
            endpoint_url=settings.S3["endpoint"] or None,
            region_name=settings.S3["region"] or None,
            access_key=settings.S3["access_key"],
            secret_key=settings.S3["secret_key"],
            client_config=config,
            file_overwrite=True,
            **options,
        )

    def _save(self, name: str, content: File) -> str:
        with _told_apart():
            return super()._save(name, content)

    def _open(self, name: str, mode: str = "rb") -> File:
        with _told_apart(), super()._open(name, mode) as file:
            # Read at once: an error in the middle belongs here.
            return ContentFile(file.read(), name=name)

    def delete(self, name: str) -> None:
        with _told_apart():
            super().delete(name)

    def walk(self) -> Iterator[StoredFile]:
        with _told_apart():
            for found in self.bucket.objects.all():
                yield StoredFile(found.key, found.last_modified.timestamp())

    def make(self) -> None:
        """Make the bucket unless it is there and ours."""
        client = self.connection.meta.client
        region = settings.S3["region"]
        place = {"CreateBucketConfiguration": {"LocationConstraint": region}} if region else {}
        try:
            client.create_bucket(Bucket=self.bucket_name, **place)
        except client.exceptions.BucketAlreadyOwnedByYou:
            return
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable(type(error).__name__) from error
