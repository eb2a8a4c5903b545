"""Start the simulated world as its own process, and talk to it as a product would."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_SECONDS = 60


class RunningWorld:
    """A served world on a free port, with its state in a directory of its own."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.port = free_port()
        self.output = ""
        self.process = start(self.port, state)
        self._wait()

    def stop(self) -> int:
        """Ask it to end, keep what it printed, and give its exit code."""
        self.process.send_signal(signal.SIGTERM)
        self.output, _ = self.process.communicate(timeout=20)
        return self.process.returncode

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the simulated world ended at its start"
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the simulated world did not answer")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(port: int, state: Path, *options: str) -> subprocess.Popen[str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BEIAN_", "OUTSIDE_", "DJANGO_"))
    }
    return subprocess.Popen(
        [sys.executable, "-m", "outside", "serve", "--port", str(port), *options],
        cwd=ROOT,
        env=inherited | {"BEIAN_STATE_DIR": str(state)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
