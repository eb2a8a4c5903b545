"""Dossiers as bytes: canonical JSON, so that equal content has an equal seal."""

import hashlib
import json
from typing import Any

from .model import Dossier
from .upgrades import upgrade


def to_bytes(dossier: Dossier) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8."""
    content = dossier.model_dump(mode="json")
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def from_bytes(raw: bytes) -> Dossier:
    """Read and, if it is older, upgrade; raises UnknownSchema or pydantic's ValidationError."""
    return Dossier.model_validate(upgrade(json.loads(raw)))


def seal_of(*parts: bytes) -> str:
    """SHA-256 over length-prefixed parts, in hex."""
    hasher = hashlib.sha256()
    for part in parts:
        hasher.update(len(part).to_bytes(8, "big"))
        hasher.update(part)
    return hasher.hexdigest()


def seal_of_submission(
    dossier: bytes,
    findings: bytes,
    *,
    rule_set_version: str,
    document_hashes: dict[str, str],
    truthfulness: list[dict[str, Any]],
    objections: bytes = b"",
) -> str:
    """The seal over everything frozen with one submission; nothing but its parts is needed.

    Parts that came later are left out where they are empty: older seals are over fewer.
    """
    hashes = json.dumps(document_hashes, sort_keys=True).encode()
    parts = [dossier, findings, rule_set_version.encode(), hashes]
    if truthfulness or objections:
        parts.append(json.dumps(truthfulness, sort_keys=True).encode())
    if objections:
        parts.append(objections)
    return seal_of(*parts)


def json_schema() -> dict[str, Any]:
    """JSON Schema of the current version, for other programs."""
    return Dossier.model_json_schema()
