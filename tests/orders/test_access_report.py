"""`manage.py access_report`: who looked at whose values, how often, when, and how often in vain."""

from __future__ import annotations

import json
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command

from beian.actors import SYSTEM
from beian.audit import record_audit
from tests.builders import ID_NUMBER, MOBILE, client_of, post
from tests.orders.desk_stage import Desk, make_desk

pytestmark = pytest.mark.django_db
NUMBER, PHONE = "subject.principal.cert_number", "subject.principal.mobile"
# A Monday in Shanghai: at ten, and at half past six in the evening; and a Sunday.
OPEN, EVENING, SUNDAY = "2026-11-23 02:00Z", "2026-11-23 10:30Z", "2026-11-22 02:00Z"


@pytest.fixture
def desk(time_machine) -> Desk:
    time_machine.move_to(OPEN, tick=False)
    return make_desk()


def look(desk: Desk, path: str = NUMBER) -> None:
    url = f"{desk.url('reveal')}?{urlencode({'path': path})}"
    post(client_of(desk.reviewer.user), url, {"purpose": "compare"})


def report(*words: str) -> list[dict[str, object]]:
    out = StringIO()
    call_command("access_report", "--json", *words, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_report_tells_person_order_field_and_how_often(desk, time_machine):
    look(desk)
    look(desk, PHONE)
    time_machine.move_to(EVENING, tick=False)
    look(desk)

    row = {
        "person": desk.reviewer.user.staff_name, "action": "reveal", "order": desk.order.number,
        "over_limit": 0,
    }  # fmt: skip
    assert report() == [
        row | {
            "field": NUMBER, "looks": 2, "out_of_hours": 1, "purposes": "compare 2",
            "last": "2026-11-23 18:30",
        },
        row | {
            "field": PHONE, "looks": 1, "out_of_hours": 0, "purposes": "compare 1",
            "last": "2026-11-23 10:00",
        },
    ]  # fmt: skip


def test_hours_are_those_of_working_days_and_settings(desk, time_machine, change_setting):
    time_machine.move_to(SUNDAY, tick=False)
    look(desk)
    assert [row["out_of_hours"] for row in report()] == [1]

    change_setting("calendar.worked_days", ["2026-11-22"])
    assert [row["out_of_hours"] for row in report()] == [0]
    change_setting("review.day_begins_at_hour", 11)
    assert [row["out_of_hours"] for row in report()] == [1]


def test_refused_looks_are_counted_apart(desk, change_setting):
    change_setting("reveal.per_hour", 1)
    for _time in range(3):
        look(desk)

    assert [(row["looks"], row["over_limit"]) for row in report()] == [(1, 2)]


def test_older_looks_and_those_of_others_than_staff_are_left_out(desk, time_machine):
    look(desk)
    record_audit(SYSTEM, "reveal", obj=desk.order, field=PHONE)
    time_machine.shift(3 * 24 * 3600)

    assert report("--days", "2") == []
    assert [row["field"] for row in report("--days", "4")] == [NUMBER]


def test_picture_is_told_with_its_order_and_stays_when_it_is_erased(desk):
    from tests.orders.test_case import upload

    document = upload(desk.order, "subject_doc_image")
    client_of(desk.reviewer.user).get(desk.url("desk-document", document.pk))
    assert [(row["action"], row["order"], row["field"]) for row in report()] == [
        ("view_document", desk.order.number, "subject_doc_image")
    ]

    pk = document.pk
    type(document).objects.filter(pk=pk).delete()

    assert [row["order"] for row in report()] == [f"{pk} (erased)"]


def test_table_has_a_head_and_no_values(desk):
    look(desk)
    look(desk, PHONE)
    out = StringIO()
    call_command("access_report", stdout=out)

    head, *rows = out.getvalue().splitlines()
    assert head.startswith("人员 person\t操作 action")
    assert {len(row.split("\t")) for row in [head, *rows]} == {9}
    assert len(rows) == 2
    assert ID_NUMBER not in out.getvalue()
    assert MOBILE not in out.getvalue()


def test_quiet_days_are_told_in_words():
    out = StringIO()
    call_command("access_report", stdout=out)

    assert "nobody looked in the last 7 days" in out.getvalue()


@pytest.mark.parametrize("days", ["0", "-1", "a week", "99999"])
def test_days_that_are_none_are_refused(days):
    with pytest.raises(CommandError, match="a number of days"):
        call_command("access_report", f"--days={days}")


def test_report_of_many_looks_asks_no_more_than_of_few(desk, django_assert_num_queries):
    look(desk)
    report()  # settings are read here
    for times in (1, 20):
        for number in range(times):
            record_audit(desk.reviewer.actor, "reveal", obj=desk.order, field=f"{times}-{number}")
        with django_assert_num_queries(4):
            report()
