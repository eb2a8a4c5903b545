"""What the bureau officer and the ministry decide; every outcome becomes a result to download."""

from typing import Any
from uuid import uuid4

from django.db import transaction

from outside import clock
from outside.actions.numbers import register
from outside.enums import HandOverState
from outside.models import HandOver, RegisteredService, Result


class DecisionRefused(Exception):
    """The application is not where this decision can be made."""


@transaction.atomic
def grant(hand_over: HandOver) -> None:
    """Grant the application and give it numbers."""
    _end(hand_over, {HandOverState.WAITING_DECISION}, HandOverState.GRANTED, "")
    services = register(hand_over)
    _queue_result(
        hand_over,
        type="BAJG",
        outcome="granted",
        text="",
        subject_number=services[0].subject.number,
        services=[_number_of(service) for service in services],
        decided_at=clock.now().isoformat(),
    )


@transaction.atomic
def refuse(hand_over: HandOver, text: str) -> None:
    """Refuse the application in the officer's own words."""
    _end(hand_over, {HandOverState.WAITING_DECISION}, HandOverState.REFUSED, text)
    _queue_result(
        hand_over,
        type="BAJG",
        outcome="refused",
        text=text,
        subject_number="",
        services=[],
        decided_at=clock.now().isoformat(),
    )


@transaction.atomic
def fail_domain_check(hand_over: HandOver, text: str) -> None:
    """Let the ministry's domain check (域名核验) fail before the bureau has decided."""
    waiting = {HandOverState.WAITING_SMS, HandOverState.WAITING_DECISION}
    _end(hand_over, waiting, HandOverState.DOMAIN_FAILED, text)
    _queue_result(
        hand_over,
        type="YMHY",
        outcome="failed",
        text=text,
        decided_at=clock.now().isoformat(),
    )


def _end(
    hand_over: HandOver, allowed: set[HandOverState], state: HandOverState, opinion: str
) -> None:
    moved = HandOver.objects.filter(pk=hand_over.pk, state__in=allowed).update(
        state=state, opinion=opinion, decided_at=clock.now()
    )
    if not moved:
        raise DecisionRefused
    hand_over.refresh_from_db()


def _number_of(service: RegisteredService) -> dict[str, str]:
    return {"ref": service.ref, "number": service.number}


def _queue_result(hand_over: HandOver, **body: Any) -> None:
    result_id = uuid4()
    Result.objects.create(
        result_id=result_id,
        hand_over=hand_over,
        body={"id": str(result_id), "ref": str(hand_over.ref), **body},
    )
