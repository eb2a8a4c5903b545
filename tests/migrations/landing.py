"""A kept release: `./dev landing <name>` has written it."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "landings"


def names() -> list[str]:
    return sorted(path.name.removesuffix(".json.gz") for path in FOLDER.glob("*.json.gz"))


def read(name: str) -> dict[str, Any]:
    return json.loads(gzip.decompress(_path(name).read_bytes()))


def add(name: str, **parts: object) -> None:
    """Keep more about a release, for example what its rows said."""
    text = json.dumps({**read(name), **parts}, ensure_ascii=False, indent=0)
    _path(name).write_bytes(gzip.compress(text.encode(), mtime=0))


def _path(name: str) -> Path:
    return FOLDER / f"{name}.json.gz"


def lay_out(landing: dict[str, Any], state: Path) -> None:
    """Put keys and files where the product looks for them."""
    for kind in ("keys", "files"):
        for name, content in landing[kind].items():
            path = state / kind / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(content))


def from_json(value: object) -> object:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value
