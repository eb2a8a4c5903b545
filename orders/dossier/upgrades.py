"""Older content is upgraded when read; frozen bytes and their seal stay as they are."""

from collections.abc import Callable

from .model import SCHEMA_VERSION

# {version found: function to the next version}; grows with SCHEMA_VERSION.
UPGRADES: dict[int, Callable[[dict], dict]] = {}


class UnknownSchema(Exception):
    """Content of a version this program has never known."""


def upgrade(content: dict) -> dict:
    """Return `content` in the current schema; raises UnknownSchema."""
    version = content.get("schema_version", 1)
    while version < SCHEMA_VERSION:
        content = UPGRADES[version](content)
        version += 1
        content["schema_version"] = version
    if version != SCHEMA_VERSION:
        raise UnknownSchema(f"dossier schema {version}; this program knows {SCHEMA_VERSION}")
    return content
