"""The environment of a configured installation, and its programs in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.consistency.sources import ROOT

LIMIT_S = 240.0

SIMULATED = (
    "simulated-sms,simulated-mail,simulated-real-name,simulated-face,"
    "simulated-inventory,simulated-bureau,simulated-ministry"
)
"""This release brings simulated providers only, so each has to be accepted by name."""


def environment_of(state: Path, **changes: str) -> dict[str, str]:
    """What an operator sets; the database and the broker are addresses that nobody may call."""
    own = {
        "STATE_DIR": str(state),
        "DATABASE_URL": "postgres://beian@database.example/beian",
        "BROKER_URL": "redis://broker.example/0",
        "ALLOWED_HOSTS": "beian.shili-yun.example",
        "TRUSTED_PROXIES": "10.0.0.0/8",
        "HTTPS": "1",
        "ALLOW": SIMULATED,
        **changes,
    }
    rest = {k: v for k, v in os.environ.items() if not k.startswith(("BEIAN_", "DJANGO_"))}
    return {
        **rest,
        **{f"BEIAN_{name}": value for name, value in own.items()},
        "DJANGO_SETTINGS_MODULE": "beian.settings",
    }


def start(
    environment: dict[str, str], *arguments: str, folder: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run a Python program of the product until it ends."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_S,
    )


def manage(environment: dict[str, str], *arguments: str, folder: Path = ROOT) -> str:
    """The output of a management command that has to succeed."""
    result = start(environment, "manage.py", *arguments, folder=folder)
    assert result.returncode == 0, result.stderr + result.stdout
    return result.stdout
