"""`manage.py verify_evidence`: what was altered in a bundle, without a database."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError

from beian import clock
from orders.dossier import seal_of_submission
from orders.evidence.verifying import verify_bundle
from orders.evidence.writing import Bundle
from tests.orders.evidence_stage import rewritten, verify

# No database: pytest-django refuses every query here.
PICTURE = b"a picture"
HASHES = {"p1": hashlib.sha256(PICTURE).hexdigest()}
PARTS = {"rule_set_version": "1", "document_hashes": HASHES, "truthfulness": []}
SEAL = seal_of_submission(b"{}", b"[]", **PARTS)
FOLDER = "submissions/1"


@pytest.fixture
def path(tmp_path) -> Path:
    target = tmp_path / "bundle.zip"
    with target.open("wb") as file, Bundle(file, clock.now()) as bundle:
        bundle.put(f"{FOLDER}/content.json", [b"{}"])
        bundle.put(f"{FOLDER}/findings.json", [b"[]"])
        bundle.put_json(f"{FOLDER}/sealed.json", {**PARTS, "seal": SEAL})
        bundle.put("pictures/p1.jpg", [PICTURE])
        submissions = [{"round": 1, "seal": SEAL, "verifies": True}]
        head = {"order": "BA1", "made_at": "2026-11-26", "submissions": submissions}
        bundle.put_manifest(head)
    return target


def altered(path: Path, **changes: bytes | None) -> list[str]:
    return verify_bundle(rewritten(path, **changes)).altered


def manifest_with(path: Path, change) -> bytes:
    """What somebody writes who knows how a manifest is made."""
    with zipfile.ZipFile(path) as archive:
        content = json.loads(archive.read("manifest.json"))
    change(content)
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def fitted(name: str, content: bytes, path: Path) -> dict[str, bytes]:
    """A changed member and a manifest that has its hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    entry = {"sha256": sha256, "bytes": len(content)}
    return {
        name: content,
        "manifest.json": manifest_with(path, lambda told: told["members"].update({name: entry})),
    }


def test_untouched_bundle_is_whole(path):
    assert verify_bundle(path).altered == []
    assert "4 个文件与清单一致" in verify(path)


def test_altered_member_is_named(path):
    assert altered(path, **{"pictures/p1.jpg": b"another"}) == [
        "pictures/p1.jpg：已被改动 / was altered"
    ]


def test_removed_and_added_members_are_named(path):
    assert altered(path, **{"pictures/p1.jpg": None, "more.txt": b"x"}) == [
        "pictures/p1.jpg：已被删除 / was removed",
        "more.txt：后来加入的 / was added",
    ]


def test_damaged_bytes_are_named(path):
    """Not by somebody who writes a ZIP, but on the disk: the archive's own sum does not fit."""
    raw = bytearray(path.read_bytes())
    place = raw.index(b"pictures/p1.jpg") + len(b"pictures/p1.jpg")
    raw[place : place + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(raw)

    assert verify_bundle(path).altered == ["pictures/p1.jpg：已被改动 / was altered"]


def test_submission_that_differs_from_its_seal_is_named_whatever_the_manifest_says(path):
    changes = fitted(f"{FOLDER}/content.json", b'{"a":1}', path)

    assert altered(path, **changes) == [f"{FOLDER}：与封存值不符 / differs from its seal"]


def test_other_picture_is_named_whatever_the_manifest_says(path):
    changes = fitted("pictures/p1.jpg", b"another", path)

    assert altered(path, **changes) == [
        "pictures/p1.jpg：不是提交时的图片 / not the picture that was submitted"
    ]


def test_new_manifest_is_found_out_by_the_hash_the_export_told(path):
    told = verify_bundle(path).manifest_sha256
    changes = {"manifest.json": manifest_with(path, lambda content: content.update(order="BA2"))}
    other = rewritten(path, **changes)

    assert verify_bundle(other).altered == []
    assert verify_bundle(path, told.upper()).altered == []
    with pytest.raises(CommandError, match="改动过"):
        verify(other, "--manifest", told)


def _of_version(raw: bytes, version: int) -> bytes:
    """The version needed to extract the first member, in the directory at the end."""
    entry = raw.index(b"PK\x01\x02")
    return raw[: entry + 6] + bytes([version]) + raw[entry + 7 :]


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b"no archive"),
        lambda path: path.unlink(),
        # Cut off, and of a ZIP that nobody can read yet.
        lambda path: path.write_bytes(path.read_bytes()[:-30]),
        lambda path: path.write_bytes(_of_version(path.read_bytes(), 99)),
        lambda path: rewritten(path, **{"manifest.json": None}).rename(path),
        lambda path: rewritten(path, **{"manifest.json": b"{}"}).rename(path),
        lambda path: rewritten(path, **{"manifest.json": b"\xff"}).rename(path),
        lambda path: rewritten(path, **{"manifest.json": b"[1]"}).rename(path),
    ],
)
def test_what_is_no_bundle_is_said_to_be_none(path, make):
    make(path)

    with pytest.raises(CommandError, match=r"cannot be opened|not an evidence|cannot be read"):
        verify(path)
