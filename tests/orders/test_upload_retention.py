"""Uploads that no page names go after a day; what somebody still needs stays."""

import pytest

from orders.actions import upload_retention
from orders.actions.draft import save_draft
from orders.actions.upload_retention import erase_unused_uploads
from tests.life import put_pictures
from tests.orders.retention_stage import (
    DAY,
    SECOND,
    pictures,
)
from verification.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def forgotten_upload(life) -> Document:
    """A draft names its pictures; one of them it names no more."""
    order = life.order
    dossier = order.dossier
    (name,) = dossier.materials.pop("principal_id_back")
    order.put_dossier(dossier)
    order.save()
    return Document.objects.get(pk=name)


def test_upload_nobody_names_goes_after_a_day(life, at):
    upload = forgotten_upload(life)
    kept = pictures(life.order)

    at(upload.created_at + DAY - SECOND)
    assert (erase_unused_uploads(), pictures(life.order)) == (0, kept)
    at(upload.created_at + DAY)
    assert (erase_unused_uploads(), pictures(life.order)) == (1, kept - 1)

    upload.refresh_from_db()
    assert upload.erased_at == upload.created_at + DAY
    assert erase_unused_uploads() == 0


def test_uploads_a_draft_names_stay_and_nobody_waits_for_its_lock(life, at, monkeypatch):
    kept = pictures(life.order)
    locked = []
    monkeypatch.setattr(upload_retention.workflow, "locked", locked.append)

    at(life.order.created_at + 40 * DAY)

    assert (erase_unused_uploads(), pictures(life.order), locked) == (0, kept, [])


def test_pictures_of_a_submission_stay(life, at):
    life.submit()
    kept = pictures(life.order)
    life.act("withdraw")
    order = life.order
    order.dossier.materials.clear()
    order.put_dossier(order.dossier)
    order.save()

    at(life.order.created_at + 40 * DAY)

    assert (erase_unused_uploads(), pictures(life.order)) == (0, kept)


def test_upload_set_aside_by_a_recall_stays(life, at):
    life.submit()
    life.take()
    life.comment("materials.subject_doc_image")
    life.act("ask_supplement", life.reviewer)
    order = life.order
    put_pictures(life.applicant, order)
    upload = Document.objects.filter(frozen_at=None).first()
    if upload is None:
        upload = Document.objects.first()
        Document.objects.filter(pk=upload.pk).update(frozen_at=None)
    order = life.order
    edits = {"materials.subject_doc_image": [str(upload.pk), "other"]}
    save_draft(life.applicant.actor, order.pk, version=order.version, edits=edits)
    life.act("recall", life.reviewer)

    at(life.order.created_at + 40 * DAY)

    assert erase_unused_uploads() == 0
    upload.refresh_from_db()
    assert upload.erased_at is None
