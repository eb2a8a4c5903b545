"""需要处理: every kind, who sees which, pages by key, and nothing that settles itself."""

from datetime import timedelta

import pytest
from django.urls import reverse

from beian import clock
from beian.enums import StaffRoleName as Role
from beian.site_settings import setting
from orders.attention.pages import counts_of, page_of, read_key
from orders.attention.sources import SOURCES, sources_of
from orders.enums import HandoverState, OrderState, ResultProblem, ResultState
from tests.builders import (
    client_of,
    filled_dossier,
    make_applicant,
    make_order,
    make_staff,
    post,
)
from tests.orders.builders_attention import (
    make_bureau_record,
    make_failed_notice,
    make_failing_deadline,
    make_stopped_result,
)

pytestmark = pytest.mark.django_db
PAGE = "/desk/attention/"
ALL_KINDS = {source.kind for source in SOURCES}
# Session, user, roles; one for the numbers of rail and tabs; one per kind with
# the orders of all; the names in the settings.
QUERIES = 3 + 1 + len(SOURCES) + 1


def order_in(state, number=0, **columns):
    applicant = make_applicant(phone=f"1380000{number:04d}", account_name=f"示例{number}")
    dossier = filled_dossier(**{"subject.cert_number": f"91330102MA00{number:04d}C"})
    return make_order(applicant, state=state, dossier=dossier, **columns)


def one_of_each(number=0):
    """One item of every kind, each of its own order; returns the orders by kind."""
    late = {"due_at": clock.now() - timedelta(hours=1)}
    pending = OrderState.PENDING_BUREAU_SUBMISSION
    start = number * 10
    orders = {
        "refused": order_in(pending, start),
        "silent": order_in(pending, start + 1),
        "overdue_review": order_in(OrderState.INITIAL_REVIEW, start + 2, **late),
        "overdue_submission": order_in(pending, start + 3, **late),
        "overdue_bureau": order_in(OrderState.BUREAU_REVIEW, start + 4, **late),
        "notice": order_in(OrderState.INITIAL_REJECTED, start + 5),
        "deadline": order_in(OrderState.INITIAL_REJECTED, start + 6),
        "unmoved": order_in(pending, start + 7),
    }
    refused = HandoverState.REFUSED
    make_bureau_record(orders["unmoved"], HandoverState.ACCEPTED)
    make_bureau_record(orders["refused"], refused, answer_code=5001, answer_text="结构不符")
    make_bureau_record(orders["silent"], HandoverState.UNKNOWN, minutes_ago=31)
    make_failed_notice(orders["notice"])
    make_failing_deadline(orders["deadline"])
    make_stopped_result()
    return orders


def kinds_seen_by(*roles):
    staff = make_staff(*roles, name="staff-1")
    response = client_of(staff.user).get(PAGE)
    return {line.source.kind for line in response.context["lines"]}


EVERYTHING = (Role.REVIEWER, Role.SENIOR_REVIEWER, Role.BUREAU_SUBMITTER, Role.ADMINISTRATOR)
SUBMITTERS_KINDS = ALL_KINDS - {"overdue_review", "deadline"}


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.REVIEWER, {"overdue_review", "notice"}),
        (Role.SENIOR_REVIEWER, {"overdue_review", "notice", "deadline"}),
        (Role.BUREAU_SUBMITTER, SUBMITTERS_KINDS),
        (Role.SUPPORT, {"notice"}),
        (Role.ADMINISTRATOR, {"deadline"}),
    ],
)
def test_each_role_sees_what_it_can_do_something_about(role, kinds):
    one_of_each()

    assert kinds_seen_by(role) == kinds


def test_every_kind_has_its_line_with_order_time_and_advice():
    orders = one_of_each()
    client = client_of(make_staff(*EVERYTHING, name="staff-1").user)

    response = client.get(PAGE)

    lines = {line.source.kind: line for line in response.context["lines"]}
    assert set(lines) == ALL_KINDS
    for kind, order in orders.items():
        assert lines[kind].order == order
        assert lines[kind].advice
    html = response.content.decode()
    assert "回执代码 5001：结构不符" in html
    assert reverse("orders:handover-act", args=[orders["refused"].pk]) in html


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_number_of_questions_for_one_of_each_and_three(
    count, django_assert_num_queries
):
    for number in range(count):
        one_of_each(number)
    client = client_of(make_staff(*EVERYTHING, name="staff-1").user)
    client.get(PAGE)

    with django_assert_num_queries(QUERIES):
        response = client.get(PAGE)

    on_a_page = setting("lists.rows_per_page")
    assert len(response.context["lines"]) == min(count * len(SOURCES), on_a_page)


def test_number_in_the_rail_counts_what_this_person_sees():
    one_of_each()
    client = client_of(make_staff(Role.REVIEWER).user)

    html = client.get(reverse("orders:queue")).content.decode()

    assert f'<a href="{PAGE}"><span>需要处理</span><span class="rail-count">2</span></a>' in html


def test_tab_shows_one_kind_and_its_number():
    one_of_each()
    one_of_each(1)
    client = client_of(make_staff(Role.BUREAU_SUBMITTER).user)

    response = client.get(f"{PAGE}?kind=refused")

    assert {line.source.kind for line in response.context["lines"]} == {"refused"}
    (tab,) = [tab for tab in response.context["tabs"] if tab.current]
    assert tab.count == "2"


def test_kind_of_another_role_cannot_be_asked_for():
    one_of_each()
    client = client_of(make_staff(Role.REVIEWER).user)

    response = client.get(f"{PAGE}?kind=result&after=nonsense&before=1~2~3")

    assert {line.source.kind for line in response.context["lines"]} == {"overdue_review", "notice"}


def test_pages_by_key_show_everything_once_there_and_back(change_setting):
    change_setting("lists.rows_per_page", 3)
    moment = clock.now() - timedelta(hours=2)
    for number in range(4):
        make_stopped_result(received_at=moment + timedelta(minutes=number % 2))
        make_failed_notice(created_at=moment + timedelta(minutes=number % 2))
    sources = sources_of(make_staff(Role.BUREAU_SUBMITTER).actor)

    forwards, page = [], page_of(sources)
    while True:
        forwards.append([item.key.text() for item in page.items])
        if page.older is None:
            break
        page = page_of(sources, after=read_key(page.older.text()))
    backwards = [[item.key.text() for item in page.items]]
    while page.newer is not None:
        page = page_of(sources, before=read_key(page.newer.text()))
        backwards.insert(0, [item.key.text() for item in page.items])

    shown = [text for texts in forwards for text in texts]
    assert [len(texts) for texts in forwards] == [3, 3, 2]
    assert len(set(shown)) == 8
    assert forwards == backwards
    assert shown == [item.key.text() for item in _all_sorted(sources, change_setting)]


def _all_sorted(sources, change_setting):
    change_setting("lists.rows_per_page", 100)
    return page_of(sources).items


def test_result_that_waits_for_its_time_needs_a_person_only_after_the_limit(time_machine):
    make_stopped_result(state=ResultState.WAITING, problem=ResultProblem.TOO_EARLY)
    submitter = make_staff(Role.BUREAU_SUBMITTER)
    now = clock.now()

    time_machine.move_to(now + timedelta(minutes=59), tick=False)
    early = counts_of(sources_of(submitter.actor))["result"]
    time_machine.move_to(now + timedelta(minutes=61), tick=False)
    late = counts_of(sources_of(submitter.actor))["result"]

    assert (early, late) == (0, 1)


def test_record_that_was_just_queued_needs_nobody(change_setting):
    order = order_in(OrderState.PENDING_BUREAU_SUBMISSION)
    make_bureau_record(order, HandoverState.QUEUED, minutes_ago=10)
    sources = sources_of(make_staff(Role.BUREAU_SUBMITTER).actor)
    assert counts_of(sources)["silent"] == 0

    change_setting("attention.record_wait_minutes", 5)

    assert counts_of(sources)["silent"] == 1


@pytest.mark.parametrize("way_out", ["send_again", "send_back", "withdraw"])
def test_refused_record_leaves_the_list_when_somebody_acted(life, bureau, way_out):
    life.submit()
    life.pass_review()
    life.hand_over()
    bureau.faults = ["refuse"]
    life.send()
    sources = sources_of(life.submitter.actor)
    assert counts_of(sources)["refused"] == 1

    if way_out == "send_again":
        life.hand_over()
    elif way_out == "send_back":
        life.act("send_back", life.submitter, opinion="请核对证件")
    else:
        life.act("withdraw")

    assert counts_of(sources)["refused"] == 0


def test_portal_code_that_was_not_delivered_is_nobodys_work():
    make_failed_notice(None, is_secret=True, body="")
    sources = sources_of(make_staff(Role.REVIEWER).actor)

    assert counts_of(sources)["notice"] == 0


def test_draft_of_an_applicant_is_named_but_not_opened():
    order = order_in(OrderState.DRAFT)
    make_failing_deadline(order)
    client = client_of(make_staff(Role.SENIOR_REVIEWER).user)

    html = client.get(PAGE).content.decode()

    assert order.number in html
    assert reverse("orders:case", args=[order.pk]) not in html


def test_nothing_to_do_is_said():
    html = client_of(make_staff(Role.REVIEWER).user).get(PAGE).content.decode()

    assert "没有需要处理的事项" in html


def test_list_cannot_be_posted_to():
    client = client_of(make_staff(Role.REVIEWER).user)

    assert post(client, PAGE).status_code == 405
