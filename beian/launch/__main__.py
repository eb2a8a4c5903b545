"""`python -m beian.launch`: prepare, start every process, say where the product is."""

from __future__ import annotations

import http.client
import sys
import time

from beian.launch import processes
from beian.launch.place import Place, is_taken, place_from_environment
from beian.launch.prepare import PreparationFailed, demo_logins, prepare
from beian.launch.supervise import Group

START_LIMIT_S = 60.0
POLL_S = 0.05


def main() -> int:
    place = place_from_environment()
    for host, port in ((place.host, place.port), ("127.0.0.1", place.outside_port)):
        if is_taken(host, port):
            print(
                f"端口 {port} 已被占用，请换一个，例如 PORT={place.port + 100} ./dev run"
                f" / port {port} is taken, choose another with PORT=",
                file=sys.stderr,
            )
            return 1
    try:
        prepare(place)
    except PreparationFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return run(place)


def run(place: Place) -> int:
    group = Group(place.environment(), sys.stdout.buffer)
    group.listen()
    group.start(processes.web(place))
    # The first page decides how fast a start feels, so the others wait for it.
    is_up = wait_for_answer(place, group)
    for process in (processes.outside, processes.worker, processes.beat):
        if group.is_wanted():
            group.start(process(place))
    if is_up and group.is_wanted():
        group.say(welcome(place))
    return group.wait()


def wait_for_answer(place: Place, group: Group) -> bool:
    deadline = time.monotonic() + START_LIMIT_S
    while group.is_wanted() and time.monotonic() < deadline:
        if answers(place.port):
            return True
        time.sleep(POLL_S)
    return False


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def welcome(place: Place) -> str:
    return "\n".join(
        [
            "",
            f"  备案通        {place.url}/",
            f"  模拟外部世界  {place.outside_url}/   (phones, mailboxes, bureau officer, clock)",
            "",
            demo_logins(place).rstrip(),
            "",
            "  按 Ctrl-C 停止 / press Ctrl-C to stop",
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
