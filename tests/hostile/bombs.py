"""Small files that would grow, large files, and pictures that move."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image

from tests.hostile import jpeg, png
from tests.hostile.case import Case, Cases, Fate, constant, file_case
from tests.verification.pictures import drawn, encoded, noise

MEBIBYTE = 1024 * 1024
HUGE_PNG = (
    (8_000, 5_001),
    (20_000, 20_000),
    (65_535, 65_535),
    (2**31 - 1, 2**31 - 1),
    (2**31 - 1, 1),
)
HUGE_JPEG = ((65_500, 65_500), (65_500, 1_000), (7_000, 6_000))


def _refused(name: str, make: Callable[[], bytes]) -> Case:
    return file_case(name, Fate.REFUSED, make)


def _kept(name: str, make: Callable[[], bytes]) -> Case:
    return file_case(name, Fate.KEPT, make)


def cases() -> Cases:
    yield from _giants()
    yield from _growing_notes()
    yield from _heavy()
    yield from _moving()
    yield from _archives()


def _giants() -> Cases:
    for width, height in HUGE_PNG:
        content = png.png(png.header(width, height), png.body())
        yield _refused(f"PNG says {width} × {height}", constant(content))
    for width, height in HUGE_JPEG:
        yield _refused(
            f"JPEG says {width} × {height}",
            lambda w=width, h=height: jpeg.with_frame(width=w, height=h),
        )
    yield _refused("PNG of 41 megapixels in 40 KB", lambda: _white(8_200, 5_000))
    yield _kept("PNG whose stream goes on for 60 MB", _endless_stream)
    yield _refused("picture of one pixel", lambda: encoded(Image.new("RGB", (1, 1))))
    yield _refused("picture like a thread", lambda: encoded(Image.new("RGB", (30_000, 2))))


def _white(width: int, height: int) -> bytes:
    return png.png(png.header(width, height), png.body(width, height))


def _endless_stream() -> bytes:
    squeezed = zlib.compress(png.rows() + bytes(60 * MEBIBYTE), 9)
    return png.png(png.header(), png.chunk(b"IDAT", squeezed))


def _growing_notes() -> Cases:
    """Compressed texts and colour profiles of 80 MB in a few KB."""
    squeezed = zlib.compress(bytes(80 * MEBIBYTE), 9)
    yield _refused(
        "PNG with a text bomb", lambda: png.with_chunk(b"zTXt", b"Comment\0\0" + squeezed)
    )
    yield _refused(
        "PNG with an international text bomb",
        lambda: png.with_chunk(b"iTXt", b"Comment\0\1\0\0\0" + squeezed),
    )
    yield _refused(
        "PNG with a profile bomb", lambda: png.with_chunk(b"iCCP", b"profile\0\0" + squeezed)
    )
    yield _refused("PNG with a thousand small text bombs", _many_texts)


def _many_texts() -> bytes:
    squeezed = zlib.compress(bytes(900_000), 9)
    texts = [png.chunk(b"zTXt", b"T%d\0\0" % number + squeezed) for number in range(1_000)]
    return png.png(png.header(), *texts, png.body())


def _heavy() -> Cases:
    comment = jpeg.segment(0xFE, b"a" * 65_000)
    yield _kept("JPEG with 8 MB of comments", lambda: jpeg.with_segments(*[comment] * 120))
    yield _kept("JPEG with 8 MB behind its end", lambda: jpeg.photo().ljust(8 * MEBIBYTE, b"\0"))
    yield _refused("JPEG of 11 MB", lambda: jpeg.photo().ljust(11 * MEBIBYTE, b"\0"))
    yield _refused("JPEG of 61 MB", lambda: jpeg.photo().ljust(61 * MEBIBYTE, b"\0"))
    profile = b"ICC_PROFILE\0\1\1" + b"x" * 60_000
    yield _kept(
        "JPEG with a nonsense profile", lambda: jpeg.with_segments(*[jpeg.segment(0xE2, profile)])
    )
    yield _kept(
        "JPEG with a profile in 255 parts of 1",
        lambda: jpeg.with_segments(
            *[
                jpeg.segment(0xE2, b"ICC_PROFILE\0%c\1" % number + b"x" * 9_000)
                for number in range(1, 255)
            ]
        ),
    )
    yield _refused("JPEG with 500 scans", _many_scans)
    yield _kept(
        "PNG with 20,000 empty chunks",
        lambda: png.png(png.header(), *[png.chunk(b"teSt")] * 20_000, png.body()),
    )


def _many_scans() -> bytes:
    content = encoded(drawn(), progressive=True)
    scan = content.index(jpeg.SCAN)
    return content[:scan] + content[scan:-2] * 500 + content[-2:]


def _moving() -> Cases:
    frames = [noise(300, 300) for _number in range(3)]
    yield _refused(
        "animated PNG", lambda: encoded(frames[0], "PNG", save_all=True, append_images=frames[1:])
    )
    yield _refused(
        "animated GIF", lambda: encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    )
    yield _refused(
        "animated WebP", lambda: encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    )
    yield _refused(
        "TIFF of three pages",
        lambda: encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:]),
    )


def _archives() -> Cases:
    yield _refused("gzip bomb", lambda: gzip.compress(bytes(50 * MEBIBYTE)))
    yield _refused("zip bomb", lambda: zipped(zipped(bytes(50 * MEBIBYTE))))


def zipped(content: bytes, name: str = "a.jpg") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()
