"""`manage.py export_evidence` meets damage, a store that is away, and an order that moves."""

import hashlib

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import connection

from beian.crypto import datakey
from beian.models import AuditEntry
from orders.evidence import export as exporting
from orders.models import CallNote, FilingOrder
from tests.orders.evidence_stage import (
    export,
    filed_after_completion,
    made_in,
    make_auditor,
    member,
    verify,
)
from tests.unguarded import allow_changes
from tests.unmounted import key_not_mounted
from verification.actions import documents, face_photos
from verification.document_store import FACES, StoreUnavailable, delete_file, write_file
from verification.models import FacePhoto

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def submitted(life):
    make_auditor()
    life.submit()
    return life.order


# How a bundle names a row where it is not by its key.
NAMES = {"orders_checklistanswer": "item"}


def damage(table: str, column: str) -> str:
    """One text is no token any more; returns which row that is. The rows are all of one order."""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    pk, name = model.objects.order_by("pk").values_list("pk", NAMES.get(table, "pk"))[0]
    key = model._meta.pk
    with allow_changes(table), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = 'x' WHERE {key.column} = %s",
            [key.get_db_prep_value(pk, connection)],
        )
    return str(name)


def problems_of(order: FilingOrder, tmp_path) -> list[str]:
    with pytest.raises(CommandError, match="不完整"):
        export(order, tmp_path)
    return member(made_in(tmp_path), "manifest.json")["problems"]


def test_each_damaged_text_is_named_and_the_bundle_has_the_rest(life, tmp_path):
    make_auditor()
    order = filed_after_completion(life)
    CallNote.objects.create(
        order=order, round=2, person="subject.principal", number_field="mobile", note="已核对",
        number_masked="138****0034", outcome="confirmed", author=life.reviewer.user,
        called_at=order.created_at,
    )  # fmt: skip
    damaged = {
        "管局的意见 / words of the bureau (bureau_opinion)": (
            "orders_filingorder",
            "bureau_opinion",
        ),
        "历史第 1 条的意见 / words of step 1 of the history": ("orders_orderevent", "opinion"),
        "意见 {} / remark (text)": ("orders_ordercomment", "text"),
        "意见 {} / remark (reply)": ("orders_ordercomment", "reply"),
        "通话 {} / call (note)": ("orders_callnote", "note"),
        "核对项 {} / item of the checklist (note)": ("orders_checklistanswer", "note"),
        "管局资料 {} / record for the bureau (answer)": ("orders_bureaurecord", "answer_text"),
        "管局结果 {} / result of the bureau (text)": ("orders_bureauresult", "text"),
        "核验 {} / check (full_name)": ("verification_truthfulnesscheck", "full_name"),
        "短信 {} / text message (mobile)": ("verification_smschallenge", "mobile"),
    }
    told = [words.format(damage(*place)) for words, place in damaged.items()]
    # Nothing of these is in a bundle: they must not end it either.
    for table, column in (("beian_user", "phone"), ("verification_document", "name")):
        damage(table, column)
    damage("beian_account", "real_name")

    found = problems_of(order, tmp_path)

    assert [problem.removesuffix("：无法打开 / does not open") for problem in found] == told
    checks = member(made_in(tmp_path), "checks.json")
    assert [row["full_name"] for row in checks["truthfulness"]] == ["林示例"]
    assert "与清单一致" in verify(made_in(tmp_path))


@pytest.mark.parametrize("module", [documents, face_photos])
def test_store_that_is_away_damages_nothing(module, submitted, tmp_path, monkeypatch):
    def unavailable(*_args: object) -> bytes:
        raise StoreUnavailable

    monkeypatch.setattr(module, "read_file", unavailable)

    with pytest.raises(CommandError, match="请稍后再试"):
        export(submitted, tmp_path)
    assert not list(tmp_path.glob("*.zip"))


@pytest.mark.parametrize("of_face", [False, True])
def test_key_that_is_not_mounted_damages_nothing(of_face, submitted, tmp_path):
    owner = FacePhoto.objects.get().pk if of_face else submitted.pk
    with key_not_mounted(owner), pytest.raises(CommandError, match="'k99' is not mounted"):
        export(submitted, tmp_path)
    assert not list(tmp_path.glob("*.zip"))


def test_other_face_than_the_one_submitted_is_named(submitted, tmp_path):
    photo = FacePhoto.objects.get()
    delete_file(photo.stored_name, FACES)
    write_file(photo.stored_name, datakey.seal(photo.pk, b"another", "face-photo"), FACES)
    FacePhoto.objects.update(sha256=hashlib.sha256(b"another").hexdigest())

    assert problems_of(submitted, tmp_path) == [
        f"faces/{photo.pk}.jpg：与提交时的照片不同 / not the photo that was submitted"
    ]


def test_face_without_a_record_is_named(submitted, tmp_path):
    photo = FacePhoto.objects.get()
    pk = photo.pk
    photo.delete()

    assert problems_of(submitted, tmp_path) == [
        f"faces/{pk}.jpg：没有这张照片的记录 / there is no record of this photo"
    ]


def test_picture_that_the_content_does_not_name_is_told_by_the_seal(submitted, tmp_path):
    """The content was changed together with its key: what was sealed with it still stands."""
    submission = submitted.submission
    dossier = submission.dossier.model_copy(deep=True)
    (gone,) = dossier.materials.pop("subject_doc_image")
    submission.order = submitted
    seal = submission.seal
    submission.freeze(dossier, submission.findings)
    submission.seal = seal
    with allow_changes("orders_submission"):
        submission.save()

    assert len(problems_of(submitted, tmp_path)) == 1
    manifest = member(made_in(tmp_path), "manifest.json")
    assert f"pictures/{gone}.jpg" in manifest["members"]


def test_order_that_moves_on_while_it_is_exported_is_refused(
    life, submitted, tmp_path, monkeypatch
):
    put_records = exporting.put_records

    def taken_back_before(bundle, order):
        life.act("withdraw")
        put_records(bundle, order)

    monkeypatch.setattr(exporting, "put_records", taken_back_before)

    with pytest.raises(CommandError, match="请重新导出"):
        export(submitted, tmp_path)
    assert list(tmp_path.glob("*.zip")) == []
    assert not AuditEntry.objects.filter(action="seal_evidence").exists()


def test_order_erased_while_it_is_exported_is_refused(submitted, tmp_path, monkeypatch):
    put_trail = exporting.put_trail

    def erased_before(bundle, order):
        FilingOrder.objects.filter(pk=order.pk).update(erased_at=order.created_at)
        put_trail(bundle, order)

    monkeypatch.setattr(exporting, "put_trail", erased_before)

    with pytest.raises(CommandError, match="请重新导出"):
        export(submitted, tmp_path)
    assert list(tmp_path.glob("*.zip")) == []
