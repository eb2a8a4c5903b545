"""Commands of the product in processes of their own, with a state folder of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.browser.product import new_database
from tests.consistency.sources import ROOT


def environment_of(kind: str, state: Path) -> dict[str, str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BEIAN_")}
    environment |= {
        "BEIAN_STATE_DIR": str(state),
        "BEIAN_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "beian.settings",
    }
    if kind == "postgresql":
        environment["BEIAN_DATABASE_URL"] = new_database()
    return environment


def run(environment: dict[str, str], *arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout
