"""公安备案 after filing: three reminders, a number that ends them, and what the page says."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from beian import clock
from beian.actions.deadlines import open_deadline, sweep_deadlines
from beian.models import AuditEntry, Notice, PublicSecurityFiling
from orders.enums import OrderState
from orders.models import FilingOrder
from orders.queries import filed_services_of
from orders.workflow import Stale
from tests.builders import client_of, make_applicant, post
from tests.orders.builders_filings import make_filed_order

pytestmark = pytest.mark.django_db
NUMBER = "浙公网安备33010602000001号"
KIND = "public_security_reminder"
DAY = {"filed_on_year": "2026", "filed_on_month": "11", "filed_on_day": "20"}


@pytest.fixture
def filed(life, bureau, time_machine):
    """An order the bureau granted just now; the clock stands still."""
    time_machine.move_to(clock.now().replace(microsecond=0), tick=False)
    life.to_bureau_review()
    bureau.decide("granted")
    life.collect()
    assert life.order.state == OrderState.FILED
    return life


def page_of(order, service=None):
    service = service or filed_services_of(order)[0]
    return reverse("orders:public-security", args=[order.pk, service.pk])


def version_of(order):
    return FilingOrder.objects.get(pk=order.pk).version


def reminders(channel="portal"):
    return Notice.objects.filter(template=KIND, channel=channel).count()


def record(life, number=NUMBER, **more):
    client = client_of(life.applicant.user)
    data = {"number": number, "version": life.order.version, **DAY, **more}
    return post(client, page_of(life.order), data)


def test_reminders_go_out_on_day_1_20_and_30_by_portal_and_mail(filed, time_machine):
    start = clock.now()
    counted = []
    for days in (0.9, 1, 19, 20, 29, 30, 60):
        time_machine.move_to(start + timedelta(days=days), tick=False)
        sweep_deadlines()
        counted.append((reminders("portal"), reminders("mail"), reminders("sms")))

    totals = (0, 1, 1, 2, 2, 3, 3)
    assert counted == [(total, total, 0) for total in totals]
    assert open_deadline(KIND, filed.order_id) is None


def test_days_of_the_reminders_are_a_setting(filed, time_machine, change_setting):
    change_setting("after.public_security_reminder_days", [1, 3])
    start = clock.now()
    for days in (1, 3, 20, 30):
        time_machine.move_to(start + timedelta(days=days), tick=False)
        sweep_deadlines()

    assert reminders() == 2


def test_reminder_names_site_number_day_and_where_to_record(filed, time_machine):
    filed_on = clock.today()
    time_machine.move_to(clock.now() + timedelta(days=1), tick=False)
    sweep_deadlines()

    body = Notice.objects.get(template=KIND, channel="mail").body
    assert "shili-keji.com" in body
    assert filed.order.subject_number in body
    assert f"{filed_on + timedelta(days=30):%Y-%m-%d}" in body
    assert reverse("orders:order", args=[filed.order_id]) in body


def test_recorded_number_ends_the_reminders(filed, time_machine):
    response = record(filed, " 浙公网安备 33010602000001号 ")

    assert response.url == reverse("orders:order", args=[filed.order_id])
    row = PublicSecurityFiling.objects.get()
    assert (row.number, row.filed_on) == (NUMBER, date(2026, 11, 20))
    assert row.recorded_by == filed.applicant.user
    time_machine.move_to(clock.now() + timedelta(days=31), tick=False)
    sweep_deadlines()
    assert reminders() == 0


def test_recording_is_in_history_and_audit_once(filed):
    record(filed)
    record(filed)

    assert filed.order.events.filter(name="public_security_recorded").count() == 1
    assert AuditEntry.objects.filter(action="public_security_recorded").count() == 1


def test_wrong_number_can_be_corrected(filed):
    record(filed, "浙公网安备33010602000009号")
    page = client_of(filed.applicant.user).get(page_of(filed.order)).content.decode()
    record(filed)

    assert "浙公网安备33010602000009号" in page
    assert PublicSecurityFiling.objects.get().number == NUMBER


def test_number_that_a_colleague_recorded_is_shown_before_it_is_replaced(filed):
    seen = filed.order.version
    record(filed, "浙公网安备33010602000009号")

    page = record(filed, version=seen).content.decode()

    assert "刚刚有人登记了 浙公网安备33010602000009号（2026年11月20日），与您填写的不同" in page
    assert PublicSecurityFiling.objects.get().number == "浙公网安备33010602000009号"
    assert f'name="version" value="{filed.order.version}"' in page
    assert record(filed).status_code == 302
    assert PublicSecurityFiling.objects.get().number == NUMBER


def test_old_number_of_a_service_is_not_laid_to_a_colleague_who_recorded_another():
    applicant = make_applicant()
    order = make_filed_order(applicant, services=2)
    pages = [page_of(order, service) for service in filed_services_of(order)]
    client = client_of(applicant.user)
    post(client, pages[0], {"number": NUMBER, "version": version_of(order), **DAY})
    fields = dict(
        re.findall(r'name="(known|version)" value="([^"]*)"', client.get(pages[0]).content.decode())
    )
    other = {"number": "浙公网安备33010602000002号", "version": fields["version"], **DAY}
    post(client, pages[1], other)

    mine = {**fields, **DAY, "number": "浙公网安备33010602000003号"}
    page = post(client, pages[0], mine).content.decode()

    assert "刚刚有人登记了" not in page
    assert Stale().reason in page


def test_same_number_from_two_colleagues_is_no_difference(filed):
    seen = filed.order.version
    record(filed)

    assert record(filed, version=seen).status_code == 302


def test_reminders_go_on_while_one_of_two_sites_has_no_number(time_machine):
    from orders import due

    applicant = make_applicant()
    order = make_filed_order(applicant, services=2)
    due.start(order, (KIND,))
    first, second = filed_services_of(order)
    post(
        client_of(applicant.user),
        page_of(order, first),
        {"number": NUMBER, "version": version_of(order), **DAY},
    )
    time_machine.move_to(clock.now() + timedelta(days=1, hours=1), tick=False)
    sweep_deadlines()

    body = Notice.objects.get(template=KIND, channel="portal").body
    assert [domain.name in body for domain in (*first.domains.all(), *second.domains.all())] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"number": "", **DAY}, "请填写公安备案号"),
        ({"number": "浙ICP备2026000001号", **DAY}, "公安备案号应是省份简称"),
        ({"number": "浙公网安备33号", **DAY}, "公安备案号应是省份简称"),
        ({"number": NUMBER}, "请填写公安备案日期的年、月、日"),
        ({"number": NUMBER, **DAY, "filed_on_year": "2999"}, "公安备案日期不能晚于今天"),
    ],
)
def test_bad_input_names_field_and_remedy_and_keeps_what_was_typed(data, words):
    applicant = make_applicant()
    order = make_filed_order(applicant)

    data = {**data, "version": order.version}
    page = post(client_of(applicant.user), page_of(order), data).content.decode()

    assert words in page
    assert not data["number"] or f'value="{data["number"]}"' in page
    assert not PublicSecurityFiling.objects.exists()


def test_number_of_another_service_is_refused_beside_the_field():
    applicant = make_applicant()
    order = make_filed_order(applicant, services=2)
    first, second = filed_services_of(order)
    client = client_of(applicant.user)
    post(client, page_of(order, first), {"number": NUMBER, "version": version_of(order), **DAY})

    page = post(
        client, page_of(order, second), {"number": NUMBER, "version": version_of(order), **DAY}
    ).content.decode()

    assert "这个公安备案号已登记在另一个服务下" in page
    assert PublicSecurityFiling.objects.count() == 1


def test_filed_page_and_message_say_when_access_opens_and_until_when_to_file(filed):
    page = client_of(filed.applicant.user).get(reverse("orders:order", args=[filed.order_id]))
    bodies = Notice.objects.filter(template="filed").values_list("pk", flat=True)

    assert "放开访问最长需要 1 个工作日" in page.content.decode()
    assert page_of(filed.order) in page.content.decode()
    for notice in Notice.objects.filter(pk__in=bodies):
        assert "最长 1 个工作日内放开" in notice.body
        assert "办理公安备案" in notice.body


def test_service_of_another_order_is_not_found():
    applicant, other = make_applicant(), make_applicant(phone="13800000035", account_name="示例二")
    order = make_filed_order(applicant)
    foreign = make_filed_order(other, subject_number="浙ICP备2026000002号")

    url = reverse("orders:public-security", args=[order.pk, filed_services_of(foreign)[0].pk])

    assert client_of(applicant.user).get(url).status_code == 404
