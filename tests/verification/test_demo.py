"""The people of a demo installation."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from beian.enums import RealNameState
from beian.models import Account, Membership, SettingOverride, User
from tests.builders import post
from tests.verification.reading import code_sent_to
from verification import demo

pytestmark = pytest.mark.django_db


@pytest.fixture
def _demo(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "DEMO", True)
    monkeypatch.setattr(settings, "KEYS_DIR", tmp_path)


@pytest.mark.parametrize("command", ["load_demo", "demo_logins"])
def test_installation_with_real_people_refuses_the_command(command):
    with pytest.raises(CommandError):
        call_command(command)

    assert User.objects.count() == 0


@pytest.mark.usefixtures("_demo")
def test_loading_twice_makes_everybody_once():
    call_command("load_demo", verbosity=0)
    call_command("load_demo", verbosity=0)

    assert (User.objects.count(), Account.objects.count(), Membership.objects.count()) == (15, 3, 5)
    assert SettingOverride.objects.count() == 1
    states = Account.objects.order_by("created_at").values_list("real_name_state", flat=True)
    assert list(states) == [
        RealNameState.VERIFIED,
        RealNameState.UNVERIFIED,
        RealNameState.VERIFIED,
    ]


@pytest.mark.usefixtures("_demo")
def test_demo_applicant_can_sign_in():
    demo.load()
    client = Client()

    post(client, "/sign-in/?next=/account/", {"phone": demo.APPLICANTS[0].phone})
    answer = post(client, "/sign-in/code/", {"code": code_sent_to(demo.APPLICANTS[0].phone)})

    assert answer.url == "/account/"


@pytest.mark.usefixtures("_demo")
def test_printed_logins_name_everybody_and_the_password(capsys):
    demo.load()
    capsys.readouterr()

    call_command("demo_logins")

    printed = capsys.readouterr().out
    people = [*(person.phone for person in demo.APPLICANTS), *(one.name for one in demo.STAFF)]
    assert [name for name in people if name not in printed] == []
    assert demo.staff_password() in printed
