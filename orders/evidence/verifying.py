"""Checking a bundle with nothing but the bundle: no database, no keys."""

import hashlib
import json
import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orders.dossier import seal_of_submission
from orders.evidence import persons, pictures
from orders.evidence.persons import sealed_faces
from orders.evidence.submissions import CONTENT, FINDINGS, OBJECTIONS, SEALED, folder_of
from orders.evidence.writing import MANIFEST

_PIECE = 1 << 20
# What reading an altered member may raise.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)


class NotABundle(Exception):
    """There is nothing to check; the text says why, in both languages."""


@dataclass(frozen=True)
class Verified:
    """`altered` is what is no longer as it was made, `named` what was wrong when it was made."""

    order: str
    made_at: str
    manifest_sha256: str
    member_count: int
    altered: list[str]
    named: list[str]


def verify_bundle(path: Path, told_sha256: str = "") -> Verified:
    """`told_sha256` is the manifest's hash as the export told it; raises NotABundle."""
    with _opened(path) as archive:
        raw = _manifest_of(archive)
        sha256 = hashlib.sha256(raw).hexdigest()
        altered = []
        if told_sha256 and told_sha256.lower() != sha256:
            altered.append(f"{MANIFEST}：不是导出时的清单 / not the manifest that was exported")
        try:
            manifest = json.loads(raw)
            altered += [*_members(archive, manifest), *_seals(archive, manifest)]
            return Verified(
                order=str(manifest["order"]),
                made_at=str(manifest["made_at"]),
                manifest_sha256=sha256,
                member_count=len(manifest["members"]),
                altered=altered,
                named=[str(problem) for problem in manifest["problems"]],
            )
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise NotABundle(
                f"{MANIFEST} 无法读取 / cannot be read: {type(error).__name__}"
            ) from error


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except (ValueError, *_UNREADABLE) as error:
        raise NotABundle(f"{path} 无法打开 / cannot be opened: {error}") from error
    with archive:
        yield archive


def _manifest_of(archive: zipfile.ZipFile) -> bytes:
    try:
        return archive.read(MANIFEST)
    except (KeyError, *_UNREADABLE) as error:
        raise NotABundle(
            f"没有可读的 {MANIFEST}，不是证据包 / no readable {MANIFEST}: not an evidence bundle"
        ) from error


def _members(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> Iterator[str]:
    counts = Counter(archive.namelist())
    for name, told in manifest["members"].items():
        if name not in counts:
            yield f"{name}：已被删除 / was removed"
        elif _sha256_of(archive, name) != told["sha256"]:
            yield f"{name}：已被改动 / was altered"
    for name, count in counts.items():
        if name not in manifest["members"] and name != MANIFEST:
            yield f"{name}：后来加入的 / was added"
        if count > 1:
            yield f"{name}：出现了 {count} 次 / is there {count} times"


def _sha256_of(archive: zipfile.ZipFile, name: str) -> str:
    """ "" for what cannot be read any more."""
    found = hashlib.sha256()
    try:
        with archive.open(name) as member:
            while piece := member.read(_PIECE):
                found.update(piece)
    except _UNREADABLE:
        return ""
    return found.hexdigest()


def _seals(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> Iterator[str]:
    """Whether each submission still has its seal, and its own pictures and photos."""
    for row in manifest["submissions"]:
        folder = folder_of(row["round"])
        try:
            sealed = json.loads(archive.read(f"{folder}/{SEALED}"))
        except (KeyError, ValueError, *_UNREADABLE):
            yield f"{folder}：{_UNCHECKED}"
            continue
        yield from _seal(archive, folder, row, sealed)
        yield from _pictures(manifest, sealed)


_UNCHECKED = "封存值无法核对 / the seal cannot be checked"


def _seal(
    archive: zipfile.ZipFile, folder: str, row: dict[str, Any], sealed: dict[str, Any]
) -> Iterator[str]:
    if not row["verifies"]:
        return  # told when it was made
    try:
        content, findings = (archive.read(f"{folder}/{part}") for part in (CONTENT, FINDINGS))
        objections = _if_there(archive, f"{folder}/{OBJECTIONS}")
    except (KeyError, *_UNREADABLE):
        yield f"{folder}：{_UNCHECKED}"
        return
    seal = seal_of_submission(
        content,
        findings,
        rule_set_version=sealed["rule_set_version"],
        document_hashes=sealed["document_hashes"],
        truthfulness=sealed["truthfulness"],
        objections=objections,
    )
    if not seal == sealed["seal"] == row["seal"]:
        yield f"{folder}：与封存值不符 / differs from its seal"


def _if_there(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


def _pictures(manifest: dict[str, Any], sealed: dict[str, Any]) -> Iterator[str]:
    """Each is the one that was sealed, or the manifest says why it is not there."""
    hashes = {pictures.member_of(pk): sha256 for pk, sha256 in sealed["document_hashes"].items()}
    hashes |= {persons.member_of(pk): sha256 for pk, sha256 in sealed_faces(sealed["truthfulness"])}
    left_out = {row["member"] for row in manifest["left_out"]}
    for member, sha256 in hashes.items():
        told = manifest["members"].get(member)
        if any(member in problem for problem in manifest["problems"]):
            continue  # told when it was made
        if told is None and member not in left_out:
            yield f"{member}：不在证据包中，也没有说明原因 / is not there, and nothing says why"
        elif told is not None and told["sha256"] != sha256:
            yield f"{member}：不是提交时的图片 / not the picture that was submitted"
