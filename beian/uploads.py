"""Uploads on their way in: held in memory, so that nothing raw reaches a temporary file.

Django's own memory handler switches itself off when the whole request is large, and its files are
then gone without a word. This one judges every file by itself and always hands the form a file.
"""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from beian.site_settings import setting

MEBIBYTE = 1024 * 1024


class ReceivedFile(InMemoryUploadedFile):
    """An upload; `size` is what was sent, of which no more is held than can be accepted.

    `is_over_request`: left out because the files of the request are too large together.
    """

    is_over_request = False


class EveryFileHandler(FileUploadHandler):
    """Holds each file up to one byte more than upload.accepted_megabytes, enough to refuse it.

    Files beyond upload.request_megabytes in one request are held no longer, and say so.
    """

    chunk_size = 64 * 2**10

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.held_bytes = 0
        self.most_per_file = setting("upload.accepted_megabytes") * MEBIBYTE
        self.most_per_request = setting("upload.request_megabytes") * MEBIBYTE
        self.content = io.BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.content = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = self.most_per_file + 1 - self.content.tell()
        left = self.most_per_request + 1 - self.held_bytes
        self.held_bytes += self.content.write(raw_data[: max(0, min(room, left))])

    def file_complete(self, file_size: int) -> ReceivedFile:
        self.content.seek(0)
        received = ReceivedFile(
            self.content,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
        received.is_over_request = self.held_bytes > self.most_per_request
        return received
