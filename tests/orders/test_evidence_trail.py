"""The audit entries of an exported order: also of what is no row of the order, or is gone."""

import json
import zipfile
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from beian.audit import record_audit
from beian.models import InternetService
from orders.actions.public_security import record_public_security_number
from orders.actions.settling import dismiss_result
from tests.builders import make_applicant
from tests.life import MATERIALS
from tests.orders.builders_attention import make_stopped_result
from tests.orders.evidence_stage import export, filed_after_completion, make_auditor, member
from tests.verification import pictures
from verification.actions.documents import remove_document, store_document
from verification.models import FacePhoto

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def trail(path: Path) -> list[tuple[str, str, str]]:
    with zipfile.ZipFile(path) as archive:
        rows = [json.loads(line) for line in archive.read("audit.jsonl").splitlines()]
    return [(row["action"], row["object_type"], row["object"]) for row in rows]


def test_picture_removed_before_it_was_submitted_is_in_the_trail(life, tmp_path):
    make_auditor()
    applicant = life.applicant
    owner = {"owner": life.order_id, "account": applicant.account, "kind": "commitment_letter"}
    document = store_document(applicant.actor, **owner, upload=pictures.upload())
    pk = str(document.pk)
    record_audit(applicant.actor, "view_document", obj=document)
    remove_document(applicant.actor, document)
    life.submit()

    found = trail(export(life.order, tmp_path))

    assert [row[0] for row in found if row[2] == pk] == [
        "store_document",
        "view_document",
        "remove_document",
    ]
    assert sum(row[0] == "store_document" for row in found) == len(MATERIALS) + 1


def test_pictures_of_another_order_are_not_in_the_trail(life, tmp_path):
    make_auditor()
    life.submit()
    neighbour = make_applicant(phone="13900000011", account_name="另一家")
    kept, gone = (
        store_document(
            neighbour.actor, owner=uuid4(), account=neighbour.account, kind="subject_doc_image",
            upload=pictures.upload(),
        )
        for _each in range(2)
    )  # fmt: skip
    ids = {str(kept.pk), str(gone.pk)}
    remove_document(neighbour.actor, gone)

    assert ids.isdisjoint(row[2] for row in trail(export(life.order, tmp_path)))


def test_dismissed_result_and_public_security_number_are_in_the_trail(life, tmp_path):
    make_auditor()
    order = filed_after_completion(life)
    result = make_stopped_result(order.bureau_records.first())
    dismiss_result(life.submitter.actor, key=result.key, reason="重复")
    service = InternetService.objects.get(order_id=order.pk)
    record_public_security_number(
        life.applicant.actor, order_id=order.pk, service_id=service.pk,
        number="浙公网安备33010602000001号", filed_on=date(2026, 11, 20), version=order.version,
    )  # fmt: skip

    found = trail(export(life.order, tmp_path))

    assert ("bureau_result_dismissed", "orders.bureauresult", str(result.key)) in found
    assert ("public_security_recorded", "beian.internetservice", str(service.pk)) in found


def test_only_photos_of_submissions_are_called_members(life, tmp_path):
    make_auditor()
    life.submit()
    photo = FacePhoto.objects.get()
    other = FacePhoto.objects.create(
        check_row=photo.check_row, taken_at=photo.taken_at, next_ask_at=photo.taken_at,
        channel="qr", device="phone", stored_name="none", width=1, height=1, byte_count=1,
        sha256="0" * 64,
    )  # fmt: skip

    (check,) = member(export(life.order, tmp_path), "checks.json")["truthfulness"]

    assert {row["photo"]: row["member"] for row in check["photos"]} == {
        str(photo.pk): f"faces/{photo.pk}.jpg",
        str(other.pk): "",
    }
