"""Filing numbers: 浙ICP备2026000001号 for the subject, -1, -2A, -3X, -4K for its services."""

from typing import Any

from django.db.models import Max

from outside import clock
from outside.models import HandOver, RegisteredService, RegisteredSubject

KIND_SUFFIXES = {"website": "", "app": "A", "mini_program": "X", "quick_app": "K"}


def register(hand_over: HandOver) -> list[RegisteredService]:
    """Enter the application into the register. Runs inside the caller's transaction."""
    subject = _subject(hand_over)
    return [_service(subject, hand_over, entry) for entry in hand_over.content["services"]]


def _subject(hand_over: HandOver) -> RegisteredSubject:
    known = RegisteredSubject.objects.filter(subject_key=hand_over.subject_key).first()
    if known is not None:
        return known
    year = clock.today().year
    same_series = RegisteredSubject.objects.filter(province=hand_over.province, year=year)
    running = _next_running(same_series)
    return RegisteredSubject.objects.create(
        subject_key=hand_over.subject_key,
        name=hand_over.subject_name,
        province=hand_over.province,
        year=year,
        running=running,
        number=f"{hand_over.place.prefix}ICP备{year}{running:06d}号",
    )


def _service(
    subject: RegisteredSubject, hand_over: HandOver, entry: dict[str, Any]
) -> RegisteredService:
    known = subject.services.filter(ref=entry["ref"]).first()
    if known is not None:
        return known
    running = _next_running(subject.services)
    suffix = KIND_SUFFIXES.get(entry.get("kind", "website"), "")
    return RegisteredService.objects.create(
        subject=subject,
        hand_over=hand_over,
        ref=entry["ref"],
        name=str(entry.get("name") or ""),
        running=running,
        number=f"{subject.number}-{running}{suffix}",
    )


def _next_running(rows: Any) -> int:
    return (rows.aggregate(highest=Max("running"))["highest"] or 0) + 1
