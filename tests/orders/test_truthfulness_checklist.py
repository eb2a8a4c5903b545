"""The truthfulness item of the checklist reads photos and meetings of the service principals."""

import pytest
from django.urls import reverse

from beian.enums import StaffRoleName
from orders import workflow
from orders.actions import truthfulness_review
from orders.actions.submit import submit_order
from orders.actions.truthfulness import book_meeting
from orders.agreements import REQUIRED
from orders.desk.checklist import LOOKED_AT, SINGLE
from orders.meeting_times import offered_times
from orders.models import ChecklistAnswer
from orders.truthfulness import standings_of
from tests.builders import client_of, make_applicant, make_staff, post
from tests.life import make_ready_order
from verification.actions.truthfulness import open_check
from verification.models import FacePhoto, TruthfulnessCheck

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def reviewer():
    return make_staff(StaffRoleName.REVIEWER)


def under_review(reviewer, *, with_meeting: bool):
    applicant = make_applicant()
    order = make_ready_order(applicant, is_recognised=not with_meeting)
    if with_meeting:
        check = open_check(order.pk, standings_of(order)[0].person)
        book_meeting(applicant.actor, check, preferred=[offered_times()[0][0]])
    order.refresh_from_db()
    submit_order(applicant.actor, order.pk, version=order.version, agreed=list(REQUIRED))
    workflow.apply(order.pk, "take", reviewer.actor)
    return order


def line_of(reviewer, order) -> tuple[str, str, list[str]]:
    """Group, tone and remarks of the item on the case page."""
    page = client_of(reviewer.user).get(reverse("orders:case", args=[order.pk]))
    for group in page.context["panel"].groups:
        for line in group.lines:
            if line.item.key == "truthfulness":
                remarks = [check.text for _label, _anchor, check in line.evidence.remarks]
                return group.key, line.evidence.tone, remarks
    raise AssertionError("no such item")


def test_confirmed_photo_is_passed_by_the_machine_and_still_looked_at(reviewer):
    order = under_review(reviewer, with_meeting=False)

    assert line_of(reviewer, order) == (LOOKED_AT, "passed", [])


def test_photo_the_machine_did_not_pass_is_answered_alone(reviewer):
    order = under_review(reviewer, with_meeting=False)
    FacePhoto.objects.update(has_passed=False)

    group, tone, (remark,) = line_of(reviewer, order)

    assert (group, tone) == (SINGLE, "notice")
    assert "机器比对未通过" in remark


def test_meeting_without_an_outcome_speaks_against_the_item(reviewer):
    order = under_review(reviewer, with_meeting=True)

    group, tone, (remark,) = line_of(reviewer, order)
    assert (group, tone) == (SINGLE, "failed")
    assert "视频会议还没有结果" in remark

    check = TruthfulnessCheck.objects.get()
    ids = {"order_id": order.pk, "check_id": check.pk}
    truthfulness_review.confirm(reviewer.actor, **ids, note="视频核对身份证原件")
    assert line_of(reviewer, order) == (LOOKED_AT, "passed", [])


def test_answer_keeps_what_the_evidence_was(reviewer):
    order = under_review(reviewer, with_meeting=True)
    order.refresh_from_db()

    fields = {"version": order.version, "answer": "pass:truthfulness"}
    post(client_of(reviewer.user), reverse("orders:checklist", args=[order.pk]), fields)

    assert ChecklistAnswer.objects.get(item="truthfulness").machine == "failed"
