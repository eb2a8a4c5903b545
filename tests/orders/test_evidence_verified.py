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
FACE = b"a face"
CHECKS = [
    {"photo": "f1", "photo_sha256": hashlib.sha256(FACE).hexdigest()},
    {"photo": "", "photo_sha256": "", "meeting": "m1"},
]
PARTS = {"rule_set_version": "1", "document_hashes": HASHES, "truthfulness": CHECKS}
SEAL = seal_of_submission(b"{}", b"[]", **PARTS)
FOLDER = "submissions/1"


@pytest.fixture
def path(tmp_path) -> Path:
    target = tmp_path / "bundle.zip"
    with target.open("wb") as file, Bundle(file, clock.now()) as bundle:
        bundle.put(f"{FOLDER}/content.json", [b"{}"])
        bundle.put(f"{FOLDER}/findings.json", [b"[]"])
        bundle.put_json(f"{FOLDER}/sealed.json", {**PARTS, "seal": SEAL})
        bundle.put("pictures/p1.jpg", [PICTURE], is_packed=False)
        bundle.put("faces/f1.jpg", [FACE], is_packed=False)
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
    assert "5 个文件与清单一致" in verify(path)


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


def removed(name: str, path: Path) -> dict[str, bytes | None]:
    """A member that is gone, and a manifest that never had it."""
    return {
        name: None,
        "manifest.json": manifest_with(path, lambda told: told["members"].pop(name)),
    }


@pytest.mark.parametrize("name", ["pictures/p1.jpg", "faces/f1.jpg"])
def test_picture_that_is_gone_is_named_whatever_the_manifest_says(path, name):
    assert altered(path, **removed(name, path)) == [
        f"{name}：不在证据包中，也没有说明原因 / is not there, and nothing says why"
    ]


def test_other_photo_is_named_whatever_the_manifest_says(path):
    assert altered(path, **fitted("faces/f1.jpg", b"another", path)) == [
        "faces/f1.jpg：不是提交时的图片 / not the picture that was submitted"
    ]


def test_picture_that_was_left_out_or_told_to_be_missing_is_no_alteration(path):
    def say(told):
        del told["members"]["pictures/p1.jpg"], told["members"]["faces/f1.jpg"]
        told["problems"].append("营业执照 pictures/p1.jpg：缺失或已损坏 / is missing or damaged")
        told["left_out"].append({"member": "faces/f1.jpg", "why": "没有要求导出"})

    changes = {"pictures/p1.jpg": None, "faces/f1.jpg": None}
    assert altered(path, **changes, **{"manifest.json": manifest_with(path, say)}) == []


def test_new_manifest_is_found_out_by_the_hash_the_export_told(path):
    told = verify_bundle(path).manifest_sha256
    changes = {"manifest.json": manifest_with(path, lambda content: content.update(order="BA2"))}
    other = rewritten(path, **changes)

    assert verify_bundle(other).altered == []
    assert verify_bundle(path, told.upper()).altered == []
    with pytest.raises(CommandError, match="改动过"):
        verify(other, "--manifest", told)


@pytest.mark.parametrize(
    ("method", "content"),
    # What the unpackers of bzip2 and LZMA refuse: the latter with an error of its own.
    [(zipfile.ZIP_BZIP2, b"no bzip2."), (zipfile.ZIP_LZMA, b"\x09\x04\x04\x00wrong")],
)
def test_member_that_another_unpacker_refuses_is_named(path, method, content):
    raw = bytearray(rewritten(path, **{"pictures/p1.jpg": content}).read_bytes())
    entry = raw.index(b"pictures/p1.jpg", raw.index(b"PK\x01\x02")) - 46
    local = raw.index(b"pictures/p1.jpg") - 30
    for place in (entry + 10, local + 8):
        raw[place : place + 2] = method.to_bytes(2, "little")
    path.write_bytes(raw)

    assert verify_bundle(path).altered == ["pictures/p1.jpg：已被改动 / was altered"]


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
