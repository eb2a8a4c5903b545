"""What a new check was asked for and is not any more, and what counts as the answer to a demand."""

import pytest
from django.urls import reverse

from beian.models import AuditEntry, Notice
from orders import effects, guards
from orders.actions.comments import CommentText, add_comment, withdraw_comment
from orders.actions.truthfulness import withdraw_consent
from orders.actions.truthfulness_entry import send_link_again
from orders.actions.truthfulness_review import refuse
from orders.enums import CommentSeverity, OrderState, ReplyState
from orders.models import OrderComment
from orders.replies import answers_of, reply_to_comment
from orders.truthfulness import standings_of
from orders.truthfulness_results import results_of
from orders.workflow import Refused
from tests.builders import client_of
from tests.checklist import tick_everything
from tests.fake_face import put_recognition, recognise_everybody
from tests.life import Life
from tests.orders.test_check_asked_again import (
    BACK,
    PRINCIPAL,
    book,
    refusal_of,
    remark,
    sent_back,
)
from tests.orders.test_recall import submitted_check
from verification.models import FacePhoto, TruthfulnessCheck

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def recalled(life: Life) -> Life:
    life.act("recall", life.reviewer)
    life.take()
    return life


def take_back(life: Life, comment: OrderComment | None = None) -> None:
    comment = comment or OrderComment.objects.get()
    withdraw_comment(life.reviewer.actor, order_id=life.order_id, comment_id=comment.pk)


def pass_it(life: Life) -> None:
    tick_everything(life.reviewer.actor, life.order_id)
    life.act("pass_initial_review", life.reviewer)


def ends_of(life: Life) -> list[str]:
    return list(
        TruthfulnessCheck.objects.filter(owner=life.order_id).values_list("closed_for", flat=True)
    )


def test_order_passes_on_the_submitted_check_once_the_remark_is_taken_back(life):
    recalled(sent_back(life, "R-TRUTH"))
    check = TruthfulnessCheck.objects.get()

    take_back(life)

    assert not Notice.objects.filter(template="newer_check_ended").exists()
    entry = AuditEntry.objects.get(action="reopen_truthfulness_check")
    assert (entry.object_id, entry.actor_user_id) == (str(check.pk), life.reviewer.user.pk)
    check.refresh_from_db()
    assert (check.closed_for, check.refusal, check.closed_by) == ("", "", None)
    principal = life.order.dossier.service_principal(0)
    assert (check.full_name, check.cert_number) == (principal.full_name, principal.cert_number)
    pass_it(life)
    assert life.order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_recall_before_the_hand_over_ends_the_same_way(life):
    life.submit()
    life.pass_review()
    content = CommentText(CommentSeverity.MUST_FIX, "R-TRUTH", "请重新核验。")
    add_comment(life.submitter.actor, order_id=life.order_id, path=PRINCIPAL, content=content)
    life.act("send_back_supplement", life.submitter)
    recalled(life)

    take_back(life)

    pass_it(life)
    assert life.order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_check_stays_over_while_another_remark_asks_for_it(life):
    life.submit()
    life.take()
    remark(life, "R-TRUTH")
    remark(life, "R-CURTAIN")
    life.act("ask_supplement", life.reviewer)
    recalled(life)
    first, second = OrderComment.objects.order_by("pk")

    take_back(life, first)
    assert ends_of(life) == ["asked_again"]
    take_back(life, second)

    assert ends_of(life) == [""]


def test_check_done_meanwhile_makes_room_and_its_photo_goes(life):
    sent_back(life, "R-TRUTH")
    submitted = FacePhoto.objects.get()
    put_recognition(life.order)
    recalled(life)

    take_back(life)

    assert ends_of(life) == ["", "not_needed"]
    assert life.order.events.filter(name="newer_check_ended").count() == 1
    told = Notice.objects.get(template="newer_check_ended")
    assert "提交时的核验继续有效" in told.body
    photos = {photo.pk: photo.is_erased for photo in FacePhoto.objects.all()}
    assert photos.pop(submitted.pk) is False
    assert list(photos.values()) == [True]
    pass_it(life)
    assert life.order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_photo_taken_back_meanwhile_is_not_relied_on(life):
    sent_back(life, "R-TRUTH")
    withdraw_consent(TruthfulnessCheck.objects.get(), source_address=None)
    recalled(life)

    take_back(life)

    assert ends_of(life) == ["asked_again"]
    assert FacePhoto.objects.get().is_erased
    with pytest.raises(Refused) as refused:
        pass_it(life)
    assert refused.value.code == "truthfulness_settled"


def test_refusal_of_the_reviewer_is_not_undone(life):
    life.submit()
    life.take()
    check = TruthfulnessCheck.objects.get()
    refuse(life.reviewer.actor, order_id=life.order_id, check_id=check.pk, note="不是同一人")
    remark(life, "R-TRUTH")
    life.act("ask_supplement", life.reviewer)
    recalled(life)

    take_back(life)

    assert ends_of(life) == ["refused"]


def test_meeting_of_the_submission_is_on_again(life):
    submitted_check(life, "meeting")
    life.take()
    remark(life, "R-TRUTH")
    life.act("ask_supplement", life.reviewer)
    recalled(life)
    assert TruthfulnessCheck.objects.get().meeting.state == "cancelled"

    take_back(life)

    (result,) = results_of(life.order.submission)
    assert (result.meeting.state, result.is_over) == ("requested", False)


def test_order_withdrawn_by_the_applicant_still_needs_what_the_remark_asks(life):
    recalled(sent_back(life, "R-TRUTH"))
    life.act("withdraw")

    assert refusal_of(life, "submit") == "truthfulness_done"
    put_recognition(life.order)
    life.submit()

    assert life.order.round == 2


def sent_back_by_an_earlier_release(life: Life, code: str, by: str, monkeypatch) -> Life:
    with monkeypatch.context() as earlier:
        earlier.setitem(effects.EFFECTS, "end_checks_asked_again", lambda *_args: None)
        return sent_back(life, code, by=by)


@pytest.mark.parametrize("by", BACK)
def test_check_older_than_the_remark_is_no_answer_and_can_be_done_anew(life, by, monkeypatch):
    sent_back_by_an_earlier_release(life, "R-TRUTH", by, monkeypatch)

    assert [answer.state for answer in answers_of(life.order)] == [ReplyState.OPEN]
    assert refusal_of(life, BACK[by]) == "comments_answered"
    page = client_of(life.applicant.user).get(reverse("orders:truthfulness", args=[life.order_id]))
    assert "显示二维码" in page.text
    recognise_everybody(life.order)

    assert ends_of(life) == ["asked_again", ""]
    assert [answer.state for answer in answers_of(life.order)] == [ReplyState.DONE]
    life.submit(BACK[by])
    assert life.order.round == 2


def test_video_asked_by_an_earlier_release_is_booked_anew(life, monkeypatch):
    sent_back_by_an_earlier_release(life, "R-VIDEO", "reject", monkeypatch)

    assert standings_of(life.order)[0].check is None
    book(life)
    life.submit("submit_again")

    assert ends_of(life) == ["asked_again", ""]


def test_person_who_comes_without_a_link_does_the_check_anew(life, monkeypatch):
    sent_back_by_an_earlier_release(life, "R-TRUTH", "reject", monkeypatch)
    mobile = standings_of(life.order)[0].person.mobile

    send_link_again(life.order, mobile, source_address=None)

    assert ends_of(life) == ["asked_again", ""]


@pytest.mark.parametrize(("reply", "words"), [("就是本人。", "已说明"), ("", "还没有处理")])
def test_desk_says_what_was_done_about_a_demand_without_a_new_check(
    life, monkeypatch, reply, words
):
    sent_back_by_an_earlier_release(life, "R-TRUTH", "reject", monkeypatch)
    reply_to_comment(life.applicant.actor, comment_id=OrderComment.objects.get().pk, text=reply)
    for name in ("comments_answered", "truthfulness_done"):
        monkeypatch.setitem(guards.GUARDS, name, lambda *_args: "")
    life.submit("submit_again")

    assert words in changes_on_the_desk(life)
    assert "已重新核验" not in changes_on_the_desk(life)


def test_desk_says_that_the_person_came_again(life):
    sent_back(life, "R-TRUTH")
    put_recognition(life.order)
    life.submit("resubmit")

    assert "已重新核验" in changes_on_the_desk(life)


def changes_on_the_desk(life: Life) -> str:
    url = reverse("orders:case", args=[life.order_id])
    return client_of(life.reviewer.user).get(f"{url}?view=changes").text
