"""Everything that must exist before the processes start; skipped when nothing changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from beian.launch.place import ROOT, Place
from beian.launch.stamps import Stamps, fingerprint
from beian.translation.compiled import compile_catalogues

FOLDERS = ("files", "keys", "log", "broker/queue", "broker/control")


class PreparationFailed(Exception):
    """A management command did not succeed; its output has been printed."""


def prepare(place: Place) -> None:
    for name in FOLDERS:
        (place.state / name).mkdir(parents=True, exist_ok=True)
    stamps = Stamps(place.state / "stamps")
    compile_catalogues(ROOT)
    _migrate(place, stamps)
    _collect_static(place, stamps)
    _load_demo(place, stamps)


def demo_logins(place: Place) -> str:
    path = place.state / "demo-logins.txt"
    return path.read_text() if path.is_file() else ""


def _migrate(place: Place, stamps: Stamps) -> None:
    value = fingerprint(_files("*/migrations/*.py"), place.database_url)
    # A database elsewhere may have been replaced since, so only the embedded one is trusted.
    trusted = not place.database_url and (place.state / "db.sqlite3").is_file()
    if trusted and stamps.is_current("migrations", value):
        return
    _manage(place, "migrate", "--no-input", "--verbosity", "0")
    stamps.write("migrations", value)


def _collect_static(place: Place, stamps: Stamps) -> None:
    value = fingerprint([*_files("static/**/*"), ROOT / "requirements/run.txt"])
    if (place.state / "static").is_dir() and stamps.is_current("static", value):
        return
    _manage(place, "collectstatic", "--no-input", "--clear", "--verbosity", "0")
    stamps.write("static", value)


def _load_demo(place: Place, stamps: Stamps) -> None:
    """Demo data once per database; the command itself leaves existing rows alone."""
    database = place.database_url or "embedded"
    if not stamps.is_current("demo", database):
        _manage(place, "load_demo")
        stamps.write("demo", database)
    if not stamps.is_current("logins", f"{database} {place.url}"):
        (place.state / "demo-logins.txt").write_text(_manage(place, "demo_logins"))
        stamps.write("logins", f"{database} {place.url}")


def _files(pattern: str) -> Iterable[Path]:
    return [path for path in ROOT.glob(pattern) if path.is_file()]


def _manage(place: Place, *arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=place.environment(),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if result.returncode:
        print(result.stdout, file=sys.stderr)
        raise PreparationFailed(f"manage.py {' '.join(arguments)} ended with {result.returncode}")
    return result.stdout
