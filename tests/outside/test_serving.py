import re

import pytest

from outside.binding import ExposureRefused, check_binding
from tests.outside.client import Client, application
from tests.outside.server import ROOT, RunningWorld, free_port, start


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9", "localhost", "::1"])
def test_loopback_address_is_accepted(host):
    check_binding(host, allow_remote=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "portal.example", ""])
def test_reachable_address_is_refused_unless_insisted_on(host):
    check_binding(host, allow_remote=True)

    with pytest.raises(ExposureRefused):
        check_binding(host, allow_remote=False)


def test_serving_everyone_ends_with_a_reason(tmp_path):
    process = start(free_port(), tmp_path, "--host", "0.0.0.0")

    output, _ = process.communicate(timeout=20)

    assert process.returncode == 2
    assert "Refusing to listen on 0.0.0.0" in output


def test_state_survives_a_restart_and_the_end_is_clean(own_world):
    Client(own_world.port).upload(application())

    exit_code = own_world.stop()
    again = RunningWorld(own_world.state)

    assert exit_code == 0
    assert Client(again.port).last_seq() == 1
    again.stop()


def test_request_under_a_foreign_name_is_refused(world: Client):
    assert world.get("/phone/", Host="portal.example").status == 400


def test_form_sent_without_its_token_is_refused(world: Client):
    assert world.call("/clock/reset/", {}, "application/x-www-form-urlencoded").status == 403


def test_output_names_no_phone_number(own_world):
    client = Client(own_world.port)
    client.get("/phone/13800000031/")
    client.get("/phone/13800000031/nothing-here")

    own_world.stop()

    assert "13800000031" not in own_world.output


def test_package_imports_nothing_of_the_product():
    imports = re.compile(r"^\s*(?:from|import) (?:beian|rules|verification|orders)\b", re.M)

    guilty = [
        str(path) for path in (ROOT / "outside").rglob("*.py") if imports.search(path.read_text())
    ]

    assert guilty == []
