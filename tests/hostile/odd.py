"""Legal pictures that are rare enough to be refused by mistake."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from PIL import Image

from tests.hostile import jpeg, png
from tests.hostile.case import Cases, Fate, file_case
from tests.verification.pictures import drawn, encoded, noise


def _turned(orientation: int) -> bytes:
    notes = Image.Exif()
    notes[0x0112] = orientation
    return encoded(drawn(), exif=notes)


ODD: dict[str, Callable[[], bytes]] = {
    "progressive JPEG": lambda: encoded(drawn(), progressive=True),
    "grey JPEG": lambda: encoded(drawn(mode="L")),
    "CMYK JPEG": lambda: encoded(Image.new("CMYK", (400, 400), (0, 90, 0, 0))),
    "JPEG of quality 1": lambda: encoded(drawn(), quality=1),
    "JPEG of quality 100": lambda: encoded(noise(900, 700), quality=100, subsampling=0),
    "JPEG with restart markers": lambda: encoded(drawn(), restart_marker_rows=1),
    "JPEG with fill bytes": lambda: jpeg.START + b"\xff\xff\xff" + jpeg.photo()[3:],
    "photo with a second frame": lambda: encoded(
        drawn(), "MPO", save_all=True, append_images=[noise(640, 420)]
    ),
    "PNG with alpha": lambda: encoded(drawn(mode="RGBA"), "PNG"),
    "PNG wholly transparent": lambda: encoded(Image.new("RGBA", (400, 400)), "PNG"),
    "PNG grey with alpha": lambda: encoded(drawn(mode="LA"), "PNG"),
    "PNG with a palette": lambda: encoded(drawn().convert("P"), "PNG"),
    "PNG with one transparent colour": lambda: encoded(drawn(), "PNG", transparency=(40, 40, 40)),
    "PNG of 1 bit": lambda: encoded(drawn().convert("1"), "PNG"),
    "PNG of 16 bits": lambda: encoded(Image.new("I;16", (400, 400), 30_000), "PNG"),
    "PNG by hand": png.png,
    "PNG with two bodies": lambda: png.png(png.header(), png.body(), png.body()),
    "PNG with half its rows": lambda: png.png(png.header(), png.body(height=png.SIDE // 2)),
    "PNG whose last chunk is longer than the file": lambda: png.png(
        png.header(), struct.pack(">I", 0x7FFFFFFF) + b"IDAT" + zlib.compress(png.rows())
    ),
    "PNG that says it has 4 billion frames": lambda: png.with_chunk(
        b"acTL", b"\xff\xff\xff\xff" + bytes(4)
    ),
    "PNG with unknown chunks": lambda: png.with_chunk(b"teSt", b"x" * 1_000),
    "smallest side allowed": lambda: encoded(drawn(900, 300)),
}


def cases() -> Cases:
    for name, make in ODD.items():
        yield file_case(name, Fate.KEPT, make)
    for orientation in (*range(1, 9), 0, 99):
        yield file_case(
            f"turned by EXIF {orientation}", Fate.KEPT, lambda o=orientation: _turned(o)
        )
