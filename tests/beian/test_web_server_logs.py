"""What the web server itself writes, about requests that no page ever sees among others."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.consistency.sources import ROOT
from tests.private_servers import free_port

PHONE, NAME = "13800000034", "张三"
UNREADABLE = f"GET /?phone={PHONE}&name={NAME} HTTP/9.9\r\nHost: x\r\n\r\n"
LIMIT_S = 120.0


def test_request_that_cannot_be_read_is_told_in_a_line_like_all_others(tmp_path: Path) -> None:
    port, written = free_port(), tmp_path / "stderr"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BEIAN_")}
    environment |= {"BEIAN_DEMO": "1", "BEIAN_STATE_DIR": str(tmp_path)}
    (tmp_path / "static").mkdir()
    with written.open("w") as errors:
        server = subprocess.Popen(
            [
                *[sys.executable, "-m", "gunicorn", "--config", "python:beian.gunicorn_config"],
                *["--bind", f"127.0.0.1:{port}", "beian.wsgi:application"],
            ],
            cwd=ROOT,
            env=environment,
            stderr=errors,
        )
        try:
            assert b"400 Bad Request" in _answer(port, UNREADABLE.encode())
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)

    lines = [json.loads(line) for line in written.read_text().splitlines()]
    (told,) = [line for line in lines if "Invalid request" in line["event"]]
    assert told["logger"] == "gunicorn.error"
    assert "[phone]" in told["event"]
    assert "name=[text] " in told["event"]
    assert any(line["event"].startswith("Listening at") for line in lines)


def _answer(port: int, request: bytes) -> bytes:
    deadline = time.monotonic() + LIMIT_S
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=LIMIT_S) as connection:
                connection.sendall(request)
                return connection.recv(4096)
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
