"""Older content is upgraded when read; frozen bytes and their seal stay as they are."""

from collections.abc import Callable

from rules.certificates import is_sole_proprietors

from .model import ENTERPRISE, SCHEMA_VERSION


def _mark_sole_proprietor(content: dict) -> dict:
    """Until 2 only the number told; trade name and seal were not asked."""
    subject = content.setdefault("subject", {})
    is_code = is_sole_proprietors(subject.get("cert_number", ""))
    subject["is_sole_proprietor"] = subject.get("nature") == ENTERPRISE and is_code
    return content


# {version found: function to the next version}; grows with SCHEMA_VERSION.
UPGRADES: dict[int, Callable[[dict], dict]] = {1: _mark_sole_proprietor}


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
