"""Saving the draft: every page writes the paths it shows; stale pages are merged."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from orders import due
from orders.actions.truthfulness import drop_strangers
from orders.apply.editing import closed_reason
from orders.dossier import Conflict, Dossier, get_value, merge, to_bytes
from orders.enums import OrderState
from orders.models import DraftRevision, FilingOrder
from orders.service_principals import principals_of
from orders.workflow import Refused, Stale, locked

# How far back a page may have been made and still be merged.
KEPT_REVISIONS = 50
# What a save changes; everything else of the row belongs to the workflow.
COLUMNS = (
    "dossier_sealed",
    "province",
    "subject_name",
    "name_digest",
    "domain",
    "cert_digest",
    "due_at",
)


@dataclass(frozen=True)
class Saved:
    """The order as stored; `conflicts` are paths somebody else changed too, left as they were."""

    order: FilingOrder
    conflicts: tuple[Conflict, ...] = ()
    changed_paths: tuple[str, ...] = ()


@transaction.atomic
def save_draft(actor: Actor, order_id: UUID, *, version: int, edits: Mapping[str, Any]) -> Saved:
    """Store `edits` (path → value) made on a page of `version`; the state never changes here.

    Raises Refused for a closed path, a certificate that is in another running order
    ("certificate"), or a page too old to be merged (Stale).
    """
    order = locked(order_id)
    _check(actor, order)
    base = _base(order, version)
    _check_paths(order, base, edits)
    merged = merge(base, order.dossier, dict(edits))
    if merged.changed_paths:
        before = list(principals_of(order.dossier))
        _store(order, merged.dossier)
        drop_strangers(actor, order, before)
    return Saved(order, merged.conflicts, merged.changed_paths)


def _check(actor: Actor, order: FilingOrder) -> None:
    if not actor.files_for(order.account_id):
        raise Refused("actor", _("您没有修改这个订单的权限。"))


def _check_paths(order: FilingOrder, base: Dossier, edits: Mapping[str, Any]) -> None:
    for path, value in edits.items():
        # A page posts all its fields; only what it changed needs to be open.
        if value == get_value(base, path):
            continue
        reason = closed_reason(order, path)
        if reason:
            raise Refused("closed", reason)


def _base(order: FilingOrder, version: int) -> Dossier:
    """The draft as a page of `version` showed it. Transitions raise the version, not the text."""
    if version == order.version:
        return order.dossier
    if version > order.version:
        raise Stale
    revision = order.revisions.filter(version__lte=version).first()
    if revision is None:
        raise Stale
    return revision.read()


def _store(order: FilingOrder, dossier: Dossier) -> None:
    read_version = order.version
    order.put_dossier(dossier)
    due.restart_idle(order)
    order.version = read_version + 1
    values = {name: getattr(order, name) for name in COLUMNS}
    try:
        with transaction.atomic():
            rows = FilingOrder.objects.filter(pk=order.pk, version=read_version)
            # SQLite has no row locks: the version decides there.
            if not rows.update(**values, version=order.version, updated_at=clock.now()):
                raise Stale
    except IntegrityError as error:
        # The only unique column a draft can change is the certificate's digest.
        raise Refused("certificate", _("此证件存在进行中的订单。")) from error
    _keep_revision(order, order.version)


def put_submission_back(actor: Actor, order: FilingOrder) -> None:
    """What is under review becomes the draft again; runs inside the transition.

    What was edited since stays as the revision it was saved as (orders/filings/set_aside.py).
    """
    submitted = order.submission.dossier.model_copy(deep=True)
    if to_bytes(submitted) == to_bytes(order.dossier):
        return
    before = list(principals_of(order.dossier))
    order.put_dossier(submitted)
    # Pages made from now on rest on it; the transition saves the order with the next version.
    _keep_revision(order, order.version + 1)
    drop_strangers(actor, order, before)


def note_pictures_erased(order: FilingOrder, **columns: object) -> None:
    """The order's row says so; nothing else of it is touched but `columns`."""
    FilingOrder.objects.filter(pk=order.pk).update(
        version=order.version + 1, pictures_erased_at=clock.now(), **columns
    )


def forget_pictures(order: FilingOrder, gone: Collection[str]) -> None:
    """The draft names no pictures that were erased, and their fields are open to new ones.

    Nobody did anything: the days of silence and the moment of the last act stay as they are.
    """
    dossier = order.dossier.model_copy(deep=True)
    for key, files in dossier.materials.items():
        dossier.materials[key] = [name for name in files if name not in gone]
        if order.state == OrderState.NEEDS_SUPPLEMENT and dossier.materials[key] != files:
            order.open_paths = sorted({*order.open_paths, f"materials.{key}"})
    order.put_dossier(dossier)
    note_pictures_erased(order, dossier_sealed=order.dossier_sealed, open_paths=order.open_paths)
    _keep_revision(order, order.version + 1)


def _keep_revision(order: FilingOrder, version: int) -> None:
    revision = DraftRevision(order=order, version=version, created_at=clock.now())
    revision.put(order.dossier)
    revision.save()
    kept = order.revisions.values_list("version", flat=True)[:KEPT_REVISIONS]
    order.revisions.filter(version__lt=min(kept)).delete()
