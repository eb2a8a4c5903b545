"""A reviewer's remark that asks for a new check or a video opens that way for the named person."""

import pytest
from django.urls import reverse

from beian.models import AuditEntry
from orders.actions.comments import CommentText, add_comment
from orders.actions.truthfulness import book_meeting
from orders.actions.truthfulness_entry import send_link, send_link_again, show_code
from orders.comment_pages import comment_pages
from orders.enums import CommentSeverity, ReplyState
from orders.meeting_times import offered_times
from orders.models import OrderComment
from orders.replies import answers_of, reply_to_comment
from orders.truthfulness import standings_of
from orders.workflow import Refused
from tests.builders import client_of, post
from tests.fake_face import put_recognition
from tests.life import Life, make_ready_personal_order
from tests.orders.test_truthfulness_step import OTHER_PERSON
from verification.actions.truthfulness import open_check
from verification.models import TruthfulnessCheck, TruthfulnessLink

pytestmark = pytest.mark.django_db

PRINCIPAL = "services[0].principal.full_name"
BACK = {"reject": "submit_again", "ask_supplement": "resubmit"}
OPINION = "请按意见办理。"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def remark(life: Life, code: str, path: str = PRINCIPAL, severity: str = "must_fix") -> int:
    content = CommentText(CommentSeverity(severity), code, "请本人重新办理。")
    comment = add_comment(life.reviewer.actor, order_id=life.order_id, path=path, content=content)
    return comment.pk


def sent_back(life: Life, code: str, *, by: str = "ask_supplement", path: str = PRINCIPAL) -> Life:
    life.submit()
    life.take()
    remark(life, code, path)
    life.act(by, life.reviewer)
    return life


def page_of(life: Life, name: str = "truthfulness"):
    return client_of(life.applicant.user).get(reverse(f"orders:{name}", args=[life.order_id]))


def key_of(life: Life) -> str:
    return standings_of(life.order)[0].key


def book(life: Life) -> None:
    url = reverse("orders:truthfulness-meeting", args=[life.order_id, key_of(life)])
    times = [offered_times()[0][0]]
    response = post(client_of(life.applicant.user), url, {"times": times})
    assert response.status_code == 302, response.context["form"].errors


def refusal_of(life: Life, name: str) -> str:
    with pytest.raises(Refused) as refused:
        life.submit(name)
    return refused.value.code


@pytest.mark.parametrize("by", BACK)
@pytest.mark.parametrize("code", ["R-TRUTH", "R-CURTAIN"])
def test_new_photo_is_possible_and_needed_after_the_remark(life, code, by):
    sent_back(life, code, by=by)

    html = page_of(life).text
    assert "显示二维码" in html
    assert "预约视频会议" in html
    assert "请本人重新办理。" in html
    assert refusal_of(life, BACK[by]) == "comments_answered"
    put_recognition(life.order)
    life.submit(BACK[by])
    assert life.order.round == 2


@pytest.mark.parametrize("by", BACK)
def test_video_asked_for_is_booked_and_nothing_else_will_do(life, by):
    sent_back(life, "R-VIDEO", by=by)

    html = page_of(life).text
    assert "显示二维码" not in html
    assert "预约视频会议" in html
    key = key_of(life)
    with pytest.raises(Refused, match="video"):
        show_code(life.applicant.actor, life.order, key)
    with pytest.raises(Refused, match="video"):
        send_link(life.applicant.actor, life.order, key, source_address=None)
    mobile = standings_of(life.order)[0].person.mobile
    send_link_again(life.order, mobile, source_address=None)
    assert not TruthfulnessLink.objects.filter(check_row__closed_at=None).exists()
    book(life)
    life.submit(BACK[by])
    assert life.order.round == 2


def test_old_check_ends_with_the_decision_and_the_end_is_recorded(life):
    sent_back(life, "R-TRUTH")

    check = TruthfulnessCheck.objects.get()
    assert (check.closed_for, check.refusal) == ("asked_again", "请本人重新办理。")
    assert check.closed_by == life.reviewer.user
    entries = AuditEntry.objects.filter(action="end_truthfulness_check")
    assert [entry.object_id for entry in entries] == [str(check.pk)]
    assert [entry.result for entry in entries] == ["asked_again"]


def test_before_the_hand_over_the_remark_does_the_same(life):
    life.submit()
    life.pass_review()
    content = CommentText(CommentSeverity.MUST_FIX, "R-TRUTH", "请重新核验。")
    add_comment(life.submitter.actor, order_id=life.order_id, path=PRINCIPAL, content=content)

    life.act("send_back", life.submitter, opinion=OPINION)

    assert TruthfulnessCheck.objects.get().closed_for == "asked_again"
    assert refusal_of(life, "submit_again") == "comments_answered"


def test_advice_and_other_remarks_leave_the_check_alone(life):
    life.submit()
    life.take()
    remark(life, "R-TRUTH", severity="advice")
    remark(life, "R-NAME", "services[0].name")

    life.act("ask_supplement", life.reviewer)

    assert TruthfulnessCheck.objects.get().closed_at is None


def test_only_the_named_person_has_to_come_again(bureau):
    life = Life(bureau, **OTHER_PERSON)

    sent_back(life, "R-TRUTH", path="services[0].principal")

    assert [item.person.full_name for item in standings_of(life.order) if not item.counts] == [
        OTHER_PERSON[PRINCIPAL]
    ]


def test_remark_on_somebody_who_is_never_checked_asks_the_service_principal(bureau):
    life = Life(bureau, **OTHER_PERSON)

    sent_back(life, "R-TRUTH", path="subject.principal.full_name")

    assert TruthfulnessCheck.objects.get().closed_for == "asked_again"


def test_natural_person_is_asked_as_the_person_in_charge(bureau):
    life = Life(bureau, make=make_ready_personal_order)

    sent_back(life, "R-VIDEO", path="subject.principal.full_name")

    assert "显示二维码" not in page_of(life).text
    book(life)
    life.submit("resubmit")


def test_order_page_leads_to_the_step_and_says_when_it_is_done(life):
    sent_back(life, "R-TRUTH")

    html = page_of(life, "order").text
    target = reverse("orders:truthfulness", args=[life.order_id])
    assert f'href="{target}#person-{key_of(life)}"' in html
    assert "去核验" in html
    assert "去修改" not in html
    put_recognition(life.order)
    html = page_of(life, "order").text
    assert "已重新核验" in html
    assert [answer.state for answer in answers_of(life.order)] == [ReplyState.DONE]


def test_page_of_the_commented_field_leads_to_the_step(life):
    sent_back(life, "R-TRUTH", path="services[0].principal")
    url = reverse("orders:step", args=[life.order_id, "service-principal"])

    html = client_of(life.applicant.user).get(url).text

    assert "去核验" in html
    assert "不修改，说明理由" not in html


def test_explanation_does_not_take_the_place_of_the_check(life):
    sent_back(life, "R-TRUTH")
    comment = OrderComment.objects.get()

    reply_to_comment(life.applicant.actor, comment_id=comment.pk, text="就是本人。")

    assert refusal_of(life, "resubmit") == "comments_answered"


def test_name_corrected_does_not_take_the_place_of_the_video(life):
    sent_back(life, "R-VIDEO", by="reject")
    order = life.order
    dossier = order.dossier.model_copy(deep=True)
    dossier.subject.principal.full_name = "林示范"
    order.put_dossier(dossier)
    order.save()

    put_recognition(life.order)

    assert refusal_of(life, "submit_again") == "comments_answered"


def test_task_list_sends_to_the_check_and_not_to_the_field(life):
    sent_back(life, "R-TRUTH")

    tasks = {task.label: task for task in page_of(life, "tasks").context["page"].tasks}

    assert tasks["真实性核验"].status == "problem"
    assert tasks["网站负责人"].status == "done"


def test_check_done_between_two_sendings_is_kept(life):
    """The reviewer recalls the order; what was done meanwhile is what the remark asked for."""
    sent_back(life, "R-TRUTH")
    put_recognition(life.order)
    life.act("recall", life.reviewer)
    life.take()

    life.act("ask_supplement", life.reviewer)

    assert [check.closed_for for check in TruthfulnessCheck.objects.all()] == ["asked_again", ""]
    life.submit("resubmit")


def test_photo_taken_between_two_sendings_does_not_bar_the_video(life):
    sent_back(life, "R-TRUTH")
    put_recognition(life.order)
    life.act("recall", life.reviewer)
    life.take()
    remark(life, "R-VIDEO")

    life.act("ask_supplement", life.reviewer)

    book(life)
    life.submit("resubmit")


def test_remark_of_an_earlier_round_asks_for_nothing(life):
    sent_back(life, "R-VIDEO")
    book(life)
    life.submit("resubmit")

    assert [answer.state for answer in answers_of(life.order, 1)] == [ReplyState.DONE]
    assert not standings_of(life.order)[0].wants_meeting


def test_remark_is_grouped_with_its_field_and_marked_as_a_check(life):
    sent_back(life, "R-TRUTH")
    put_recognition(life.order)

    items = [
        item for page in comment_pages(life.order, answers_of(life.order)) for item in page.items
    ]

    assert [item.is_check for item in items] == [True]


def test_meeting_booked_by_the_person_answers_the_demand(life):
    sent_back(life, "R-VIDEO")
    standing = standings_of(life.order)[0]
    assert standing.check is None

    check = open_check(life.order_id, standing.person)
    book_meeting(life.applicant.actor, check, preferred=[offered_times()[0][0]])

    assert standings_of(life.order)[0].counts
