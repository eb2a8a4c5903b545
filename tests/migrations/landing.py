"""Read a kept release: `./dev manage dump_landing <name>` has written it."""

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
    return json.loads(gzip.decompress((FOLDER / f"{name}.json.gz").read_bytes()))


def lay_out(landing: dict[str, Any], state: Path) -> None:
    """Put keys and files where the product looks for them."""
    for kind in ("keys", "files"):
        for name, content in landing[kind].items():
            path = state / kind / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(base64.b64decode(content))


def from_json(value: object) -> object:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value
