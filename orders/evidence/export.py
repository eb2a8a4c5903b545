"""Writing the evidence bundle of one order: permitted, recorded, sealed, then named."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import translation

from beian import clock
from beian.actors import Actor
from beian.audit import record_audit
from beian.backup.names import PART, new_name
from beian.crypto.provider import DecryptionFailed, KeyNotMounted
from orders.evidence.bureau import put_bureau
from orders.evidence.permission import PURPOSES, EvidenceRefused, permit
from orders.evidence.persons import names_in, put_checks, put_faces, sealed_faces
from orders.evidence.pictures import Cited, cite, put_pictures
from orders.evidence.records import put_records
from orders.evidence.release import release
from orders.evidence.submissions import put_submissions
from orders.evidence.trail import put_trail
from orders.evidence.writing import Bundle, moment
from orders.models import FilingOrder
from verification.actions.documents import DocumentOutOfReach
from verification.actions.face_photos import PhotoOutOfReach

# The entry that binds a bundle to the trail: its field is the hash of the manifest.
SEALED = "seal_evidence"
_OWNER_ONLY = 0o600


@dataclass(frozen=True)
class Exported:
    """`manifest_sha256` stands for the whole bundle."""

    path: Path
    manifest_sha256: str
    problems: list[str]
    left_out: list[dict[str, str]]


def export_evidence(
    actor: Actor,
    order: FilingOrder,
    folder: Path,
    *,
    purpose: str,
    place: str = "",
    with_faces: bool = False,
) -> Exported:
    """A file in `folder`, complete when it has its name; raises EvidenceRefused.

    What is missing or damaged does not stop it and is named in the manifest; a store or a key that
    is away does, and so does an order that moves on meanwhile: rounds and history would not be of
    one moment. `place` is where it was asked for, for the trail.
    """
    permit(actor, order, purpose, place)
    now = clock.now()
    target = folder / f"{order.number}-{new_name(now)}.zip"
    part = target.with_name(target.name + PART)
    with _in_words(), translation.override(settings.LANGUAGE_CODE):
        # In Chinese, whoever exports: so the authority reads it.
        folder.mkdir(parents=True, exist_ok=True)
        try:
            bundle, sha256 = _write(part, now, actor, order, purpose, with_faces=with_faces)
            _refuse_moved(order)
            result = "incomplete" if bundle.problems else "ok"
            record_audit(actor, SEALED, obj=order, field=sha256, purpose=purpose, result=result)
            part.rename(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return Exported(target, sha256, bundle.problems, bundle.left_out)


def _refuse_moved(order: FilingOrder) -> None:
    """`order` is as it was before anything of it was written."""
    read = (order.version, order.erased_at)
    if FilingOrder.objects.values_list("version", "erased_at").get(pk=order.pk) != read:
        raise EvidenceRefused(
            f"导出期间订单 {order.number} 有了变化，请重新导出 / {order.number} moved on "
            "while it was exported: export it again"
        )


@contextmanager
def _in_words() -> Iterator[None]:
    """Disks, stores and keys are no defects of the program."""
    try:
        yield
    except OSError as error:
        raise EvidenceRefused(f"无法读写 / cannot be read or written: {error}") from error
    except (DocumentOutOfReach, PhotoOutOfReach, KeyNotMounted) as error:
        raise EvidenceRefused(
            "图片存储没有响应或密钥没有挂载，请稍后再试 / the store of pictures is away "
            f"or a key is not mounted, try again later: {error}"
        ) from error
    except DecryptionFailed as error:
        raise EvidenceRefused(
            "数据库中有文字无法打开，请检查密钥 / a text in the database does not open, look at "
            f"the keys: {error}"
        ) from error


def _write(
    part: Path, now: datetime, actor: Actor, order: FilingOrder, purpose: str, *, with_faces: bool
) -> tuple[Bundle, str]:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        with Bundle(file, now) as bundle:
            seals = _fill(bundle, order, actor, purpose, with_faces=with_faces)
            head = {
                "order": order.number,
                "made_at": moment(now),
                "made_by": {"person": actor.label, "roles": sorted(actor.roles)},
                "purpose": purpose,
                "purpose_text": PURPOSES[purpose],
                "release": release(),
                "submissions": seals,
            }
            sha256 = bundle.put_manifest(head)
        file.flush()
        os.fsync(file.fileno())
    return bundle, sha256


def _fill(
    bundle: Bundle, order: FilingOrder, actor: Actor, purpose: str, *, with_faces: bool
) -> list[dict[str, object]]:
    """Every member but the manifest; the submissions' seals, and whether each verifies."""
    seals: list[dict[str, object]] = []
    pictures: dict[str, Cited] = {}
    names: dict[str, str] = {}
    faces: set[tuple[str, str]] = set()
    for submission, verifies in put_submissions(bundle, order):
        seals.append({"round": submission.round, "seal": submission.seal, "verifies": verifies})
        cite(pictures, submission)
        names |= names_in(submission)
        faces.update(sealed_faces(submission.truthfulness))
    put_records(bundle, order)
    put_bureau(bundle, order)
    put_checks(bundle, order, names)
    put_pictures(bundle, order, pictures, actor, purpose)
    put_faces(bundle, order, faces, actor, purpose, is_wanted=with_faces)
    # Last, so that it has the looks of this export as well.
    put_trail(bundle, order)
    return seals
