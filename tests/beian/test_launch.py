"""The launcher: refuses a taken port, keeps its processes together, skips what has been done."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from beian.launch.place import place_from_environment
from beian.launch.processes import Process
from beian.launch.stamps import Stamps, fingerprint
from beian.launch.supervise import Group
from tests.consistency.sources import ROOT
from tests.private_servers import free_port

SLEEPS = [sys.executable, "-c", "import time; print('ready', flush=True); time.sleep(60)"]
FAILS = [sys.executable, "-c", "import sys; sys.exit(3)"]

# A group of its own process, to be ended by real signals: one child that has a child itself.
SUPERVISOR = """
import os, sys
from beian.launch.place import place_from_environment
from beian.launch.processes import Process
from beian.launch.supervise import Group

group = Group(dict(os.environ), sys.stdout.buffer)
group.listen()
nested = "import subprocess; subprocess.run(['sleep', '20'])"
group.start(Process("web", [sys.executable, "-c", nested]))
group.say(str(group.running["web"].pid))
sys.exit(group.wait())
"""


@pytest.fixture
def group() -> Iterator[Group]:
    group = Group(dict(os.environ), BytesIO())
    yield group
    group.stop()


def wait_until(condition: Callable[[], bool], limit: float = 10) -> None:
    deadline = time.monotonic() + limit
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert condition()


def session_is_gone(leader: int) -> bool:
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return True
    return False


def test_group_ends_with_the_first_process_that_ends(group: Group) -> None:
    group.start(Process("worker", SLEEPS))
    group.start(Process("web", FAILS))

    assert group.wait() == 3
    assert group.running["worker"].poll() is not None
    assert "web ended with 3" in group.log.getvalue().decode()


def test_log_lines_carry_the_name_of_the_process(group: Group) -> None:
    group.start(Process("worker", SLEEPS))

    wait_until(lambda: group.log.getvalue() == b"worker  | ready\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_ends_the_processes_and_their_children(number: signal.Signals) -> None:
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR], cwd=ROOT, stdout=subprocess.PIPE
    )
    leader = int(supervisor.stdout.readline())

    supervisor.send_signal(number)

    assert supervisor.wait(timeout=15) == 0
    supervisor.stdout.close()
    wait_until(lambda: session_is_gone(leader))


def test_processes_end_when_the_supervisor_is_killed_outright() -> None:
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR], cwd=ROOT, stdout=subprocess.PIPE
    )
    child = int(supervisor.stdout.readline())
    # From then on the kernel ends it with the supervisor.
    wait_until(lambda: b"setpriv" not in Path(f"/proc/{child}/cmdline").read_bytes())

    supervisor.kill()
    supervisor.wait(timeout=15)
    supervisor.stdout.close()

    wait_until(lambda: not Path(f"/proc/{child}/exe").exists())


def test_taken_port_is_refused_with_the_remedy(tmp_path: Path) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        result = subprocess.run(
            [sys.executable, "-m", "beian.launch"],
            cwd=ROOT,
            env={**os.environ, "PORT": str(port), "BEIAN_STATE_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert result.returncode == 1
    assert result.stderr == (
        f"端口 {port} 已被占用，请换一个，例如 PORT={port + 100} ./dev run"
        f" / port {port} is taken, choose another with PORT=\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_stamp_is_current_until_a_file_changes(tmp_path: Path) -> None:
    source = tmp_path / "0001_initial.py"
    source.write_text("one")
    stamps = Stamps(tmp_path / "stamps")
    assert not stamps.is_current("migrations", fingerprint([source]))

    stamps.write("migrations", fingerprint([source]))
    assert stamps.is_current("migrations", fingerprint([source]))

    source.write_text("two")
    assert not stamps.is_current("migrations", fingerprint([source]))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"PORT": "9000"}, "http://127.0.0.1:9000"),
        ({"PORT": "9000", "HOST": "0.0.0.0"}, "http://127.0.0.1:9000"),
        ({"PORT": "9000", "HOST": "192.0.2.7"}, "http://192.0.2.7:9000"),
        ({"BEIAN_PUBLIC_URL": "https://beian.example"}, "https://beian.example"),
    ],
)
def test_messages_carry_the_address_the_product_listens_on(
    given: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PORT", "HOST", "BEIAN_PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    environment = place_from_environment().environment()

    assert environment["BEIAN_PUBLIC_URL"] == expected
