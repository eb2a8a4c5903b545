"""Figures of the lowest room: outbox, deadlines, signs of life."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Count, Max

from beian.actions.heartbeats import heartbeat_ages, living_beats
from beian.actions.notice_retention import notices_past_term
from beian.enums import NoticeState
from beian.metrics import gauge
from beian.models import AuditEntry, AuditSeal, Notice
from beian.readiness import oldest_deadline, oldest_notice, overdue_seconds

Rows = Iterator[tuple[tuple[str, ...], float]]
# Nobody may have asked the server to archive: then nothing ever failed.
ARCHIVE_FAILING = """
    SELECT coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false)
    FROM pg_stat_archiver
"""
_WAITING = (NoticeState.QUEUED, NoticeState.SENDING)


@gauge("notices_waiting", "Notices in the outbox.", "state")
def notices_waiting() -> Rows:
    rows = Notice.objects.filter(state__in=_WAITING).order_by().values_list("state")
    counts = dict(rows.annotate(Count("pk")))
    for state in _WAITING:
        yield (str(state),), counts.get(state, 0)


@gauge("notices_past_term", "Messages that should have been erased.")
def unerased_notices() -> Rows:
    yield (), notices_past_term().count()


@gauge("outbox_overdue_seconds", "How long the oldest due notice has waited.")
def outbox_overdue() -> Rows:
    yield (), overdue_seconds(oldest_notice())


@gauge("deadline_overdue_seconds", "How long the oldest due deadline has waited.")
def deadline_overdue() -> Rows:
    yield (), overdue_seconds(oldest_deadline())


@gauge("heartbeat_age_seconds", "Since the last sign of life of beat and of the sweep.", "kind")
def heartbeat_age() -> Rows:
    for kind, seconds in sorted(heartbeat_ages().items()):
        yield (kind,), seconds


@gauge("beats_running", "Beat processes seen lately; there should be exactly one.")
def beats_running() -> Rows:
    yield (), living_beats()


@gauge("audit_unsealed_seconds", "How long the oldest audit entry has waited for its seal.")
def audit_unsealed() -> Rows:
    sealed = AuditSeal.objects.filter(table=AuditEntry._meta.db_table).aggregate(Max("last_id"))
    last = sealed["last_id__max"] or 0
    rows = AuditEntry.objects.filter(pk__gt=last).order_by("pk")
    yield (), overdue_seconds(rows.values_list("at", flat=True).first())


@gauge("archive_failing", "1 while the database server cannot copy what it wrote to its archive.")
def archive_failing() -> Rows:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(ARCHIVE_FAILING)
            yield (), float(cursor.fetchone()[0])
