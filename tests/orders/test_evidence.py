"""`manage.py export_evidence`: everything about one order in one file, for those who may."""

import json
import stat
import zipfile
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from beian import clock
from beian.enums import StaffRoleName
from beian.models import AuditEntry, StaffNotice
from orders import workflow
from orders.access_report import accesses
from orders.actions.order_retention import erase_order
from orders.models import FilingOrder, Submission
from tests.builders import COMPANY, ID_NUMBER, MOBILE, make_applicant, make_order, make_staff
from tests.life import MATERIALS
from tests.orders.evidence_stage import (
    AUDITOR,
    export,
    filed_after_completion,
    made_in,
    make_auditor,
    member,
    verify,
)
from tests.orders.retention_stage import abandoned
from tests.unguarded import drop_guards
from verification.actions.documents import delete_or_leave
from verification.document_store import FACES, delete_file
from verification.models import Document, FacePhoto, TruthfulnessCheck

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def auditor():
    return make_auditor()


@pytest.fixture
def filed(life, auditor):
    return filed_after_completion(life)


@pytest.fixture
def submitted(life, auditor):
    life.submit()
    return life.order


def looks(order: FilingOrder) -> list[tuple[str, str, str]]:
    """What the auditor did, in the order of the trail."""
    rows = AuditEntry.objects.filter(actor_kind="staff", actor_roles="auditor").order_by("pk")
    return list(rows.values_list("action", "purpose", "result"))


def test_bundle_has_the_whole_order(filed, tmp_path):
    path = export(filed, tmp_path)
    manifest = member(path, "manifest.json")

    assert (manifest["problems"], manifest["order"]) == ([], filed.number)
    assert [(row["round"], row["verifies"]) for row in manifest["submissions"]] == [
        (1, True),
        (2, True),
    ]
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    plain = {name for name in names if not name.startswith("pictures/")}
    assert plain == {
        *(f"submissions/{n}/{part}.json" for n in (1, 2) for part in
          ("content", "findings", "sealed", "form")),
        *(f"{name}.json" for name in
          ("order", "history", "remarks", "objections", "calls", "checklist", "consents",
           "bureau", "checks", "pictures", "manifest")),
        "audit.jsonl",
    }  # fmt: skip
    assert names[-1] == "manifest.json"
    assert len(names) - len(plain) == len(MATERIALS)
    assert set(manifest["members"]) == set(names) - {"manifest.json"}


def test_form_is_readable_and_in_clear(filed, tmp_path):
    rows = member(export(filed, tmp_path), "submissions/2/form.json")
    texts = {(row["section"], row["label"]): row["text"] for row in rows}

    assert texts["主体信息", "主办单位名称"] == COMPANY
    assert texts["主体负责人", "证件号码"] == ID_NUMBER
    assert texts["主体负责人", "手机号"] == MOBILE
    assert texts["主体信息", "备案省份"] == "浙江省"


def test_records_say_who_did_what(filed, tmp_path):
    path = export(filed, tmp_path)
    history = {row["name"]: row for row in member(path, "history.json")}
    (remark,) = member(path, "remarks.json")
    bureau = member(path, "bureau.json")
    checks = member(path, "checks.json")

    assert history["ask_supplement"]["actor"] == "reviewer-1"
    assert history["ask_supplement"]["opinion"] == "请按意见修改。"
    assert (remark["label"], remark["text"], remark["reply"]) == (
        "网站名称", "请改名", "这是注册商标。",
    )  # fmt: skip
    assert [row["round"] for row in bureau["records"]] == [2, 2]
    assert [row["outcome"] for row in bureau["results"]] == ["granted"]
    assert bureau["records"][0]["content"]["order_number"] == filed.number
    assert [row["stage"] for row in checks["truthfulness"]] == ["done"]
    assert [row["verified_at"] is None for row in checks["text_messages"]] == [False]
    assert {row["verdict"] for row in member(path, "checklist.json")} >= {"通过"}
    consents = member(path, "consents.json")
    assert {"face_photo", "bureau_transfer"} <= {row["text"] for row in consents}
    assert all(row["text_version"] and row["given_at"] for row in consents)


def test_pictures_are_as_stored_and_belong_to_every_round(filed, tmp_path):
    path = export(filed, tmp_path)
    rows = member(path, "pictures.json")

    assert sorted(row["material"] for row in rows) == sorted(MATERIALS)
    assert all(row["rounds"] == [1, 2] for row in rows)
    manifest = member(path, "manifest.json")
    kept = {row["member"]: row["sha256"] for row in rows}
    assert kept == {
        f"pictures/{row.pk}.jpg": row.sha256 for row in Document.objects.filter(owner=filed.pk)
    }
    assert kept == {name: manifest["members"][name]["sha256"] for name in kept}
    with zipfile.ZipFile(path) as archive:
        assert Image.open(BytesIO(archive.read(rows[0]["member"]))).format == "JPEG"


def test_trail_of_the_order_is_in_it_and_no_value(filed, tmp_path):
    path = export(filed, tmp_path)
    with zipfile.ZipFile(path) as archive:
        text = archive.read("audit.jsonl").decode()
    rows = [json.loads(line) for line in text.splitlines()]

    assert [row["actor"] for row in rows if row["action"] == "export_evidence"] == [AUDITOR]
    assert sum(row["action"] == "store_document" for row in rows) == len(MATERIALS)
    assert ID_NUMBER not in text
    assert MOBILE not in text


def test_bundle_is_the_owners_alone_and_is_verified(filed, tmp_path):
    path = export(filed, tmp_path)
    sha256 = AuditEntry.objects.get(action="seal_evidence").field

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "与清单一致" in verify(path, "--manifest", sha256)


def test_every_look_is_in_the_trail_and_in_the_report(submitted, tmp_path):
    export(submitted, tmp_path)

    picture = ("view_document", "inspection", "ok")
    assert looks(submitted) == [
        ("export_evidence", "inspection", "ok"),
        *([picture] * len(MATERIALS)),
        ("seal_evidence", "inspection", "ok"),
    ]
    (row,) = [row for row in accesses(1) if row.action == "export_evidence"]
    assert (row.person, row.order, row.looks) == (AUDITOR, submitted.number, 1)


def test_faces_stay_where_they_are_unless_asked_for(submitted, tmp_path):
    photo = FacePhoto.objects.get(check_row__owner=submitted.pk)
    name = f"faces/{photo.pk}.jpg"

    manifest = member(export(submitted, tmp_path / "without"), "manifest.json")
    assert [row["member"] for row in manifest["left_out"]] == [name]
    assert name not in manifest["members"]
    assert not AuditEntry.objects.filter(action="view_face_photo").exists()

    manifest = member(export(submitted, tmp_path / "with", "--with-faces"), "manifest.json")
    assert manifest["left_out"] == []
    assert manifest["members"][name]["sha256"] == photo.sha256
    assert AuditEntry.objects.get(action="view_face_photo").object_id == str(photo.pk)


def test_check_that_is_over_still_says_whose_it_was(submitted, tmp_path):
    TruthfulnessCheck.objects.update(full_name="", closed_at=clock.now(), closed_for="order_closed")

    (check,) = member(export(submitted, tmp_path), "checks.json")["truthfulness"]
    assert (check["full_name"], check["closed_for"]) == ("林示例", "订单已结束")


def test_face_under_seal_is_never_exported(submitted, tmp_path):
    FacePhoto.objects.update(restricted_at=clock.now())

    manifest = member(export(submitted, tmp_path, "--with-faces"), "manifest.json")
    assert "已封存" in manifest["left_out"][0]["why"]
    assert manifest["problems"] == []


def test_missing_picture_is_named_and_the_command_fails(submitted, tmp_path):
    document = Document.objects.filter(owner=submitted.pk, kind="subject_doc_image").get()
    delete_or_leave(document.stored_name)

    with pytest.raises(CommandError, match="不完整"):
        export(submitted, tmp_path)

    path = made_in(tmp_path)
    (problem,) = member(path, "manifest.json")["problems"]
    assert problem == f"营业执照 pictures/{document.pk}.jpg：缺失或已损坏 / is missing or damaged"
    assert f"导出时已注明 / named when exported: {problem}" in verify(path)
    assert looks(submitted)[-1] == ("seal_evidence", "inspection", "incomplete")


def test_missing_face_is_named_although_it_is_not_exported(submitted, tmp_path):
    photo = FacePhoto.objects.get(check_row__owner=submitted.pk)
    delete_file(photo.stored_name, FACES)

    with pytest.raises(CommandError, match="不完整"):
        export(submitted, tmp_path)

    (problem,) = member(made_in(tmp_path), "manifest.json")["problems"]
    assert problem.startswith(f"faces/{photo.pk}.jpg：缺失或已损坏")


def test_picture_past_its_term_is_left_out_and_no_problem(submitted, tmp_path):
    document = Document.objects.filter(owner=submitted.pk).first()
    Document.objects.filter(pk=document.pk).update(erased_at=clock.now())

    manifest = member(export(submitted, tmp_path), "manifest.json")
    assert f"pictures/{document.pk}.jpg" in [row["member"] for row in manifest["left_out"]]
    assert manifest["problems"] == []


def test_broken_seal_is_named(submitted, tmp_path):
    drop_guards("orders_submission")
    Submission.objects.update(rule_set_version="another")

    with pytest.raises(CommandError, match="不完整"):
        export(submitted, tmp_path)

    manifest = member(made_in(tmp_path), "manifest.json")
    assert [row["verifies"] for row in manifest["submissions"]] == [False]
    assert manifest["problems"] == [
        "第 1 轮提交的内容与封存值不符 / round 1: what was submitted differs from its seal"
    ]
    assert "与清单一致" in verify(made_in(tmp_path))


def test_submission_that_does_not_open_is_named_and_its_pictures_are_there(submitted, tmp_path):
    drop_guards("orders_submission")
    Submission.objects.update(dossier_sealed=b"x" * 64)

    with pytest.raises(CommandError, match="不完整"):
        export(submitted, tmp_path)

    manifest = member(made_in(tmp_path), "manifest.json")
    assert manifest["problems"] == [
        "第 1 轮提交的内容无法打开 / round 1: what was submitted does not open"
    ]
    assert sum(name.startswith("pictures/") for name in manifest["members"]) == len(MATERIALS)
    assert "与清单一致" in verify(made_in(tmp_path))


def refused(order: FilingOrder, tmp_path, match: str, **words: str) -> None:
    with pytest.raises(CommandError, match=match):
        export(order, tmp_path, **words)
    assert not list(tmp_path.glob("*.zip"))


def test_erased_order_is_refused(life, auditor, tmp_path):
    order = abandoned(life)
    erase_order(workflow.locked(order.pk))

    refused(order, tmp_path, "保存期满，已删除")
    assert looks(order) == [("export_evidence", "inspection", "refused")]


def test_order_that_was_never_submitted_is_refused(auditor, tmp_path):
    refused(make_order(make_applicant()), tmp_path, "还没有提交过")


@pytest.mark.parametrize("words", [(), ("--purpose", "curiosity")])
def test_no_bundle_without_a_purpose(submitted, tmp_path, words):
    with pytest.raises(CommandError, match="--purpose"):
        call_command(
            "export_evidence", submitted.number, str(tmp_path), "--by", AUDITOR, *words,
            stdout=StringIO(),
        )  # fmt: skip
    assert not list(tmp_path.glob("*.zip"))


@pytest.mark.parametrize("role", sorted(set(StaffRoleName) - {"auditor", "audit_officer"}))
def test_other_roles_are_refused_and_it_is_recorded(submitted, tmp_path, role):
    make_staff(role, name="other")

    refused(submitted, tmp_path, "不是审计员", by="other")
    assert AuditEntry.objects.get(action="export_evidence").result == "refused"


def test_audit_officer_may(submitted, tmp_path):
    make_staff(StaffRoleName.AUDIT_OFFICER, name="officer")

    assert member(export(submitted, tmp_path, by="officer"), "manifest.json")["made_by"] == {
        "person": "officer",
        "roles": ["audit_officer"],
    }


def test_somebody_shut_out_is_refused(submitted, auditor, tmp_path):
    auditor.user.is_active = False
    auditor.user.save()

    refused(submitted, tmp_path, "账号已停用")
    assert looks(submitted) == [("export_evidence", "inspection", "refused")]


def test_nobody_of_that_name_is_refused(submitted, tmp_path):
    refused(submitted, tmp_path, "没有员工账号", by="nobody")


def test_more_than_the_limit_is_refused(submitted, tmp_path, change_setting):
    change_setting("evidence.per_hour", 1)
    export(submitted, tmp_path / "first")

    refused(submitted, tmp_path, "每小时最多导出 1 个")
    assert looks(submitted)[-1] == ("export_evidence", "inspection", "limit")
    told = StaffNotice.objects.get()
    assert (told.event_key.split(":")[0], told.audience) == ("evidence_limit", "overseers")


def test_folder_that_cannot_be_written_is_said(submitted, tmp_path):
    (tmp_path / "file").write_text("")

    refused(submitted, tmp_path / "file", "无法读写")
