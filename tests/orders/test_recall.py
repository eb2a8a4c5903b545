"""收回: what the applicant changed meanwhile is neither judged nor lost."""

import pytest

from beian import clock
from beian.enums import Channel
from beian.models import Notice
from orders.actions.draft import save_draft
from orders.actions.truthfulness import book_meeting
from orders.dossier import get_value
from orders.enums import OrderState
from orders.meeting_times import offered_times
from orders.truthfulness import standings_of
from tests.builders import client_of
from tests.fake_face import put_recognition
from tests.life import prove_contacts
from tests.orders.builders_filings import change_draft
from tests.orders.person_phone import ask_for_a_link
from verification.actions.truthfulness import open_check
from verification.models import FacePhoto, TruthfulnessCheck

pytestmark = pytest.mark.django_db

NAME, DOMAINS = "services[0].name", "services[0].domains"
MAIL = "subject.principal.email"
EDITS = {NAME: "示例科技新名称", DOMAINS: ["xin-yuming.com"]}


def ask(life, *paths):
    life.take()
    for path in paths:
        life.comment(path)
    life.act("ask_supplement", life.reviewer)


def save(life, edits, version=None):
    actor, order = life.applicant.actor, life.order
    return save_draft(actor, order.pk, version=version or order.version, edits=edits)


def recall_after(life, edits):
    life.submit()
    ask(life, *edits)
    save(life, edits)
    life.act("recall", life.reviewer)


def order_page(life):
    page = client_of(life.applicant.user).get(f"/filings/{life.order_id}/")
    return page.content.decode()


def test_recall_goes_on_with_what_was_submitted(life):
    recall_after(life, EDITS)

    order = life.order
    assert order.state == OrderState.INITIAL_REVIEW
    assert order.dossier == order.submission.dossier
    assert order.domain == order.submission.dossier.services[0].domains[0] != "xin-yuming.com"


def test_recall_keeps_what_was_edited_and_shows_it(life):
    recall_after(life, EDITS)

    kept = [revision.read() for revision in life.order.revisions.all()]
    assert [get_value(dossier, NAME) for dossier in kept[:2]] == ["示例科技官网", EDITS[NAME]]
    html = order_page(life)
    assert "收回前的修改" in html
    assert EDITS[NAME] in html


def test_change_that_was_made_again_is_not_shown_as_set_aside(life):
    recall_after(life, EDITS)
    life.act("withdraw")
    save(life, {NAME: EDITS[NAME]})

    html = order_page(life)

    assert EDITS[DOMAINS][0] in html
    assert EDITS[NAME] not in html.partition("收回前的修改")[2]


def test_recall_without_an_edit_sets_nothing_aside(life):
    life.submit()
    ask(life, NAME)
    life.act("recall", life.reviewer)

    assert life.order.revisions.count() == 1
    assert "收回前的修改" not in order_page(life)


def test_page_made_after_the_recall_rests_on_what_was_put_back(life):
    recall_after(life, EDITS)
    version = life.order.version
    ask(life)

    saved = save(life, {NAME: EDITS[NAME]}, version)

    assert saved.changed_paths == (NAME,)


def test_check_of_a_person_who_was_set_aside_ends(life):
    life.submit()
    ask(life, "subject.principal")
    save(life, RENAMED)
    check = open_check(life.order_id, standings_of(life.order)[0].person)

    life.act("recall", life.reviewer)

    check.refresh_from_db()
    assert check.closed_at is not None


@pytest.mark.parametrize("way", ["photo", "meeting"])
def test_check_of_the_person_who_was_put_back_goes_on(life, way):
    check = submitted_check(life, way)
    ask(life, "subject.principal")
    save(life, RENAMED)
    life.act("recall", life.reviewer)

    check.refresh_from_db()
    assert check.counts
    if way == "photo":
        life.order.comments.update(withdrawn_at=clock.now())
        life.pass_review()
        assert life.order.state == OrderState.PENDING_BUREAU_SUBMISSION


def test_check_of_the_person_who_was_replaced_ends_with_the_new_submission(life):
    check = submitted_check(life, "photo")
    ask(life, "subject.principal")
    save(life, RENAMED)
    prove_contacts(life.order)
    put_recognition(life.order)
    life.order.comments.update(reply_state="explained", reply="说明如上")
    check.refresh_from_db()
    assert check.closed_at is None

    life.submit("resubmit")

    check.refresh_from_db()
    assert check.closed_for == "person_changed"
    assert standings_of(life.order)[0].counts


def test_person_who_was_replaced_still_takes_the_photo_back(life):
    submitted_check(life, "photo")
    ask(life, "subject.principal")
    save(life, RENAMED)

    assert len(ask_for_a_link(life.order)) == 1


def submitted_check(life, way):
    """Of the only service principal; `way` is what the submission rests on."""
    check = TruthfulnessCheck.objects.get()
    if way == "meeting":
        FacePhoto.objects.update(state="failed", confirmed_at=None)
        times = [offered_times()[0][0]]
        book_meeting(life.applicant.actor, check, preferred=times)
    life.submit()
    return TruthfulnessCheck.objects.get()


STRANGER = {"full_name": "周样例", "mobile": "13900000099"}
RENAMED = {f"subject.principal.{name}": value for name, value in STRANGER.items()}


def test_messages_and_resource_follow_the_submission_while_others_decide(life):
    """Orders recalled by an earlier release still carry a draft of their own."""
    life.submit()
    order = life.order
    submitted = get_value(order.dossier, MAIL)
    change_draft(order, MAIL, "anders@example.com")
    change_draft(order, "services[0].resource", "")
    since = clock.now()

    life.pass_review()
    life.hand_over()

    told = Notice.objects.filter(channel=Channel.MAIL, created_at__gte=since)
    assert {notice.recipient for notice in told} == {submitted}
