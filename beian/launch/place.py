"""Where one running copy of the product lives: ports, state folder, environment."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Servers listen there; nobody can follow a link to it.
EVERY_ADDRESS = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - compared, not listened on


@dataclass(frozen=True)
class Place:
    """Ports and folders of one copy. The simulated outside world listens one port higher."""

    host: str
    port: int
    state: Path

    @property
    def outside_port(self) -> int:
        return self.port + 1

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def public_url(self) -> str:
        """What messages call the portal: what the environment says, else where it listens."""
        host = "127.0.0.1" if self.host in EVERY_ADDRESS else self.host
        return os.environ.get("BEIAN_PUBLIC_URL", "") or f"http://{host}:{self.port}"

    @property
    def outside_url(self) -> str:
        return f"http://127.0.0.1:{self.outside_port}"

    @property
    def database_url(self) -> str:
        """The configured database, or "" for the embedded one inside the state folder."""
        return os.environ.get("BEIAN_DATABASE_URL", "")

    def environment(self) -> dict[str, str]:
        """The environment every process of this copy is started with."""
        return {
            **os.environ,
            "BEIAN_DEMO": "1",
            "BEIAN_STATE_DIR": str(self.state),
            "BEIAN_PORT": str(self.port),
            "BEIAN_PUBLIC_URL": self.public_url,
            "BEIAN_OUTSIDE_URL": self.outside_url,
            "BEIAN_CLOCK_FILE": str(self.state / "clock.json"),
            "OUTSIDE_DATABASE": str(self.state / "outside.sqlite3"),
            "DJANGO_SETTINGS_MODULE": "beian.settings",
            "PYTHONUNBUFFERED": "1",
        }


def place_from_environment() -> Place:
    state = Path(os.environ.get("BEIAN_STATE_DIR") or ROOT / "var")
    return Place(
        host=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "8000")),
        state=state.resolve(),
    )


def is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: a port in TIME_WAIT after a restart is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
