"""PNG files put together by hand, chunk by chunk, so that every part of them can be wrong."""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SIDE = 400


def chunk(kind: bytes, content: bytes = b"", *, crc: int | None = None) -> bytes:
    seal = zlib.crc32(kind + content) if crc is None else crc
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", seal)


def header(width: int = SIDE, height: int = SIDE, depth: int = 8, colour: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


def rows(width: int = SIDE, height: int = SIDE) -> bytes:
    """White, eight bits of grey; each row begins with its filter byte."""
    return (b"\0" + b"\xff" * width) * height


def body(width: int = SIDE, height: int = SIDE) -> bytes:
    return chunk(b"IDAT", zlib.compress(rows(width, height), 9))


def png(*chunks: bytes) -> bytes:
    """The given chunks between signature and end; a sound grey picture if there are none."""
    return SIGNATURE + b"".join(chunks or (header(), body())) + chunk(b"IEND")


def with_chunk(kind: bytes, content: bytes) -> bytes:
    """A sound picture with one more chunk before its pixels."""
    return png(header(), chunk(kind, content), body())
