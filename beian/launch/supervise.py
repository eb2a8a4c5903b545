"""One group of processes: started together, logged with prefixes, ended together."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from typing import IO

from beian.launch.place import ROOT
from beian.launch.processes import Process

PATIENCE_S = 8.0
"""How long processes may take to finish what they are doing before they are killed."""

POLL_S = 0.1


class Group:
    """The running processes and the rule that none outlives the others.

    A process that ends by itself ends the group; SIGINT, SIGTERM and SIGHUP end it on purpose. A
    second signal does not wait any longer.
    """

    def __init__(self, environment: dict[str, str], log: IO[bytes]) -> None:
        self.environment = environment
        self.log = log
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.readers: list[threading.Thread] = []
        self.signals = 0
        self.log_lock = threading.Lock()

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._count_signal)

    def _count_signal(self, number: int, frame: object) -> None:
        self.signals += 1

    def start(self, process: Process) -> None:
        """Start in a session of its own, so that Ctrl-C reaches only the supervisor."""
        child = subprocess.Popen(
            _ends_with_parent(process.command),
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.running[process.name] = child
        reader = threading.Thread(target=self._copy_log, args=(process.name, child.stdout))
        reader.daemon = True
        reader.start()
        self.readers.append(reader)

    def _copy_log(self, name: str, stream: IO[bytes]) -> None:
        prefix = f"{name:<8}| ".encode()
        with stream:
            for line in stream:
                self._write(prefix + line)

    def ended(self) -> tuple[str, int] | None:
        """Name and exit code of a process that is no longer there."""
        for name, child in self.running.items():
            code = child.poll()
            if code is not None:
                return name, code
        return None

    def is_wanted(self) -> bool:
        return self.signals == 0 and self.ended() is None

    def wait(self) -> int:
        """Block until a signal or the end of a process; the exit code of the whole group."""
        while self.is_wanted():
            time.sleep(POLL_S)
        gone = None if self.signals else self.ended()
        self.stop()
        if gone is None:
            return 0
        name, code = gone
        self.say(
            f"进程 {name} 已退出（{code}），其他进程已停止 / {name} ended with {code}, all stopped"
        )
        return code if code > 0 else 1

    def stop(self) -> None:
        self._signal_all(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_S
        while self._alive() and time.monotonic() < deadline and self.signals < 2:
            time.sleep(POLL_S)
        # Whatever is left in the sessions, grandchildren included.
        self._signal_all(signal.SIGKILL)
        for child in self.running.values():
            child.wait()
        for reader in self.readers:
            reader.join(timeout=1)

    def say(self, text: str) -> None:
        self._write(f"{text}\n".encode())

    def _write(self, line: bytes) -> None:
        with self.log_lock:
            self.log.write(line)
            self.log.flush()

    def _alive(self) -> bool:
        return any(child.poll() is None for child in self.running.values())

    def _signal_all(self, number: signal.Signals) -> None:
        for child in self.running.values():
            try:
                os.killpg(child.pid, number)
            except ProcessLookupError:
                continue


def _ends_with_parent(command: list[str]) -> list[str]:
    """Ask the kernel to end the child when the supervisor itself is killed outright."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", *command] if setpriv else command
