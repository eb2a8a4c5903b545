"""The download queue: one file at a time, served again until it is acknowledged."""

import json
from uuid import uuid4

from django.db import transaction
from django.db.models import F

from outside import clock
from outside.models import Result, ResultFile, Switches
from outside.protocol import RECORDS_LIMIT, VERSION


@transaction.atomic
def next_file() -> ResultFile | None:
    """Give the open file, or make one of the results that wait; None when nothing waits."""
    file = ResultFile.objects.filter(acknowledged_at=None).first() or _make_file()
    if file is not None:
        ResultFile.objects.filter(pk=file.pk).update(downloads_count=F("downloads_count") + 1)
    return file


@transaction.atomic
def acknowledge(name: str) -> bool:
    """Close a file; doing so twice is fine. False when no file has this name."""
    file = ResultFile.objects.filter(name=name).first()
    if file is None:
        return False
    closed = ResultFile.objects.filter(pk=file.pk, acknowledged_at=None).update(
        acknowledged_at=clock.now()
    )
    if closed and not file.is_repeat and Switches.current().repeats_results:
        ResultFile.objects.create(name=_file_name(), payload=file.payload, is_repeat=True)
    return True


def _make_file() -> ResultFile | None:
    results = _waiting_results()
    if not results:
        return None
    bodies = [result.body for result in results]
    payload = json.dumps({"version": VERSION, "results": bodies}, ensure_ascii=False)
    file = ResultFile.objects.create(name=_file_name(), payload=payload)
    Result.objects.filter(pk__in=[result.pk for result in results]).update(file=file)
    return file


def _waiting_results() -> list[Result]:
    """Take what goes into one file; reversed, that is the newest result alone."""
    waiting = Result.objects.filter(file=None)
    if Switches.current().reverses_results:
        return list(waiting.order_by("-id")[:1])
    return list(waiting[:RECORDS_LIMIT])


def _file_name() -> str:
    return f"{clock.now():%Y%m%d%H%M%S}-{uuid4().hex[:12]}.json"
