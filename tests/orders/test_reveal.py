"""Looking at one masked value: with a reason, once, recorded, limited."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from beian import clock
from beian.actions.staff_notices import staff_inbox
from beian.enums import StaffRoleName as Role
from beian.middleware.session_life import STARTED
from beian.models import AuditEntry, SettingOverride
from beian.site_settings.lookup import forget_overrides
from tests.builders import COMPANY, ID_NUMBER, client_of, make_staff, post
from tests.orders.desk_stage import NAME_PATH, Desk, make_desk

pytestmark = pytest.mark.django_db

PATH = "subject.principal.cert_number"


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def ask(desk: Desk, client: Client, path: str = PATH, **data: str):
    url = f"{desk.url('reveal')}?{urlencode({'path': path})}"
    return post(client, url, {"purpose": "compare", **data})


def looks() -> list[tuple[str, str, str]]:
    rows = AuditEntry.objects.filter(action="reveal").order_by("pk")
    return list(rows.values_list("field", "purpose", "result"))


def sign_in_again_ago(client: Client, minutes: int) -> None:
    session = client.session
    session[STARTED] = (clock.now() - timedelta(minutes=minutes)).timestamp()
    session.save()


def test_value_is_shown_once_on_the_next_page(desk):
    client = desk.client

    address = ask(desk, client).url
    first = client.get(address).content.decode()
    second = client.get(address).content.decode()

    assert ID_NUMBER in first
    assert ID_NUMBER not in second
    assert ID_NUMBER not in address


def test_look_is_recorded_with_field_and_purpose_and_without_the_value(desk):
    ask(desk, desk.client, purpose="bureau")

    assert looks() == [(PATH, "bureau", "ok")]
    entry = AuditEntry.objects.get(action="reveal")
    assert (entry.actor_user_id, entry.object_id) == (desk.reviewer.user.pk, str(desk.order.pk))
    assert ID_NUMBER not in str(entry.__dict__)


def test_session_holds_no_value(desk):
    client = desk.client

    ask(desk, client)

    assert ID_NUMBER not in str(dict(client.session.items()))


def test_value_is_not_shown_after_thirty_seconds(desk, monkeypatch):
    client = desk.client
    address = ask(desk, client).url
    later = clock.now() + timedelta(seconds=31)
    monkeypatch.setattr("beian.clock.now", lambda: later)

    assert ID_NUMBER not in client.get(address).content.decode()


def test_token_of_one_browser_is_nothing_in_another(desk):
    address = ask(desk, desk.client).url
    colleague = client_of(make_staff(Role.REVIEWER, name="reviewer-2").user)

    assert ID_NUMBER not in colleague.get(address).content.decode()


def test_reveal_without_a_reason_shows_nothing(desk):
    response = ask(desk, desk.client, purpose="")

    assert response.context["form"].errors["purpose"] == ["请选择查看原因"]
    assert looks() == []


@pytest.mark.parametrize("path", [NAME_PATH, "subject.name", "subject.principal", "nowhere", ""])
def test_only_masked_values_can_be_asked_for(desk, path):
    assert ask(desk, desk.client, path).status_code == 404
    assert COMPANY not in str(looks())


def test_limit_per_hour_refuses_and_is_recorded(desk):
    SettingOverride.objects.create(name="reveal.per_hour", value=2, reason="test")
    forget_overrides()
    client = desk.client

    for _number in range(2):
        ask(desk, client)
    response = ask(desk, client)

    assert response.status_code == 200
    assert "操作过于频繁" in response.content.decode()
    assert [result for _field, _purpose, result in looks()] == ["ok", "ok", "limit"]
    forget_overrides()


def test_limit_is_told_to_auditors_and_operators_once_per_person_and_day(
    desk, change_setting, time_machine
):
    change_setting("reveal.per_hour", 1)
    time_machine.move_to("2026-11-23 02:00Z", tick=False)
    auditor, operator = make_staff(Role.AUDITOR, name="a-1"), make_staff(Role.OPERATOR, name="o-1")
    for _time in range(3):
        ask(desk, client_of(desk.reviewer.user))
    time_machine.move_to("2026-11-23 04:00Z", tick=False)
    for _time in range(2):
        ask(desk, client_of(desk.reviewer.user))

    (notice,) = staff_inbox(auditor.actor)
    account = desk.reviewer.user.staff_name
    assert list(staff_inbox(operator.actor)) == [notice]
    assert list(staff_inbox(desk.reviewer.actor).filter(audience="overseers")) == []
    assert notice.texts["zh"]["subject"] == f"员工 {account} 查看完整信息达到上限"
    assert notice.texts["en"]["body"].startswith(
        f"The account {account} reached the limit of 1 reveals an hour at 2026-11-23 10:00;"
    )
    page = client_of(auditor.user).get("/staff/").content.decode()
    assert notice.texts["zh"]["subject"] in page

    time_machine.move_to("2026-11-24 02:00Z", tick=False)
    for _time in range(2):
        ask(desk, client_of(desk.reviewer.user))
    assert staff_inbox(auditor.actor).count() == 2


def test_password_is_asked_for_ten_minutes_after_signing_in(desk):
    client = desk.client
    sign_in_again_ago(client, 11)

    refused = ask(desk, client, password="wrong")
    granted = ask(desk, client, password="a long demo password")

    assert refused.context["form"].errors["password"] == ["登录密码不正确，请重新输入。"]
    assert ID_NUMBER in client.get(granted.url).content.decode()
    assert looks() == [(PATH, "compare", "ok")]
    told = AuditEntry.objects.filter(action="reveal_password")
    assert list(told.values_list("object_id", "field", "result")) == [
        (str(desk.reviewer.user.pk), "password", "refused")
    ]


def test_wrong_passwords_lock_out_and_the_lock_out_is_told_once(desk, change_setting):
    change_setting("sign_in.attempts_per_hour", 1)
    client = desk.client
    sign_in_again_ago(client, 11)

    for _attempt in range(3):
        ask(desk, client, password="wrong")

    told = AuditEntry.objects.filter(action="reveal_password").order_by("pk")
    assert list(told.values_list("result", flat=True)) == ["refused", "limit"]
    assert looks() == []


def test_password_is_not_asked_for_again_at_once(desk):
    client = desk.client
    sign_in_again_ago(client, 11)
    ask(desk, client, password="a long demo password")

    assert ask(desk, client).status_code == 302


def test_other_roles_cannot_reveal(desk):
    auditor = client_of(make_staff(Role.AUDITOR, name="auditor-1").user)

    assert ask(desk, auditor).status_code == 403
    assert looks() == []


def test_times_of_a_reveal_are_settings(desk, change_setting):
    change_setting("reveal.shown_seconds", 12)
    change_setting("reveal.password_minutes", 3)
    client = desk.client

    page = client.get(ask(desk, client).url)
    sign_in_again_ago(client, 4)
    form = ask(desk, client, purpose="")

    assert "12 秒后自动遮蔽" in page.text
    case = reverse("orders:case", args=[desk.order.pk])
    assert page["Refresh"].partition("#")[0] == f"12; url={case}"
    assert "Refresh" not in client.get(case)
    assert "12 秒后自动遮蔽" in form.text
    assert 'type="password"' in form.text
    assert "距上次输入密码已超过 3 分钟" in form.text
