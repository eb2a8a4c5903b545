"""Pictures that are cut off, contradict themselves, or were never any."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable

from tests.hostile import jpeg, png
from tests.hostile.case import Case, Cases, Fate, constant, file_case
from tests.verification.pictures import encoded, noise

SHARES = (1, 5, 10, 25, 50, 75, 90)


def _refused(name: str, make: Callable[[], bytes]) -> Case:
    return file_case(name, Fate.REFUSED, make)


def cases() -> Cases:
    yield from _cut_off()
    yield from _beginnings()
    yield from _wrong_png()
    yield from _wrong_jpeg()


def _cut(kind: str, percent: int) -> bytes:
    content = jpeg.rich_photo() if kind == "JPEG" else encoded(noise(400, 400), kind)
    return content[: len(content) * percent // 100]


def _cut_off() -> Cases:
    for kind in ("JPEG", "PNG"):
        for percent in SHARES:
            yield _refused(f"{kind} cut off at {percent} %", lambda k=kind, p=percent: _cut(k, p))


def _beginnings() -> Cases:
    """Little more than the first bytes of a picture."""
    dice = random.Random(7)
    for name, start in (("JPEG", b"\xff\xd8\xff"), ("PNG", png.SIGNATURE)):
        yield _refused(f"{name} signature alone", constant(start))
        yield _refused(f"{name} signature and zeros", constant(start + bytes(5_000)))
        yield _refused(f"{name} signature and noise", constant(start + dice.randbytes(5_000)))
        yield _refused(f"{name} signature twice", constant(start + start))
    yield _refused("no bytes", constant(b""))
    yield _refused("one byte", constant(b"\xff"))
    yield _refused("blanks", constant(b" " * 4_000))
    yield _refused("zeros", constant(bytes(4_000)))
    yield _refused("noise", constant(dice.randbytes(40_000)))
    yield _refused("a blank before the photo", lambda: b" " + jpeg.photo())
    yield _refused("photo backwards", lambda: jpeg.photo()[::-1])


def _png(name: str, *chunks: bytes) -> Case:
    return _refused(f"PNG {name}", constant(png.png(*chunks)))


def _wrong_png() -> Cases:
    broken_stream = bytearray(zlib.compress(png.rows()))
    broken_stream[len(broken_stream) // 2] ^= 0xFF
    yield _png("without pixels", png.header())
    yield _png("without a header", png.body())
    yield _png("pixels before header", png.body(), png.header())
    yield _png("of no width", png.header(width=0), png.body())
    yield _png("of no height", png.header(height=0), png.body())
    yield _png("of negative width", png.header(width=2**31), png.body())
    yield _png("of 3 bits", png.header(depth=3), png.body())
    yield _png("of colour type 9", png.header(colour=9), png.body())
    yield _png("header with wrong sum", _header_with_crc(), png.body())
    yield _png("short header", png.chunk(b"IHDR", b"\0\0\1\0"), png.body())
    yield _png("pixels that are no stream", png.header(), png.chunk(b"IDAT", b"no stream"))
    yield _png("broken stream", png.header(), png.chunk(b"IDAT", bytes(broken_stream)))


def _header_with_crc() -> bytes:
    fields = struct.pack(">IIBBBBB", png.SIDE, png.SIDE, 8, 0, 0, 0, 0)
    return png.chunk(b"IHDR", fields, crc=1)


def _wrong_jpeg() -> Cases:
    changed: dict[str, dict[str, int]] = {
        "of no width": {"width": 0},
        "of no height": {"height": 0},
        "of 12 bits": {"precision": 12},
        "of no parts": {"parts": 0},
        "of 200 parts": {"parts": 200},
        "lossless": {"marker": 0xC3},
        "hierarchical": {"marker": 0xC5},
    }
    for name, values in changed.items():
        yield _refused(f"JPEG {name}", lambda v=values: jpeg.with_frame(**v))
    for name, marker in {"frame": 0xC0, "quantisation": 0xDB}.items():
        yield _refused(f"JPEG without {name}", lambda m=marker: jpeg.without(m))
    yield _refused("JPEG without its last bytes", lambda: jpeg.photo()[:-2])
    yield _refused("JPEG segment of no length", lambda: jpeg.START + b"\xff\xe0\0\0" * 50)
    yield _refused("JPEG that ends before its scan", lambda: _before_scan() + jpeg.END)


def _before_scan() -> bytes:
    return jpeg.photo()[: jpeg.photo().index(jpeg.SCAN)]
