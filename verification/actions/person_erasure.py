"""Everything about the persons of an order that is kept beside it."""

from uuid import UUID

from verification.actions.face_photos import erase_photos
from verification.models import (
    ContactProof,
    FacePhoto,
    SmsChallenge,
    TruthfulnessCheck,
    TruthfulnessLink,
    TruthfulnessMeeting,
)


def erase_persons_of(owner: UUID) -> None:
    """Faces, names, numbers and what was proved, of an order that is over; in a transaction.

    That a check or a meeting took place, and how it ended, stays as the record.
    """
    erase_photos(FacePhoto.objects.filter(check_row__owner=owner))
    TruthfulnessLink.objects.filter(check_row__owner=owner).delete()
    TruthfulnessMeeting.objects.filter(check_row__owner=owner).update(note="", preferred=[])
    TruthfulnessCheck.objects.filter(owner=owner).update(
        full_name="",
        cert_number="",
        person_digest="",
        mobile_digest="",
        consent_digest="",
        refusal="",
    )
    SmsChallenge.objects.filter(owner=owner).delete()
    ContactProof.objects.filter(owner=owner).delete()
