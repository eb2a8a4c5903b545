"""The files of the repository, read once."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("beian", "rules", "verification", "orders", "outside")
PRODUCT = ("beian", "rules", "verification", "orders")
SKIPPED = {".git", ".venv", ".tools", ".hypothesis", "var", "__pycache__", "node_modules"}


@cache
def all_files() -> tuple[Path, ...]:
    return tuple(_walk(ROOT))


def _walk(folder: Path) -> Iterator[Path]:
    for name, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if f not in SKIPPED and not f.endswith("_cache"))
        yield from (Path(name, file) for file in sorted(files))


def python_files(*rooms: str, migrations: bool = False) -> list[Path]:
    return [
        path
        for path in all_files()
        if path.suffix == ".py"
        and place(path).split("/")[0] in rooms
        and (migrations or "migrations" not in path.parts)
    ]


def templates() -> list[Path]:
    return [path for path in all_files() if path.suffix == ".html" and "templates" in path.parts]


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), filename=str(path))


def place(path: Path) -> str:
    """The path as a person would write it, from the top of the repository."""
    return path.relative_to(ROOT).as_posix()
