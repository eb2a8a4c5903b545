"""The case page: what it shows, masked; its documents, rounds and history."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from beian import clock
from beian.enums import Channel
from beian.enums import StaffRoleName as Role
from beian.models import AuditEntry
from orders.dossier import set_value
from orders.enums import CommentSeverity, OrderState
from orders.models import FilingOrder, OrderComment, Submission
from rules.finding import Finding
from tests.builders import ID_NUMBER, MOBILE, client_of, make_applicant, make_staff
from tests.orders.desk_stage import NAME_PATH, Desk, make_desk
from tests.statements import asked
from tests.unguarded import allow_changes, drop_guards
from verification.actions.documents import store_document
from verification.actions.proofs import prove_contact
from verification.models import Document

pytestmark = pytest.mark.django_db


def text_of(desk: Desk, query: str = "") -> str:
    return desk.client.get(desk.url("case") + query).content.decode()


def finding(outcome: str, path: str, words: str) -> dict:
    text = {"zh": words, "en": "words"}
    source = {"title": "示例规则", "retrieved": "2026-01-01"}
    return Finding("N99", "names", outcome, "a", text, text, source, (path,)).to_dict()


def refreeze(order: FilingOrder, findings: list[dict]) -> Submission:
    """Give the submission under review other findings, and the draft's content."""
    submission = order.submissions.get(round=order.round)
    submission.freeze(order.dossier, findings)
    with allow_changes("orders_submission"):
        submission.save()
    return submission


def upload(order: FilingOrder, kind: str) -> Document:
    """A picture that the submission under review shows."""
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(picture, "JPEG")
    actor = make_staff(Role.SUPPORT, name="helper").actor
    document = store_document(
        actor,
        owner=order.pk,
        account=order.account,
        kind=kind,
        upload=SimpleUploadedFile("a.jpg", picture.getvalue(), "image/jpeg"),
    )
    set_value(order.dossier, f"materials.{kind}", [str(document.pk)])
    order.put_dossier(order.dossier)
    order.save()
    refreeze(order, [])
    return document


def test_case_masks_personal_numbers_and_shows_the_units():
    page = text_of(make_desk())

    assert ID_NUMBER not in page
    assert MOBILE not in page
    assert "3****************4" in page
    assert "138******34" in page
    assert "91330102MA0000001C" in page


def test_case_shows_the_frozen_submission_and_not_the_draft():
    desk = make_desk(OrderState.NEEDS_SUPPLEMENT)
    set_value(desk.order.dossier, NAME_PATH, "还没有提交的名称")
    desk.order.put_dossier(desk.order.dossier)
    desk.order.save()

    page = text_of(desk)

    assert "还没有提交的名称" not in page
    assert "示例科技官网" in page


@pytest.mark.parametrize(
    ("outcome", "tone"), [("block", "failed"), ("material", "notice"), ("advice", "notice")]
)
def test_finding_stands_beside_its_field(outcome, tone):
    desk = make_desk()
    refreeze(desk.order, [finding(outcome, NAME_PATH, "名称与单位没有关联。")])

    response = desk.client.get(desk.url("case"))

    rows = [row for group in response.context["table"].groups for row in group.rows]
    named = next(row for row in rows if row.path == NAME_PATH)
    assert [(check.tone, check.text) for check in named.checks] == [(tone, "名称与单位没有关联。")]


def test_finding_without_a_field_is_listed_above_the_table():
    desk = make_desk()
    refreeze(desk.order, [finding("advice", "domain", "没有查到实名信息。")])

    response = desk.client.get(desk.url("case"))

    assert [check.text for check in response.context["table"].other_checks] == [
        "没有查到实名信息。"
    ]


@pytest.mark.parametrize(
    ("is_proved", "words"), [(True, "已用验证码确认"), (False, "没有用验证码确认")]
)
def test_mobile_says_whether_a_code_confirmed_it(is_proved, words):
    desk = make_desk()
    if is_proved:
        prove_contact(desk.order.pk, Channel.SMS, MOBILE)

    response = desk.client.get(desk.url("case"))

    rows = [row for group in response.context["table"].groups for row in group.rows]
    mobile = next(row for row in rows if row.path == "subject.principal.mobile")
    assert [check.text for check in mobile.checks] == [words]


@pytest.mark.parametrize("state", OrderState)
@pytest.mark.parametrize("tab", ["data", "changes", "history", "evidence"])
def test_every_tab_opens_in_every_state_after_submission(state, tab):
    desk = make_desk(state, round=1)
    if not desk.order.submissions.exists():
        submission = Submission(
            order=desk.order,
            round=1,
            submitted_at=clock.now(),
            submitted_by=desk.order.created_by,
            rule_set_version="test",
        )
        submission.freeze(desk.order.dossier, [])
        submission.save()

    assert desk.client.get(f"{desk.url('case')}?view={tab}").status_code == 200


def test_case_of_a_draft_does_not_exist_for_the_desk():
    desk = make_desk(OrderState.DRAFT)

    assert desk.client.get(desk.url("case")).status_code == 404


def test_case_is_never_kept_by_a_browser():
    desk = make_desk()

    assert desk.client.get(desk.url("case"))["Cache-Control"] == "private, no-store"


def test_looking_at_the_own_case_extends_the_lease(time_machine):
    desk = make_desk()
    client, before = desk.client, desk.order.lease_until
    time_machine.move_to(clock.now() + timedelta(minutes=5))

    client.get(desk.url("case"))

    desk.order.refresh_from_db()
    assert desk.order.lease_until >= before + timedelta(minutes=5)


def test_looking_again_within_a_minute_writes_nothing():
    desk = make_desk()
    client, before = desk.client, desk.order.lease_until

    client.get(desk.url("case"))

    desk.order.refresh_from_db()
    assert desk.order.lease_until == before


def test_looking_at_a_colleagues_case_does_not_extend_his_lease():
    desk = make_desk()
    before = desk.order.lease_until
    colleague = make_staff(Role.REVIEWER, name="reviewer-2")

    page = client_of(colleague.user).get(desk.url("case")).content.decode()

    desk.order.refresh_from_db()
    assert desk.order.lease_until == before
    assert "由 reviewer-1 领取至" in page
    assert "同事刚刚领取了这个订单。" in page


def test_changes_tab_shows_what_became_of_the_last_round():
    desk = make_desk(OrderState.RESUBMITTED)
    order = desk.order
    OrderComment.objects.create(
        order=order,
        round=1,
        path=NAME_PATH,
        severity=CommentSeverity.MUST_FIX,
        reason_code="R-NAME",
        text="请改名。",
        author=desk.reviewer.user,
        created_at=clock.now(),
        sent_at=clock.now(),
    )
    dossier = order.dossier.model_copy(deep=True)
    set_value(dossier, NAME_PATH, "示例科技知识库")
    second = Submission(
        order=order,
        round=2,
        submitted_at=clock.now(),
        submitted_by=order.created_by,
        rule_set_version="test",
    )
    second.freeze(dossier, [])
    second.save()
    FilingOrder.objects.filter(pk=order.pk).update(round=2)

    response = desk.client.get(f"{desk.url('case')}?view=changes")

    (row,) = response.context["rows"]
    assert (row.before, row.after) == ("示例科技官网", "示例科技知识库")
    assert [str(answer.state.label) for answer, _shown, _rows in response.context["answers"]] == [
        "已修改"
    ]


def test_history_tab_names_who_did_what():
    page = text_of(make_desk(), "?view=history")

    assert "提交备案" in page
    assert "第 1 轮" in page


def test_evidence_tab_says_that_the_seal_is_broken():
    desk = make_desk()
    drop_guards("orders_submission")
    desk.order.submissions.update(seal="0" * 64)

    assert "内容与提交时的封存值不一致" in text_of(desk, "?view=evidence")


def test_document_is_served_marked_unkept_and_every_look_recorded():
    desk = make_desk()
    document = upload(desk.order, "subject_doc_image")
    url = desk.url("desk-document", document.pk)

    first = desk.client.get(url)
    desk.client.get(url)

    looks = AuditEntry.objects.filter(action="view_document", actor_user_id=desk.reviewer.user.pk)
    assert (first.status_code, first["Content-Type"]) == (200, "image/jpeg")
    assert first["Cache-Control"] == "private, no-store"
    assert len(set(Image.open(io.BytesIO(first.content)).convert("L").tobytes())) > 1
    assert [(look.object_id, look.purpose) for look in looks] == [(str(document.pk), "review")] * 2


def test_document_of_another_order_is_not_found():
    desk = make_desk()
    upload(desk.order, "subject_doc_image")
    stranger = store_document(
        desk.reviewer.actor,
        owner=desk.order.pk,
        account=desk.order.account,
        kind="principal_id_front",
        upload=SimpleUploadedFile("b.jpg", _grey(), "image/jpeg"),
    )

    assert desk.client.get(desk.url("desk-document", stranger.pk)).status_code == 404


def _grey() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "grey").save(picture, "JPEG")
    return picture.getvalue()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SUPPORT, Role.OPERATOR, Role.AUDIT_OFFICER])
def test_case_and_documents_are_closed_to_other_roles(role):
    desk = make_desk()
    document = upload(desk.order, "subject_doc_image")
    client = client_of(make_staff(role, name="other").user)

    assert client.get(desk.url("case")).status_code == 403
    assert client.get(desk.url("desk-document", document.pk)).status_code == 403


def test_case_does_not_exist_for_its_own_applicant():
    desk = make_desk()
    other = make_applicant(phone="13800000099", account_name="示例二")

    for user in (desk.order.created_by, other.user):
        assert client_of(user).get(reverse("orders:case", args=[desk.order.pk])).status_code == 404


READS = {"?view=data": 10, "?view=changes": 8, "?view=history": 8, "?view=evidence": 9}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", READS)
def test_case_asks_the_same_number_of_questions_for_one_comment_and_three(query, count):
    desk = make_desk()
    for _number in range(count):
        desk.comment()

    assert asked(desk.client, desk.url("case") + query) == READS[query]


@pytest.mark.parametrize("count", [1, 3])
def test_composer_asks_nothing_more_than_the_case(count):
    desk = make_desk()
    for _number in range(count):
        comment = desk.comment()

    assert asked(desk.client, f"{desk.url('comment')}?path={NAME_PATH}") == READS["?view=data"]
    assert asked(desk.client, desk.url("comment-edit", comment.pk)) == READS["?view=data"]
