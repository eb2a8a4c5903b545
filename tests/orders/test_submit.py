"""Submitting: agreements, freezing, refusals, and many posts at once."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from beian import clock
from beian.actions.consents import person_digest_of_phone, record_consent
from beian.models import ConsentRecord, Resource, ResourceUse
from orders.actions.draft import save_draft
from orders.actions.submit import submit_order
from orders.agreements import REQUIRED, missing_agreements
from orders.enums import OrderState
from orders.models import FilingOrder, Submission
from orders.workflow import Refused, Stale
from rules.loader import shipped_rule_set
from tests.builders import client_of, make_applicant, make_staff, post
from tests.orders.ready_order import all_ticked, ready_order
from tests.racing import race

pytestmark = pytest.mark.django_db

SOURCE = "198.51.100.7"


@pytest.fixture
def applicant():
    return make_applicant()


def submit(applicant, order, *, agreed=REQUIRED, version=None):
    return submit_order(
        applicant.actor,
        order.pk,
        version=version or order.version,
        agreed=agreed,
        source_address=SOURCE,
    )


def answer_of(session, url, data):
    """What one of many tabs of the same browser gets; each post has its own key."""
    tab = Client()
    tab.cookies = session.copy()
    return post(tab, url, data)


def test_submit_freezes_what_was_seen(applicant):
    order = ready_order(applicant)

    submit(applicant, order)

    order = FilingOrder.objects.get()
    submission = order.submissions.get()
    assert (order.state, order.round) == (OrderState.INITIAL_REVIEW, 1)
    assert submission.is_intact()
    assert submission.dossier == order.dossier
    assert submission.submitted_by == applicant.user
    assert submission.rule_set_version == shipped_rule_set().version
    assert {finding["outcome"] for finding in submission.findings} <= {"advice"}


def test_submit_records_every_agreement_with_version_and_address(applicant):
    order = ready_order(applicant)

    submit(applicant, order)

    rows = ConsentRecord.objects.filter(order_id=order.pk, user=applicant.user)
    assert set(rows.values_list("text_key", flat=True)) == set(REQUIRED)
    assert set(rows.values_list("user", "source_address", "is_consent")) == {
        (applicant.user.pk, SOURCE, True)
    }
    assert all(rows.values_list("text_version", flat=True))
    assert missing_agreements(order, applicant.actor) == []


def test_agreement_taken_back_is_missing_again(applicant):
    order = ready_order(applicant)
    submit(applicant, order)

    record_consent(
        person_digest=person_digest_of_phone(applicant.user.phone),
        purpose="bureau_transfer",
        text_key="bureau_transfer",
        is_consent=False,
        user=applicant.user,
        order_id=order.pk,
    )

    assert [text.key for text in missing_agreements(order, applicant.actor)] == ["bureau_transfer"]


def test_submit_holds_the_slot(applicant):
    submit(applicant, ready_order(applicant))

    assert list(ResourceUse.objects.values_list("state", flat=True)) == ["held"]


@pytest.mark.parametrize("left_out", REQUIRED)
def test_submit_without_one_agreement_is_refused_and_keeps_nothing(applicant, left_out):
    order = ready_order(applicant)

    with pytest.raises(Refused) as refusal:
        submit(applicant, order, agreed=[key for key in REQUIRED if key != left_out])

    assert refusal.value.code == "agreements_given"
    assert FilingOrder.objects.get().state == OrderState.DRAFT
    assert not ConsentRecord.objects.filter(user=applicant.user).exists()
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code", "reason"),
    [
        ({"services[0].name": ""}, "dossier_complete", "还没有填完：网站信息。"),
        ({"materials.subject_doc_image": []}, "dossier_complete", "还没有填完：办理材料。"),
        (
            {"subject.principal.emergency_phone": "13800000034"},
            "no_blocking_finding",
            "还有 1 项必须处理。",
        ),
    ],
)
def test_submit_of_an_unready_draft_names_what_is_in_the_way(applicant, changes, code, reason):
    order = ready_order(applicant, **changes)

    with pytest.raises(Refused) as refusal:
        submit(applicant, order)

    assert (refusal.value.code, refusal.value.reason) == (code, reason)


def test_submit_of_a_page_older_than_the_draft_is_refused(applicant):
    order = ready_order(applicant)
    save_draft(
        applicant.actor, order.pk, version=order.version, edits={"services[0].remarks": "新的说明"}
    )

    with pytest.raises(Stale):
        submit(applicant, order)


def test_second_submit_says_it_was_submitted(applicant):
    order = ready_order(applicant)
    submit(applicant, order)

    with pytest.raises(Refused) as refusal:
        submit(applicant, FilingOrder.objects.get())

    assert refusal.value.code == "state"
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("is_staff", [True, False])
def test_submit_by_somebody_else_is_refused(applicant, is_staff):
    order = ready_order(applicant)
    other = (
        make_staff("reviewer")
        if is_staff
        else make_applicant(phone="13800000035", account_name="样例商贸")
    )

    with pytest.raises(Refused) as refusal:
        submit(other, order)

    assert refusal.value.code == "actor"


@pytest.mark.parametrize(
    ("state", "to_state"),
    [
        (OrderState.NEEDS_SUPPLEMENT, OrderState.RESUBMITTED),
        (OrderState.INITIAL_REJECTED, OrderState.INITIAL_REVIEW),
        (OrderState.RETURNED_BY_MIIT, OrderState.INITIAL_REVIEW),
        (OrderState.BUREAU_REJECTED, OrderState.INITIAL_REVIEW),
    ],
)
def test_next_round_starts_from_every_state_with_the_applicant(applicant, state, to_state):
    order = ready_order(applicant, columns={"state": state})

    submitted = submit(applicant, order)

    assert (submitted.state, submitted.round) == (to_state, 2)
    assert list(order.submissions.values_list("round", flat=True)) == [2, 1]


def test_pledge_holds_for_one_submission_and_consents_for_the_order(applicant):
    order = ready_order(applicant)
    submit(applicant, order)
    later = clock.now() + timedelta(hours=1)
    FilingOrder.objects.update(state=OrderState.INITIAL_REJECTED, state_entered_at=later)
    order = FilingOrder.objects.get()

    assert [text.key for text in missing_agreements(order, applicant.actor)] == ["filing_pledge"]


def test_page_submits_and_leads_to_the_number(applicant):
    order = ready_order(applicant)
    client = client_of(applicant.user)

    answer = post(
        client,
        reverse("orders:check", args=[order.pk]),
        {"version": order.version, **all_ticked()},
    )

    assert answer.url == reverse("orders:submitted", args=[order.pk])
    page = client.get(answer.url)
    assert order.number in page.text
    assert "138******34" in page.text
    assert "13800000034" not in page.text


def test_page_without_ticks_names_each_and_submits_nothing(applicant):
    order = ready_order(applicant)
    client = client_of(applicant.user)

    page = post(client, reverse("orders:check", args=[order.pk]), {"version": order.version})

    assert page.status_code == 200
    assert page.text.count("请勾选“我已阅读并同意《") == 2 * len(REQUIRED)
    assert FilingOrder.objects.get().state == OrderState.DRAFT


def test_page_shows_the_button_unavailable_with_everything_in_the_way(applicant):
    order = ready_order(
        applicant,
        **{
            "services[0].remarks": "",
            "services[0].name": "",
            "subject.principal.emergency_phone": "13800000034",
        },
    )

    page = client_of(applicant.user).get(reverse("orders:check", args=[order.pk]))

    assert "现在不能提交：还有 “网站信息”没有填完、1 项必须修改。" in page.text
    assert 'aria-disabled="true"' in page.text


def test_resource_lost_between_page_and_post_is_said_on_the_page(applicant):
    order = ready_order(applicant)
    Resource.objects.update(is_prepaid=False)

    page = post(
        client_of(applicant.user),
        reverse("orders:check", args=[order.pk]),
        {"version": order.version, **all_ticked()},
    )

    assert page.status_code == 200
    assert "还有 1 项必须处理。" in page.text
    assert FilingOrder.objects.get().state == OrderState.DRAFT


def test_check_of_a_submitted_order_leads_on(applicant):
    order = ready_order(applicant)
    submit(applicant, order)

    answer = client_of(applicant.user).get(reverse("orders:check", args=[order.pk]))

    assert answer.url == reverse("orders:submitted", args=[order.pk])


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_hundred_posts_at_once_submit_one_order():
    applicant = make_applicant()
    order = ready_order(applicant)
    url = reverse("orders:check", args=[order.pk])
    data = {"version": order.version, **all_ticked()}
    session = client_of(applicant.user).cookies

    answers = race([partial(answer_of, session, url, data)] * 100)

    submitted = reverse("orders:submitted", args=[order.pk])
    assert {answer.url for answer in answers} == {submitted}
    order.refresh_from_db()
    assert (order.state, order.round) == (OrderState.INITIAL_REVIEW, 1)
    assert Submission.objects.count() == 1
    assert order.events.filter(name="submit").count() == 1
    assert ConsentRecord.objects.filter(order_id=order.pk, user=applicant.user).count() == len(
        REQUIRED
    )
    assert ResourceUse.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_hundred_starts_at_once_make_one_order():
    applicant = make_applicant()
    data = {"service_kind": "website", "nature": "enterprise", "province": "33"}
    session = client_of(applicant.user).cookies

    answers = race([partial(answer_of, session, reverse("orders:start"), data)] * 100)

    assert Counter(answer.status_code for answer in answers) == {302: 1, 200: 99}
    assert FilingOrder.objects.count() == 1
