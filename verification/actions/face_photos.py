"""Photos of faces: kept, read, erased. Nothing here knows what they are judged by."""

import hashlib
import uuid
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from beian import clock
from beian.crypto import datakey
from beian.crypto.provider import DecryptionFailed, KeyNotMounted
from verification.document_store import (
    FACES,
    StoreUnavailable,
    delete_file,
    read_file,
    write_file,
)
from verification.models import FacePhoto
from verification.pictures import Picture, PictureRefused

_CONTEXT = "face-photo"
log = structlog.get_logger(__name__)


class PhotoGone(Exception):
    """The photo was erased or restricted, or its file is missing or damaged."""


class PhotoOutOfReach(PhotoGone):
    """The store does not answer or the key is not mounted; the photo itself may be well."""


@dataclass(frozen=True)
class PutPhoto:
    """A photo whose file is written and whose row is still to be made."""

    picture: Picture
    pk: UUID = field(default_factory=uuid.uuid4)
    stored_name: str = field(default_factory=lambda: uuid.uuid4().hex)


def put_photo(picture: Picture) -> PutPhoto:
    """Encrypt a photo under a key of its own and write its file, before anything is locked.

    Whoever calls this calls `drop_unkept` in the end: files know nothing of transactions. Raises
    PictureRefused when the store does not answer.
    """
    put = PutPhoto(picture)
    try:
        write_file(put.stored_name, datakey.seal(put.pk, picture.content, _CONTEXT), FACES)
    except StoreUnavailable as error:
        log.warning("document store unavailable", reason=str(error))
        raise PictureRefused("store", _("图片暂时无法保存，请稍后重新上传")) from error
    return put


def keep_photo(check_id: UUID, put: PutPhoto, *, channel: str, device: str) -> FacePhoto:
    """Make the row of a photo that was put; it waits for the provider from now on."""
    now, picture = clock.now(), put.picture
    return FacePhoto.objects.create(
        pk=put.pk,
        check_row_id=check_id,
        taken_at=now,
        next_ask_at=now,
        channel=channel,
        device=device,
        stored_name=put.stored_name,
        width=picture.width,
        height=picture.height,
        byte_count=len(picture.content),
        sha256=hashlib.sha256(picture.content).hexdigest(),
    )


def drop_unkept(put: PutPhoto) -> None:
    """Delete file and key of a photo that came to nothing."""
    if not FacePhoto.objects.filter(pk=put.pk).exists():
        datakey.destroy(put.pk)
        _delete_or_leave(put.stored_name)


def read_photo(photo: FacePhoto) -> bytes:
    """The picture as a JPEG; raises PhotoGone. Whoever shows it records that."""
    if not photo.is_viewable:
        raise PhotoGone(f"face photo {photo.pk} was erased or restricted")
    return open_stored(photo)


def open_stored(photo: FacePhoto) -> bytes:
    """What lies in the store, of a restricted photo too: to check that it is whole, not to show."""
    try:
        content = datakey.unseal(photo.pk, read_file(photo.stored_name, FACES), _CONTEXT)
    except StoreUnavailable as error:
        raise PhotoOutOfReach(f"face photo {photo.pk}: store unavailable") from error
    except KeyNotMounted as error:
        raise PhotoOutOfReach(f"face photo {photo.pk}: {error}") from error
    except (FileNotFoundError, DecryptionFailed) as error:
        raise PhotoGone(f"face photo {photo.pk}: {type(error).__name__}") from error
    if hashlib.sha256(content).hexdigest() != photo.sha256:
        raise PhotoGone(f"face photo {photo.pk} differs from its hash")
    return content


def erase_photos(photos: QuerySet[FacePhoto]) -> int:
    """Destroy key and file of these photos; returns how many. The rows stay as the record.

    Each is asked about again once its row is locked: one that was confirmed meanwhile stays.
    """
    found = photos.filter(erased_at=None).values_list("pk", "stored_name")
    return sum(_erase(photos, pk, stored_name) for pk, stored_name in list(found))


@transaction.atomic
def _erase(photos: QuerySet[FacePhoto], pk: UUID, stored_name: str) -> bool:
    FacePhoto.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if not photos.filter(pk=pk, erased_at=None).update(erased_at=clock.now()):
        return False
    datakey.destroy(pk)
    _delete_after_commit(stored_name)
    return True


def restrict_photos(photos: QuerySet[FacePhoto]) -> int:
    """Store and protect only, as article 47 has it while a term of law runs; returns how many."""
    standing = photos.filter(erased_at=None, restricted_at=None)
    return standing.update(restricted_at=clock.now())


def _delete_after_commit(stored_name: str) -> None:
    transaction.on_commit(lambda: _delete_or_leave(stored_name))


def _delete_or_leave(stored_name: str) -> None:
    """What cannot be deleted now is unreadable already and found by the sweep of stray files."""
    try:
        delete_file(stored_name, FACES)
    except StoreUnavailable as error:
        log.warning("face file left behind", reason=str(error))
