"""`manage.py staff_account`: whoever administers staff needs no shell, and each act is told."""

import getpass
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from beian.models import AuditEntry, User
from tests.builders import client_of, make_applicant, make_staff, post
from verification.actions import staff_accounts
from verification.models import SecondFactor
from verification.one_time_password import current_code

pytestmark = pytest.mark.django_db
PASSWORD, OTHER = "correct horse battery", "quite another password"
DOOR, FACTOR = "/staff/sign-in/", "/staff/second-factor/"


@pytest.fixture(autouse=True)
def typed(monkeypatch):
    """What is typed at the terminal, one line for each question."""
    lines: list[str] = []
    monkeypatch.setattr(getpass, "getpass", lambda *_: lines.pop(0))
    monkeypatch.setattr(getpass, "getuser", lambda: "root")
    return lines


def run(*words: str) -> str:
    out = StringIO()
    call_command("staff_account", *words, stdout=out)
    return out.getvalue()


def told() -> list[tuple[str, ...]]:
    rows = AuditEntry.objects.order_by("pk")
    return list(rows.values_list("action", "object_id", "field", "purpose", "result"))


def may_sign_in(name: str, password: str) -> bool:
    return post(Client(), DOOR, {"username": name, "password": password}).status_code == 302


def roles_of(user: User) -> set[str]:
    return set(user.staff_roles.values_list("role", flat=True))


def test_account_is_made_with_roles_and_told(typed):
    typed += [PASSWORD, PASSWORD]

    said = run(
        "create", "wang.lin", "--role", "reviewer", "--role", "support", "--reason", "new colleague"
    )

    user = User.objects.get(staff_name="wang.lin")
    assert said.startswith("已建立 wang.lin")
    assert roles_of(user) == {"reviewer", "support"}
    assert told() == [
        ("create_staff", str(user.pk), "reviewer,support", "root: new colleague", "ok")
    ]
    assert may_sign_in("wang.lin", PASSWORD)


def test_password_comes_from_a_file_as_well(tmp_path):
    path = tmp_path / "password"
    path.write_text(f"{PASSWORD}\nnot this line\n")

    run("create", "wang.lin", "--role", "reviewer", "--password-file", str(path))

    assert User.objects.get(staff_name="wang.lin").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("words", "passwords", "said"),
    [
        (
            ["wang.lin", "--role", "reviewer"],
            ["short", "short"],
            "密码至少 12 个字符 / 12 characters or more",
        ),
        (["wang.lin", "--role", "reviewer"], ["password1234"] * 2, "密码太常见"),
        (["wang.lin", "--role", "reviewer"], [PASSWORD, OTHER], "two passwords differ"),
        (["wang.lin", "--role", "king"], [PASSWORD, PASSWORD], "at least one role"),
        (["wang.lin"], [PASSWORD, PASSWORD], "at least one role"),
        (["wang lin", "--role", "reviewer"], [PASSWORD, PASSWORD], "letters, digits"),
        (["reviewer-1", "--role", "reviewer"], [PASSWORD, PASSWORD], "already"),
        (
            ["wang.lin", "--role", "reviewer", "--password-file", "/nowhere"],
            [],
            "cannot be read: FileNotFoundError",
        ),
    ],
)
def test_account_that_cannot_be_made_is_refused_in_words(typed, words, passwords, said):
    make_staff("reviewer")
    typed += passwords

    with pytest.raises(CommandError, match=said):
        run("create", *words)

    assert User.objects.count() == 1
    assert told() == []


def test_roles_are_replaced():
    staff = make_staff("reviewer", "support")

    run("roles", "reviewer-1", "--role", "auditor", "--role", "support")

    assert roles_of(staff.user) == {"auditor", "support"}
    assert told() == [("change_staff_roles", str(staff.user.pk), "auditor,support", "root: ", "ok")]


def test_account_that_is_shut_out_loses_its_sessions_and_comes_back_without_them():
    staff, colleague = make_staff("reviewer"), make_staff("reviewer", name="reviewer-2")
    clients = [client_of(staff.user), client_of(staff.user)]
    others = client_of(colleague.user), client_of(make_applicant().user)
    assert clients[0].get("/staff/").status_code == 200

    said = run("shut-out", "reviewer-1", "--reason", "left")

    assert "2 sessions ended" in said
    assert clients[0].get("/staff/").status_code == 302
    assert not may_sign_in("reviewer-1", "a long demo password")
    assert [others[0].get("/staff/").status_code, others[1].get("/account/").status_code] == [
        200,
        200,
    ]

    run("let-in", "reviewer-1")

    assert clients[1].get("/staff/").status_code == 302
    assert may_sign_in("reviewer-1", "a long demo password")
    pk = str(staff.user.pk)
    assert [row for row in told() if row[0].endswith("staff")] == [
        ("shut_out_staff", pk, "", "root: left", "ok"),
        ("let_in_staff", pk, "", "root: ", "ok"),
    ]


def test_replaced_password_is_the_only_one_and_ends_sessions(typed):
    staff = make_staff("reviewer")
    client = client_of(staff.user)
    typed += [OTHER, OTHER]

    assert "1 sessions ended" in run("password", "reviewer-1")

    assert client.get("/staff/").status_code == 302
    assert not may_sign_in("reviewer-1", "a long demo password")
    assert may_sign_in("reviewer-1", OTHER)
    assert told()[0][:2] == ("reset_staff_password", str(staff.user.pk))


def test_lost_authenticator_is_replaced_at_the_next_sign_in():
    staff = make_staff("reviewer")
    client = Client()
    post(client, DOOR, {"username": "reviewer-1", "password": "a long demo password"})
    client.get(FACTOR)
    post(client, FACTOR, {"code": current_code(SecondFactor.objects.get().secret)})
    old = SecondFactor.objects.get().secret

    assert "1 sessions ended" in run("authenticator", "reviewer-1")

    post(client, DOOR, {"username": "reviewer-1", "password": "a long demo password"})
    assert "绑定动态口令" in client.get(FACTOR).content.decode()
    assert SecondFactor.objects.get().secret != old
    assert ("forget_authenticator", str(staff.user.pk), "", "root: ", "ok") in told()


@pytest.mark.parametrize("act", ["shut-out", "let-in", "authenticator"])
def test_account_that_is_not_there_is_refused(act):
    make_applicant()

    with pytest.raises(CommandError, match="there is no account nobody"):
        run(act, "nobody")

    assert told() == []


def test_no_act_takes_a_password_as_an_argument():
    out = StringIO()
    with pytest.raises(CommandError, match="unrecognized arguments"):
        call_command("staff_account", "password", "reviewer-1", "--password", OTHER, stdout=out)


def test_act_that_fails_changes_nothing(monkeypatch):
    staff = make_staff("reviewer")
    monkeypatch.setattr(staff_accounts, "record_audit", lambda *_a, **_k: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        run("shut-out", "reviewer-1")

    assert User.objects.get(pk=staff.user.pk).is_active
