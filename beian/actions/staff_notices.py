"""The desk's own inbox: messages to roles, written with their event, read by each person."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, DateTimeField, Exists, OuterRef, Q, QuerySet

from beian import clock
from beian.actors import Actor
from beian.counting import CountedSet, Given, counted_set
from beian.enums import AUDIENCE_ROLES, StaffAudience
from beian.models import StaffNotice, StaffNoticeRead
from beian.site_settings import setting

LANGUAGES = ("zh", "en")


def queue_staff_notice(
    event_key: str,
    *,
    audience: StaffAudience,
    text: Mapping[str, Mapping[str, str]],
    facts: Mapping[str, Mapping[str, object]],
    url_name: str = "",
    url_argument: str = "",
    reader_id: int | None = None,
    but_for_id: int | None = None,
) -> StaffNotice:
    """Write one message to an audience, to one `reader` in it, or to all `but_for` one; the same
    event gives the same row.

    `text` is {"subject": {"zh", "en"}, "body": {…}}, `facts` what fills it, by language.
    """
    texts = {
        language: {part: text[part][language].format(**facts[language]) for part in text}
        for language in LANGUAGES
    }
    notice, _created = StaffNotice.objects.get_or_create(
        event_key=event_key,
        defaults={
            "audience": audience,
            "texts": texts,
            "url_name": url_name,
            "url_argument": url_argument,
            "reader_id": reader_id,
            "but_for_id": but_for_id,
            "created_at": clock.now(),
        },
    )
    return notice


def audiences_of(roles: Iterable[str]) -> list[StaffAudience]:
    """The audiences somebody with these roles belongs to."""
    held = frozenset(roles)
    return [audience for audience, wanted in AUDIENCE_ROLES.items() if held & wanted]


def _since() -> datetime:
    return clock.now() - timedelta(days=setting("staff_notice.keep_days"))


def _inbox(audiences: Iterable[StaffAudience], user_id: Any, since: Any) -> QuerySet[StaffNotice]:
    read = Exists(StaffNoticeRead.objects.filter(notice=OuterRef("pk"), user_id=user_id))
    rows = StaffNotice.objects.filter(audience__in=audiences, created_at__gte=since)
    rows = rows.filter(Q(reader=None) | Q(reader_id=user_id))
    rows = rows.filter(Q(but_for=None) | ~Q(but_for_id=user_id))
    return rows.annotate(is_read=read)


def staff_inbox(actor: Actor) -> QuerySet[StaffNotice]:
    """Messages to this person or his roles, newest first, each with `is_read`."""
    return _inbox(audiences_of(actor.roles), actor.user_id, _since())


def unread(actor: Actor) -> QuerySet[StaffNotice]:
    return staff_inbox(actor).filter(is_read=False)


def counted_unread(actor: Actor) -> CountedSet | None:
    """The same rows, to be counted on every page of the desk."""
    kept = _counted_unread(tuple(audiences_of(actor.roles)))
    return kept and kept.with_given(user_id=actor.user_id, since=_since())


@lru_cache(maxsize=64)
def _counted_unread(audiences: tuple[StaffAudience, ...]) -> CountedSet | None:
    user_id, since = Given("user_id", BigIntegerField()), Given("since", DateTimeField())
    return counted_set(_inbox(audiences, user_id, since).filter(is_read=False))


def mark_staff_notices_read(actor: Actor, *, notice_id: int | None = None) -> int:
    """Mark one or all messages of this person as read; returns how many were unread."""
    rows = unread(actor) if notice_id is None else unread(actor).filter(pk=notice_id)
    now = clock.now()
    reads = [
        StaffNoticeRead(notice_id=key, user_id=actor.user_id, read_at=now)
        for key in rows.values_list("pk", flat=True)
    ]
    # A second click finds nothing to add.
    StaffNoticeRead.objects.bulk_create(reads, ignore_conflicts=True)
    return len(reads)


def tidy_staff_notices() -> int:
    """Delete what is older than an inbox shows."""
    before = clock.now() - timedelta(days=setting("staff_notice.keep_days"))
    return StaffNotice.objects.filter(created_at__lt=before).delete()[0]
