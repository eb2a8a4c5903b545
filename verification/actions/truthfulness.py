"""Truthfulness checks: opened for a person, refused by a reviewer, ended with their photos.

The order is `owner`; who its service principals are is the caller's knowledge.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from beian import clock
from beian.actors import Actor
from beian.audit import record_audit
from beian.crypto.digests import digest
from verification.actions.face_photos import erase_photos
from verification.enums import CheckEnd, MeetingState
from verification.models import FacePhoto, TruthfulnessCheck, TruthfulnessLink, TruthfulnessMeeting


class CheckRefused(Exception):
    """The act is not possible now; `reason` is the sentence for the page."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


@dataclass(frozen=True)
class CheckedPerson:
    """A service principal as entered; another name or certificate is another person."""

    full_name: str
    cert_type: str
    cert_number: str
    mobile: str

    @property
    def digest(self) -> str:
        return digest("person", f"{self.cert_type}|{self.cert_number}|{self.full_name}")

    @property
    def mobile_digest(self) -> str:
        return digest("phone", self.mobile)


def open_check(owner: UUID, person: CheckedPerson) -> TruthfulnessCheck:
    """The person's current check of this order, made if there is none."""
    check, _created = TruthfulnessCheck.objects.get_or_create(
        owner=owner,
        person_digest=person.digest,
        closed_at=None,
        defaults={
            "full_name": person.full_name,
            "cert_type": person.cert_type,
            "cert_number": person.cert_number,
            "mobile_digest": person.mobile_digest,
            "opened_at": clock.now(),
        },
    )
    note_mobiles(owner, [person])
    return check


def note_mobiles(owner: UUID, persons: Iterable[CheckedPerson]) -> None:
    """Keep by which number each of these persons is reached now."""
    for person in persons:
        rows = TruthfulnessCheck.objects.current().filter(owner=owner, person_digest=person.digest)
        rows.exclude(mobile_digest=person.mobile_digest).update(mobile_digest=person.mobile_digest)


def locked(check_id: UUID) -> TruthfulnessCheck:
    """The check's row, locked until the transaction ends, with its photo and meeting."""
    rows = TruthfulnessCheck.objects.filter(pk=check_id)
    # Read together with the lock they would be as they were before whoever held it.
    list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))
    return rows.select_related("photo", "meeting").get()


@transaction.atomic
def end_check(actor: Actor, check: TruthfulnessCheck, why: CheckEnd, *, refusal: str = "") -> bool:
    """Close a check for good: links die, photos go; those of submissions stay as evidence.

    As long as one of these stands, the person can be sent a link to take it back.
    False if somebody else closed it first.
    """
    now = clock.now()
    rows = TruthfulnessCheck.objects.filter(pk=check.pk, closed_at=None)
    if not rows.update(
        closed_at=now,
        closed_for=why,
        closed_by_id=actor.user_id,
        refusal=refusal,
        full_name="",
        cert_number="",
        consent_digest=check.digest_of_consents,
    ):
        return False
    TruthfulnessLink.objects.filter(check_row=check, opened_at=None, replaced_at=None).update(
        replaced_at=now
    )
    TruthfulnessMeeting.objects.filter(
        check_row=check, state__in=[MeetingState.REQUESTED, MeetingState.SCHEDULED]
    ).update(state=MeetingState.CANCELLED)
    erase_photos(check.photos.filter(frozen_at=None))
    forget_mobiles(TruthfulnessCheck.objects.filter(pk=check.pk))
    record_audit(actor, "end_truthfulness_check", obj=check, result=str(why))
    return True


@transaction.atomic
def reopen_check(
    actor: Actor,
    check: TruthfulnessCheck,
    person: CheckedPerson,
    *,
    meeting: TruthfulnessMeeting | None = None,
) -> bool:
    """A check that was asked again and is not any more: in force as it was, with its `meeting`.

    A newer check of the person has nothing to prove then, and its photos go. True where one ended
    in which a photo was taken or a meeting booked.
    """
    newer = TruthfulnessCheck.objects.current().filter(
        owner=check.owner, person_digest=check.person_digest
    )
    was_used = False
    for each in newer:
        was_used |= each.photo_id is not None or each.meeting_id is not None
        end_check(actor, each, CheckEnd.NOT_NEEDED)
    TruthfulnessCheck.objects.filter(pk=check.pk).update(
        closed_at=None,
        closed_for="",
        closed_by=None,
        refusal="",
        full_name=person.full_name,
        cert_number=person.cert_number,
        mobile_digest=person.mobile_digest,
        consent_digest="",
    )
    if meeting is not None and meeting.state == MeetingState.CANCELLED:
        is_agreed = meeting.agreed_at is not None
        meeting.state = MeetingState.SCHEDULED if is_agreed else MeetingState.REQUESTED
        meeting.save(update_fields=["state"])
    record_audit(actor, "reopen_truthfulness_check", obj=check)
    return was_used


def end_checks(
    actor: Actor, owner: UUID, why: CheckEnd, *, unless: Collection[str] = ()
) -> list[UUID]:
    """Close the current checks of an order except those of the persons `unless` (digests)."""
    checks = TruthfulnessCheck.objects.current().filter(owner=owner)
    strangers = list(checks.exclude(person_digest__in=unless))
    return [check.pk for check in strangers if end_check(actor, check, why)]


def freeze_checks(checks: Iterable[TruthfulnessCheck]) -> list[dict[str, object]]:
    """What a submission keeps of the checks it rests on; photos become evidence."""
    found = []
    for check in checks:
        if check.photo is not None and check.method == "face":
            check.photos.filter(pk=check.photo.pk, frozen_at=None).update(frozen_at=clock.now())
        found.append(_frozen(check))
    return found


def _frozen(check: TruthfulnessCheck) -> dict[str, object]:
    """Identifiers, hash and result; no value that tells who the person is."""
    photo = check.photo if check.method == "face" else None
    meeting = check.meeting if check.method == "meeting" else None
    return {
        "check": str(check.pk),
        "person": check.person_digest,
        "method": str(check.method),
        "done_at": check.done_at.isoformat() if check.done_at else "",
        "photo": str(photo.pk) if photo else "",
        "photo_sha256": photo.sha256 if photo else "",
        "has_passed": photo.has_passed if photo else None,
        "score": photo.score if photo else None,
        "meeting": str(meeting.pk) if meeting else "",
    }


def cited_checks(submission_rows: Iterable[dict]) -> list[TruthfulnessCheck]:
    """The checks a submission was frozen with, as they are now; one query."""
    ids = [row["check"] for row in submission_rows]
    rows = TruthfulnessCheck.objects.filter(pk__in=ids)
    return list(rows.select_related("photo", "meeting"))


def forget_mobiles(checks: QuerySet[TruthfulnessCheck]) -> None:
    """Numbers of checks that are over and have no photo to take back any more."""
    ended = checks.exclude(closed_at=None).exclude(mobile_digest="")
    ended.exclude(pk__in=_with_standing_photo()).update(mobile_digest="")


def _with_standing_photo() -> QuerySet:
    return FacePhoto.objects.standing().values("check_row")


def checks_with_photo(
    owner: UUID, mobile: str, *, unless: Collection[str] = ()
) -> list[TruthfulnessCheck]:
    """Checks, mostly over, that keep a photo of the person with this number to take back.

    One per person, the latest; persons `unless` (digests) are left out.
    """
    rows = TruthfulnessCheck.objects.of(owner)
    rows = rows.filter(mobile_digest=digest("phone", mobile), pk__in=_with_standing_photo())
    by_person = {check.person_digest: check for check in rows.exclude(person_digest__in=unless)}
    return list(by_person.values())
