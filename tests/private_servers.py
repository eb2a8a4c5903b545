"""Start PostgreSQL and Redis in temporary folders, each under its own user when we are root."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_LIMIT_S = 30.0

# Durability is for production; a test cluster lives for minutes.
POSTGRESQL_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "listen_addresses": "127.0.0.1",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


@contextmanager
def postgresql() -> Iterator[str]:
    """Yield the URL of a fresh cluster's database `beian`; remove the cluster afterwards."""
    with cluster_folder() as folder, served_cluster(folder / "data") as port:
        binary = str(_postgresql_binaries() / "createdb")
        _until_success([binary, "-h", "127.0.0.1", "-p", str(port), "-U", "beian", "beian"])
        yield f"postgres://beian@127.0.0.1:{port}/beian"


@contextmanager
def cluster_folder() -> Iterator[Path]:
    """A folder of the server's user with an empty cluster in `data`."""
    with _folder_owned_by("postgres") as folder:
        as_postgres(
            "initdb",
            *["--pgdata", str(folder / "data"), "--username", "beian", "--auth", "trust"],
            *["--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions"],
        )
        yield folder


@contextmanager
def served_cluster(data: Path, **options: str) -> Iterator[int]:
    """Yield the port of a server on the cluster `data`; `options` are its settings."""
    port, folder = free_port(), data.parent
    settings = {**POSTGRESQL_OPTIONS, "port": str(port), "unix_socket_directories": str(folder)}
    command = [str(_postgresql_binaries() / "postgres"), "-D", str(data)]
    words = (("-c", f"{key}={value}") for key, value in {**settings, **options}.items())
    server = _start_as("postgres", [*command, *(word for pair in words for word in pair)],
                       folder / "log")  # fmt: skip
    try:
        _wait_for_port(port, server, folder / "log")
        ready = str(_postgresql_binaries() / "pg_isready")
        _until_success([ready, "-h", "127.0.0.1", "-p", str(port)])
        yield port
    finally:
        server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
        server.wait(timeout=START_LIMIT_S)


def as_postgres(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs as its user."""
    _run_as("postgres", [str(_postgresql_binaries() / program), *arguments])


@contextmanager
def redis() -> Iterator[str]:
    """Yield the URL of an empty Redis without persistence, without a database number."""
    with redis_server() as server:
        yield server.url


class RedisServer:
    """A Redis that keeps nothing: started again on its port, it is empty."""

    def __init__(self, binary: str, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        # No snapshots and no log: the tests look into what is kept, not on the disk.
        options = {"port": str(self.port), "bind": "127.0.0.1", "dir": str(folder)}
        options |= {"save": "", "appendonly": "no", "databases": "64", "daemonize": "no"}
        self.command = [binary, *[w for key, value in options.items() for w in (f"--{key}", value)]]
        self.start()

    def start(self) -> None:
        self.process = _start_as("redis", self.command, self.folder / "log")
        _wait_for_port(self.port, self.process, self.folder / "log")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=START_LIMIT_S)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=START_LIMIT_S)


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """The same as an object that can be killed and started again."""
    binary = shutil.which("redis-server")
    if binary is None:
        raise FileNotFoundError("redis-server is missing: apt-get install redis-server")
    with _folder_owned_by("redis") as folder:
        server = RedisServer(binary, folder)
        try:
            yield server
        finally:
            server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _postgresql_binaries() -> Path:
    """Debian keeps server binaries out of the PATH, one folder a major version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise FileNotFoundError("initdb is missing: apt-get install postgresql")
    return Path(on_path).resolve().parent


@contextmanager
def _folder_owned_by(preferred: str) -> Iterator[Path]:
    """A temporary folder that the server's user may write to; removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"beian-{preferred}-"))
    if os.geteuid() == 0:
        entry = pwd.getpwnam(_user(preferred))
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user(preferred: str) -> str:
    try:
        return pwd.getpwnam(preferred).pw_name
    except KeyError:
        return "nobody"


def _as_user(preferred: str, command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root, so root hands it to its own user.

    The kernel interrupts the server should the test process be killed outright.
    """
    words = ["setpriv", "--pdeathsig", "INT"]
    if os.geteuid() == 0:
        entry = pwd.getpwnam(_user(preferred))
        words += [f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]
    return [*words, *command]


def _run_as(user: str, command: list[str]) -> None:
    subprocess.run(_as_user(user, command), check=True, capture_output=True, cwd="/")


def _start_as(user: str, command: list[str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as stream:
        return subprocess.Popen(
            _as_user(user, command),
            stdout=stream,
            stderr=stream,
            stdin=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )


def _wait_for_port(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"server did not start:\n{log.read_text(errors='replace')}")


def _until_success(command: list[str]) -> None:
    """PostgreSQL accepts connections a moment before it is ready to serve them."""
    deadline = time.monotonic() + START_LIMIT_S
    while True:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode == 0:
            return
        if time.monotonic() > deadline:
            raise RuntimeError(result.stderr)
        time.sleep(0.1)
