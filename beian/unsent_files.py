"""Files of a form that waits for its person: kept beside it, handed over with it, forgotten."""

import base64
import io
from collections.abc import Iterable
from datetime import timedelta
from typing import cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from beian import clock
from beian.models import UnsentFile
from beian.site_settings import setting
from beian.uploads import ReceivedFile


def keep_files(request: HttpRequest) -> list[str]:
    """Ids of the request's files, kept; one too large to be accepted is left out."""
    rows = [
        _row(field, received)
        for field, files in request.FILES.lists()
        for received in map(_received, files)
        if _is_whole(received)
    ]
    return [str(row.pk) for row in UnsentFile.objects.bulk_create(rows)]


def _received(file: UploadedFile) -> ReceivedFile:
    # beian.uploads makes every upload.
    return cast(ReceivedFile, file)


def _is_whole(received: ReceivedFile) -> bool:
    limit = setting("upload.accepted_megabytes") * 2**20
    return not received.is_over_request and (received.size or 0) <= limit


def _row(field: str, received: ReceivedFile) -> UnsentFile:
    return UnsentFile(
        field=field,
        name=received.name or "",
        content_type=received.content_type or "",
        content=base64.b64encode(received.read()).decode(),
        kept_at=clock.now(),
    )


def names_of(ids: Iterable[str]) -> list[str]:
    """What the person called the files."""
    return list(UnsentFile.objects.filter(pk__in=_uuids(ids)).values_list("name", flat=True))


def put_back(request: HttpRequest, ids: Iterable[str]) -> None:
    """Let the request carry the kept files as if they had come with it."""
    for row in UnsentFile.objects.filter(pk__in=_uuids(ids)):
        content = base64.b64decode(row.content)
        file = ReceivedFile(
            io.BytesIO(content), row.field, row.name, row.content_type, len(content), None
        )
        request.FILES.appendlist(row.field, file)


def forget_files(ids: Iterable[str]) -> None:
    UnsentFile.objects.filter(pk__in=_uuids(ids)).delete()


def tidy_unsent_files() -> int:
    """Delete files whose form waits no longer; returns how many."""
    life = timedelta(minutes=setting("session.unsent_minutes"))
    return UnsentFile.objects.filter(kept_at__lt=clock.now() - life).delete()[0]


def _uuids(ids: Iterable[str]) -> list[UUID]:
    return [UUID(each) for each in ids]
