"""Notices outlive everything: web, worker, relay and Redis killed outright again and again.

A round is one notice that leaves the house. Applicants submit and withdraw through the web server;
most notices are written beside them, each with its event's transaction, as fast as the relay can
take them. Afterwards what people have received is compared with what was written.
"""

from __future__ import annotations

import threading
import time
import uuid
from datetime import timedelta
from pathlib import Path
from random import Random

from django.db import connections, transaction

from beian.actions.notices import Message, queue_notice
from beian.enums import Channel
from tests.kill.applicants import Person, Stuck
from tests.kill.counting import arrived, known, unsent, written, wrong_histories
from tests.kill.parts import KILLED, Parts, running_parts
from tests.measuring import progress
from tests.prove.frame import proof

# Each part is killed once in so many notices: 50 times in 10,000.
NOTICES_PER_KILL = 200
# One in so many notices comes through the web server.
PER_WEB_NOTICE = 20
PEOPLE = 4
# Beyond so many unsent notices the writers wait for the relay.
MOST_WAITING = 400
PER_EVENT = 4
# A worker that died holds its notices for this long (beian.actions.notices); the clock is moved.
OVERTAKEN_AFTER = timedelta(minutes=3)
START_LIMIT_S = 120.0
SMALL_STAY_S, LONG_STAY_S = (0.2, 1.0), (1.0, 5.0)


@proof(
    "kill",
    small=40,
    full=10_000,
    batch=2_500,
    must_be_zero=("lost", "duplicated", "unsent", "wrong_histories", "web_errors", "ended"),
)
def kill(start: int, count: int, seed: int) -> dict[str, int]:
    with running_parts() as parts:
        # Where an earlier batch left it ahead, everybody would be signed out at once.
        parts.move_clock(timedelta())
        people = [Person(parts.place.port, start + number + 1) for number in range(PEOPLE)]
        _wait_for_web(people[0])
        run = _Run(parts, people, count, Random(f"{seed}:{start}"))
        run.everything()
        tally = run.tally()
        if any(tally[name] for name in ("lost", "unsent", "ended")):
            progress(parts.log_tail())
    return tally


class _Run:
    """Writers, applicants and the killer at work until `count` notices are written."""

    def __init__(self, parts: Parts, people: list[Person], count: int, dice: Random) -> None:
        self.parts, self.people, self.count, self.dice = parts, people, count, dice
        self.rounds = max(1, count // PER_WEB_NOTICE // len(people))
        self.direct = max(0, count - self.rounds * len(people))
        self.kills = dict.fromkeys(KILLED, 0)
        times = max(1, -(-count // NOTICES_PER_KILL))
        self.victims = [name for name in KILLED for _time in range(times)]
        dice.shuffle(self.victims)
        self.ended: set[str] = set()
        self.ahead = timedelta()
        self.before = known()

    def everything(self) -> None:
        threads = [threading.Thread(target=self._walk, args=(one,)) for one in self.people]
        threads.append(threading.Thread(target=self._write))
        for thread in threads:
            thread.start()
        self._kill_all()
        for thread in threads:
            thread.join()
        self._drain()

    def _walk(self, person: Person) -> None:
        try:
            for _round in range(self.rounds):
                person.go_round()
        except Stuck as error:
            person.errors += 1
            progress(str(error))
        finally:
            connections.close_all()

    def _write(self) -> None:
        """Events of many recipients, spread over the time the kills take."""
        try:
            for first in range(0, self.direct, PER_EVENT):
                self._write_event(range(first, min(first + PER_EVENT, self.direct)))
                while first > self._written_by_now() or unsent() > MOST_WAITING:
                    time.sleep(0.1)
        finally:
            connections.close_all()

    def _written_by_now(self) -> int:
        """As many as fit to the kills so far, so that every kill meets a relay at work."""
        return self.direct * (1 + sum(self.kills.values())) // (1 + len(self.victims))

    def _write_event(self, numbers: range) -> None:
        event = uuid.uuid4()
        with transaction.atomic():
            for number in numbers:
                is_sms = number % 2 == 0
                queue_notice(
                    event_key=f"proof:{event}",
                    channel=Channel.SMS if is_sms else Channel.MAIL,
                    recipient=f"1350000{number % 9000:04}" if is_sms else f"n{number}@example.com",
                    message=Message("proof", f"{event} {number}", "示例"),
                )

    def _kill_all(self) -> None:
        for name in self.victims:
            # Long enough that what was started last has begun to work, sometimes not quite.
            stay = LONG_STAY_S if self.count > NOTICES_PER_KILL else SMALL_STAY_S
            time.sleep(self.dice.uniform(*stay))
            self.ended |= set(self.parts.ended())
            self.parts.kill(name)
            self.kills[name] += 1
            time.sleep(self.dice.uniform(0, 0.5))
            self.parts.start(name)
            self._move_clock()

    def _move_clock(self) -> None:
        self.ahead += OVERTAKEN_AFTER / 3
        self.parts.move_clock(self.ahead)

    def _drain(self) -> None:
        """Until everything is out, moving the clock past what dead workers hold."""
        limit = time.monotonic() + START_LIMIT_S + self.count / 10
        while unsent() and time.monotonic() < limit:
            self.ahead += OVERTAKEN_AFTER / 10
            self.parts.move_clock(self.ahead)
            time.sleep(0.5)

    def tally(self) -> dict[str, int]:
        self.ended |= set(self.parts.ended())
        sent, seen = written(self.before), arrived(Path(self.parts.environment["OUTSIDE_DATABASE"]))
        return {
            "notices": sum(sent.values()),
            "through_web": sum(person.done["submit"] for person in self.people),
            **{f"killed_{name}": times for name, times in self.kills.items()},
            "lost": sum((sent - seen).values()),
            "duplicated": sum((seen - sent).values()),
            "unsent": unsent(),
            "wrong_histories": wrong_histories(self.people),
            "web_errors": sum(person.errors for person in self.people),
            "ended": len(self.ended),
        }


def _wait_for_web(person: Person) -> None:
    limit = time.monotonic() + START_LIMIT_S
    while not person.post("/language/", {"idempotency_key": uuid.uuid4().hex}):
        if time.monotonic() > limit:
            raise RuntimeError("the web server did not start")
        time.sleep(0.2)
