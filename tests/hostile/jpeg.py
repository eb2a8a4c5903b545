"""JPEG files with segments put in, changed or taken out."""

from __future__ import annotations

import struct
from functools import cache

from tests.verification.pictures import drawn, encoded, noise

START, END, SCAN = b"\xff\xd8", b"\xff\xd9", b"\xff\xda"


@cache
def photo() -> bytes:
    return encoded(drawn())


@cache
def rich_photo() -> bytes:
    """One whose pixels take many bytes."""
    return encoded(noise(640, 420))


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def with_segments(*segments: bytes) -> bytes:
    """The photo with segments right after its first two bytes."""
    return START + b"".join(segments) + photo()[2:]


def frame_at() -> int:
    return photo().index(b"\xff\xc0")


def with_frame(**changes: int) -> bytes:
    """The photo whose frame header says something else: marker, precision, height, width, parts."""
    content = bytearray(photo())
    start = frame_at()
    content[start + 1] = changes.get("marker", content[start + 1])
    content[start + 4] = changes.get("precision", content[start + 4])
    if "height" in changes:
        struct.pack_into(">H", content, start + 5, changes["height"])
    if "width" in changes:
        struct.pack_into(">H", content, start + 7, changes["width"])
    content[start + 9] = changes.get("parts", content[start + 9])
    return bytes(content)


def without(marker: int) -> bytes:
    """The photo without the segments of this kind."""
    content, kept, at = photo(), bytearray(START), 2
    while content[at : at + 2] != SCAN:
        length = struct.unpack_from(">H", content, at + 2)[0] + 2
        if content[at + 1] != marker:
            kept += content[at : at + length]
        at += length
    return bytes(kept) + content[at:]
