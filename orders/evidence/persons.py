"""How the persons of an order were recognised: results, meetings, text messages, photos of faces.

Photos are biometric data: without being asked for they stay where they are, and the bundle has
their hash and result.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from beian.actors import Actor
from beian.audit import record_audit
from beian.crypto.fields import left_shut
from beian.crypto.provider import DecryptionFailed, KeyNotMounted
from beian.masking import mask_phone
from orders.evidence.opening import opened, words
from orders.evidence.writing import Bundle, moment
from orders.models import FilingOrder, Submission
from orders.service_principals import principals_of
from verification.actions.face_photos import PhotoGone, PhotoOutOfReach, open_stored
from verification.models import FacePhoto, SmsChallenge, TruthfulnessCheck, TruthfulnessMeeting

FOLDER = "faces"


def member_of(pk: str) -> str:
    return f"{FOLDER}/{pk}.jpg"


def names_in(submission: Submission) -> dict[str, str]:
    """Whom the checks of a submission are of; a check that is over keeps no name."""
    try:
        return {person.digest: person.full_name for person in principals_of(submission.dossier)}
    except KeyNotMounted:
        raise
    except DecryptionFailed:
        # Told with the submission; checks that go on have names of their own.
        return {}


def put_checks(bundle: Bundle, order: FilingOrder, names: dict[str, str]) -> None:
    checks = left_shut(TruthfulnessCheck.objects.of(order.pk), "photo", "meeting")
    messages = left_shut(SmsChallenge.objects.filter(owner=order.pk))
    content = {
        "truthfulness": [_check(bundle, check, names) for check in checks],
        "text_messages": [_message(bundle, challenge) for challenge in messages],
    }
    bundle.put_json("checks.json", content)


def sealed_faces(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Id and SHA-256 of each photo a submission rests on, as it was sealed (`truthfulness`)."""
    return ((row["photo"], row["photo_sha256"]) for row in rows if row["photo"])


def put_faces(
    bundle: Bundle,
    order: FilingOrder,
    sealed: Collection[tuple[str, str]],
    actor: Actor,
    purpose: str,
    *,
    is_wanted: bool,
) -> None:
    """Photos that submissions rest on: each is proved to be whole; those wanted are written.

    `sealed` are those the submissions were sealed with. Raises PhotoOutOfReach.
    """
    rows = FacePhoto.objects.filter(check_row__owner=order.pk, frozen_at__isnull=False)
    photos = {str(photo.pk): photo for photo in rows}
    for pk in {pk for pk, _sha256 in sealed} - photos.keys():
        bundle.problems.append(
            f"{member_of(pk)}：没有这张照片的记录 / there is no record of this photo"
        )
    for pk, photo in photos.items():
        if any(known == pk and sha256 != photo.sha256 for known, sha256 in sealed):
            bundle.problems.append(
                f"{member_of(pk)}：与提交时的照片不同 / not the photo that was submitted"
            )
        _put_face(bundle, photo, actor, purpose, is_wanted=is_wanted)


def _put_face(
    bundle: Bundle, photo: FacePhoto, actor: Actor, purpose: str, *, is_wanted: bool
) -> None:
    member = member_of(str(photo.pk))
    why = _why_not(photo, is_wanted=is_wanted)
    if why:
        bundle.left_out.append({"member": member, "why": why})
    else:
        record_audit(actor, "view_face_photo", obj=photo, purpose=purpose)
    if photo.is_erased:
        return
    try:
        content = open_stored(photo)
    except PhotoOutOfReach:
        raise
    except PhotoGone:
        bundle.problems.append(f"{member}：缺失或已损坏 / is missing or damaged")
        return
    if not why:
        bundle.put(member, [content], is_packed=False)


def _why_not(photo: FacePhoto, *, is_wanted: bool) -> str:
    if photo.is_erased:
        return f"已销毁 / erased: {moment(photo.erased_at)}"
    if photo.restricted_at is not None:
        return "本人撤回同意，已封存 / consent withdrawn, sealed"
    return "" if is_wanted else "人脸照片没有要求导出 / photos of faces were not asked for"


def _check(bundle: Bundle, check: TruthfulnessCheck, names: dict[str, str]) -> dict[str, Any]:
    what = f"核验 {check.pk} / check"
    name = opened(bundle, f"{what} (full_name)", lambda: check.full_name)
    return {
        "check": str(check.pk),
        "person": check.person_digest,
        "full_name": name or names.get(check.person_digest, ""),
        "opened_at": moment(check.opened_at),
        "stage": check.stage,
        "stage_text": str(check.stage.label),
        "method": check.method,
        "closed_at": moment(check.closed_at),
        "closed_for": check.get_closed_for_display() if check.closed_for else "",
        **words(bundle, check, what, "refusal"),
        "photos": list(_photos(check.photos.all())),
        "meetings": [
            _meeting(bundle, meeting) for meeting in left_shut(check.meetings.all(), "decided_by")
        ],
    }


def _photos(photos: Iterable[FacePhoto]) -> Iterator[dict[str, Any]]:
    for photo in photos:
        yield {
            # Others than those of submissions never come into a bundle.
            "member": member_of(str(photo.pk)) if photo.frozen_at else "",
            "photo": str(photo.pk),
            "sha256": photo.sha256,
            "taken_at": moment(photo.taken_at),
            "state": photo.get_state_display(),
            "score": photo.score,
            "has_passed": photo.has_passed,
            "reasons": photo.reasons,
            "confirmed_at": moment(photo.confirmed_at),
            "submitted_at": moment(photo.frozen_at),
            "restricted_at": moment(photo.restricted_at),
            "erased_at": moment(photo.erased_at),
        }


def _meeting(bundle: Bundle, meeting: TruthfulnessMeeting) -> dict[str, Any]:
    return {
        "state": meeting.get_state_display(),
        "requested_at": moment(meeting.requested_at),
        "agreed_at": moment(meeting.agreed_at),
        "decided_at": moment(meeting.decided_at),
        "decided_by": meeting.decided_by.staff_name if meeting.decided_by else "",
        **words(bundle, meeting, f"视频会议 {meeting.pk} / meeting", "note"),
    }


def _message(bundle: Bundle, challenge: SmsChallenge) -> dict[str, Any]:
    """The ministry's message; the whole number stands in the submission."""
    what = f"短信 {challenge.pk} / text message"
    return {
        "round": challenge.round,
        "persons": opened(bundle, f"{what} (persons)", lambda: challenge.names),
        "mobile": opened(bundle, f"{what} (mobile)", lambda: mask_phone(challenge.mobile)),
        "opened_at": moment(challenge.opened_at),
        "due_at": moment(challenge.due_at),
        "sent": challenge.send_count,
        "wrong_entries": challenge.wrong_count,
        "verified_at": moment(challenge.verified_at),
        "exhausted_at": moment(challenge.exhausted_at),
        "closed_at": moment(challenge.closed_at),
    }
