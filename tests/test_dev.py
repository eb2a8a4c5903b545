"""What `./dev` promises beside the product: words for who is not root, and a clean slate."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.consistency.sources import ROOT

PACKAGES = "chromium fonts-noto-cjk libatomic1 postgresql redis-server"


def dev(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["./dev", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def bare_machine(tmp_path: Path) -> Path:
    """Commands of a machine on which nothing is installed and nobody is root."""
    answers = {"id": "echo 1000", "dpkg-query": "exit 1", "apt-get": f"touch {tmp_path}/installed"}
    for name, line in answers.items():
        command = tmp_path / name
        command.write_text(f"#!/bin/sh\n{line}\n")
        command.chmod(0o755)
    return tmp_path


def test_who_is_not_root_is_told_which_packages_to_install(bare_machine: Path) -> None:
    done = dev("test", "--version", PATH=f"{bare_machine}:{os.environ['PATH']}")

    assert done.stderr.splitlines()[0] == (
        "缺少系统软件包，请安装 / missing system packages, please run: "
        f"sudo apt-get install {PACKAGES}"
    )
    assert not (bare_machine / "installed").exists()
    # The tests that need none of them run all the same.
    assert (done.returncode, "pytest" in done.stdout + done.stderr) == (0, True)


def test_clean_removes_the_state_and_nothing_beside_it(tmp_path: Path) -> None:
    state, neighbour = tmp_path / "state", tmp_path / "neighbour"
    for name in ("keys/demo.json", "files/one.jpg", "db.sqlite3"):
        (state / name).parent.mkdir(parents=True, exist_ok=True)
        (state / name).write_text("x")
    neighbour.mkdir()

    done = dev("clean", BEIAN_STATE_DIR=str(state))

    assert (done.returncode, done.stderr) == (0, "已清除本地数据 / local state removed\n")
    assert list(tmp_path.iterdir()) == [neighbour]
