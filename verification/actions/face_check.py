"""The face check from the person's side: a photo in, an answer seen, the photo confirmed."""

from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from beian.audit import record_audit
from beian.limits import LimitReached, hit
from beian.site_settings import setting
from verification.actions.documents import picture_of
from verification.actions.face_consents import OWN_DATA, missing_consents, take_back_consents
from verification.actions.face_photos import (
    PutPhoto,
    drop_unkept,
    erase_photos,
    keep_photo,
    put_photo,
    restrict_photos,
)
from verification.actions.truthfulness import CheckRefused, end_check, forget_mobiles, locked
from verification.enums import CheckEnd, FaceFailure, FaceState, MeetingState, TruthfulnessMethod
from verification.models import FacePhoto, TruthfulnessCheck, TruthfulnessMeeting
from verification.models.face_photo import FacePhotoQuerySet

_DAY = timedelta(days=1)


def _open(check: TruthfulnessCheck) -> TruthfulnessCheck:
    """The check's row, locked; raises CheckRefused if it is over."""
    row = locked(check.pk)
    if row.closed_at is not None:
        raise CheckRefused("closed", _("这次核验已经结束，请向备案申请人索取新的链接。"))
    return row


def take_photo(
    actor: Actor, check: TruthfulnessCheck, upload: UploadedFile, *, channel: str, device: str
) -> FacePhoto:
    """Keep the person's photo for the provider to look at.

    Raises CheckRefused without both consents of this very person, when the day's attempts are
    spent or a confirmed photo is in force; PictureRefused when it is no usable picture.
    """
    _check_consents(check)
    put = put_photo(picture_of(upload, megabytes=setting("truthfulness.photo_megabytes")))
    try:
        return _keep(actor, check, put, channel=channel, device=device)
    finally:
        drop_unkept(put)


@transaction.atomic
def _keep(
    actor: Actor, check: TruthfulnessCheck, put: PutPhoto, *, channel: str, device: str
) -> FacePhoto:
    row = _open(check)
    # Taken back while the picture was being decoded: then it never gets in.
    _check_consents(row)
    _check_not_done(row)
    _count_attempt(row)
    erase_photos(row.photos.filter(frozen_at=None))
    row.photo = keep_photo(row.pk, put, channel=channel, device=device)
    row.save(update_fields=["photo"])
    record_audit(actor, "store_face_photo", obj=row.photo)
    return row.photo


def _check_consents(check: TruthfulnessCheck) -> None:
    if check.closed_at is not None or missing_consents(check):
        raise CheckRefused("consent", _("请先阅读说明并逐项同意，再拍摄照片。"))


def _check_own_data(check: TruthfulnessCheck) -> None:
    """A photo may be older than these texts, or than the version in force."""
    if missing_consents(check, OWN_DATA):
        raise CheckRefused("consent", _("请先阅读并同意使用您证件信息的两项说明，再确认照片。"))


def _check_not_done(check: TruthfulnessCheck) -> None:
    if check.stage == "done":
        raise CheckRefused("done", _("真实性核验已经完成，不需要再拍摄。"))


def _count_attempt(check: TruthfulnessCheck) -> None:
    limit = setting("truthfulness.attempts_per_day")
    # Per order, so that a webmaster of many can file for all of them on one day.
    key = f"{check.owner}|{check.person_digest}"
    try:
        hit("truthfulness.attempts", key, limit=limit, window=_DAY)
    except LimitReached as reached:
        hours = -(-reached.retry_after // 3600)
        reason = _("今天已拍摄 %(limit)d 次，请在 %(hours)d 小时后再试，或改为预约视频会议。")
        raise CheckRefused("spent", reason % {"limit": limit, "hours": hours}) from reached


def may_confirm(photo: FacePhoto | None) -> bool:
    """Whether the person may say 确认使用: the score is no gate, the provider's verdict may be."""
    if photo is None or photo.is_erased or FaceFailure.UNREADABLE in photo.reasons:
        return False
    if photo.state == FaceState.FAILED:
        return setting("truthfulness.failed_photo_usable")
    return photo.state == FaceState.PASSED


def _check_shown(row: TruthfulnessCheck, shown: str | None) -> None:
    """A word about a photo counts for the one that was on the page; two phones may be at it."""
    if shown is not None and (row.photo is None or shown != str(row.photo.pk)):
        raise CheckRefused(
            "other_photo", _("这不是最新的一张照片。请看过页面上现在的照片，再确认或重新拍摄。")
        )


@transaction.atomic
def confirm_photo(
    actor: Actor, check: TruthfulnessCheck, *, shown: str | None = None
) -> TruthfulnessCheck:
    """The person's own word that this photo is to be used; raises CheckRefused.

    `shown` is the id of the photo the person looked at.
    """
    row = _open(check)
    _check_shown(row, shown)
    _check_own_data(row)
    photo = row.photo
    if photo is None or not may_confirm(photo):
        raise CheckRefused("photo", _("没有可以确认的照片，请重新拍摄。"))
    mine = FacePhoto.objects.filter(pk=photo.pk, state=photo.state, erased_at=None)
    if not mine.update(state=FaceState.CONFIRMED, confirmed_at=clock.now()):
        raise CheckRefused("photo", _("没有可以确认的照片，请重新拍摄。"))
    TruthfulnessMeeting.objects.filter(
        check_row=row, state__in=[MeetingState.REQUESTED, MeetingState.SCHEDULED]
    ).update(state=MeetingState.CANCELLED)
    record_audit(actor, "confirm_face_photo", obj=photo)
    return TruthfulnessCheck.objects.of(row.owner).get(pk=row.pk)


@transaction.atomic
def drop_photo(actor: Actor, check: TruthfulnessCheck, *, shown: str | None = None) -> None:
    """重新核验: what was not confirmed is erased at once. Raises CheckRefused."""
    row = _open(check)
    _check_shown(row, shown)
    if erase_photos(row.photos.exclude(state=FaceState.CONFIRMED)):
        record_audit(actor, "drop_face_photo", obj=row)


def photos_of_person(check: TruthfulnessCheck) -> FacePhotoQuerySet:
    """All photos of this person for this order, those of earlier checks as well."""
    return FacePhoto.objects.filter(
        check_row__owner=check.owner, check_row__person_digest=check.person_digest
    )


def _in_force(check: TruthfulnessCheck) -> TruthfulnessCheck:
    """The same person's current check, if this one is over and there is another."""
    if check.closed_at is None:
        return check
    rows = TruthfulnessCheck.objects.current().filter(owner=check.owner)
    later = rows.filter(person_digest=check.person_digest).first()
    return locked(later.pk) if later else check


@transaction.atomic
def withdraw_consent(
    actor: Actor, check: TruthfulnessCheck, *, source_address: str | None, is_evidence: bool
) -> CheckEnd | None:
    """Take both consents back: every photo of this person and order is erased.

    Those of submissions are restricted instead if `is_evidence`. Returns how the check ended; None
    if it goes on, because it rests on a meeting. A check that is over stays as it ended; a later
    one of the same person ends instead. Raises CheckRefused if there is nothing to take back.
    """
    row = _in_force(locked(check.pk))
    photos = photos_of_person(row)
    if row.closed_at is not None and not photos.standing().exists():
        raise CheckRefused("closed", _("这次核验已经结束，没有保存您的照片。"))
    goes_on = row.closed_at is None and row.method == TruthfulnessMethod.MEETING
    take_back_consents(actor, row, source_address=source_address)
    kept = restrict_photos(photos.exclude(frozen_at=None)) if is_evidence else 0
    erase_photos(photos.filter(restricted_at=None))
    forget_mobiles(TruthfulnessCheck.objects.filter(owner=row.owner))
    record_audit(actor, "withdraw_face_consent", obj=row)
    if goes_on:
        return None
    if row.closed_at is not None and not kept:
        return CheckEnd(row.closed_for)
    end = CheckEnd.CONSENT_RESTRICTED if kept else CheckEnd.CONSENT_WITHDRAWN
    end_check(actor, row, end)
    return end
