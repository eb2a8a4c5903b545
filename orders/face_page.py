"""What the page of a truthfulness check shows to the person: how it stands and what comes next."""

from dataclasses import dataclass
from enum import StrEnum

from beian.legal_texts import LegalText
from beian.masking import mask_name
from beian.site_settings import setting
from orders.models import FilingOrder
from verification.actions.face_check import may_confirm, photos_of_person
from verification.actions.face_consents import OWN_DATA, missing_consents, standing_consents
from verification.enums import FaceFailure, TruthfulnessStage
from verification.meeting_times import text_of
from verification.models import TruthfulnessCheck


class FaceStep(StrEnum):
    """The pages a person goes through; each has its template."""

    CONSENT = "consent"
    PHOTO = "photo"
    WAITING = "waiting"
    PASSED = "passed"
    FAILED = "failed"
    DONE = "done"
    MEETING = "meeting"
    OVER = "over"


_BY_STAGE = {
    TruthfulnessStage.WAITING: FaceStep.WAITING,
    TruthfulnessStage.PASSED: FaceStep.PASSED,
    TruthfulnessStage.FAILED: FaceStep.FAILED,
    TruthfulnessStage.DONE: FaceStep.DONE,
    TruthfulnessStage.MEETING_REQUESTED: FaceStep.MEETING,
    TruthfulnessStage.MEETING_SCHEDULED: FaceStep.MEETING,
}


@dataclass(frozen=True)
class FacePage:
    """`consents` are those still to be given; `may_withdraw`: there is something to take back."""

    order: FilingOrder
    check: TruthfulnessCheck
    step: FaceStep
    consents: list[LegalText]
    may_withdraw: bool

    @property
    def name(self) -> str:
        return mask_name(self.check.full_name)

    @property
    def failures(self) -> list[str]:
        """What to do better, in the words of the person's language."""
        reasons = self.check.photo.reasons if self.check.photo else []
        return [str(FaceFailure(reason).label) for reason in reasons]

    @property
    def has_photo(self) -> bool:
        """Whether a photo waits for the person's word."""
        return self.check.photo is not None and self.check.photo.is_undecided

    @property
    def is_unavailable(self) -> bool:
        return self.check.photo is not None and self.check.photo.unavailable_since is not None

    @property
    def may_confirm(self) -> bool:
        return may_confirm(self.check.photo)

    @property
    def preferred(self) -> list[str]:
        meeting = self.check.meeting
        return [text_of(value) for value in meeting.preferred] if meeting else []

    @property
    def open_minutes(self) -> int:
        """How long the page stays open after its link was."""
        return setting("public_form.grant_minutes")

    @property
    def attempts_per_day(self) -> int:
        return setting("truthfulness.attempts_per_day")


def face_page(check: TruthfulnessCheck, *, wants_photo: bool = False) -> FacePage:
    """`wants_photo`: a booked meeting does not keep anybody from taking a photo instead."""
    order = FilingOrder.objects.get(pk=check.owner)
    consents = missing_consents(check)
    may_withdraw = bool(standing_consents(check)) or photos_of_person(check).standing().exists()
    step = _step(order, check, consents, wants_photo)
    return FacePage(order, check, step, consents, may_withdraw)


def _step(
    order: FilingOrder, check: TruthfulnessCheck, consents: list[LegalText], wants_photo: bool
) -> FaceStep:
    if check.closed_at is not None:
        return FaceStep.OVER
    step = _BY_STAGE.get(TruthfulnessStage(check.stage))
    if step is FaceStep.DONE:
        return step
    if not order.is_editable:
        return FaceStep.MEETING if step is FaceStep.MEETING else FaceStep.OVER
    # A photo that is older than the texts about own data is confirmed after them.
    if may_confirm(check.photo) and any(text.key in OWN_DATA for text in consents):
        return FaceStep.CONSENT
    if step is not None and not (step is FaceStep.MEETING and wants_photo):
        return step
    return FaceStep.CONSENT if consents else FaceStep.PHOTO
