"""Requests whose multipart body is wrong, incomplete or too much."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile import jpeg
from tests.hostile.case import (
    BOUNDARY,
    FIELD,
    Case,
    Cases,
    Fate,
    Fields,
    Part,
    Request,
    multipart,
    sending,
)
from tests.verification.pictures import drawn, encoded

FORM = "multipart/form-data"
TYPED = f"{FORM}; boundary={BOUNDARY}"
PLAIN_BYTES = b"not a picture"


def cases() -> Cases:
    yield from _boundaries()
    yield from _cut_bodies()
    yield from _several()
    yield from _parts()
    yield from _too_much()


def _good(fields: Fields) -> bytes:
    return multipart([Part(jpeg.photo())], fields)


def _as(name: str, fate: Fate, content_type: str) -> Case:
    return Case(name, fate, lambda fields: Request(_good(fields), content_type))


def _boundaries() -> Cases:
    """What says where a part ends; without it nothing can be told apart."""
    yield _as("no boundary", Fate.UNREADABLE, FORM)
    yield _as("empty boundary", Fate.UNREADABLE, f"{FORM}; boundary=")
    yield _as("another boundary", Fate.UNREADABLE, f"{FORM}; boundary=other")
    yield _as("boundary of 300 characters", Fate.UNREADABLE, f"{FORM}; boundary={'a' * 300}")
    yield _as("boundary with a quote", Fate.UNREADABLE, f'{FORM}; boundary="{BOUNDARY}')
    yield _as("boundary beyond ASCII", Fate.UNREADABLE, f"{FORM}; boundary=é")
    yield _as("no content type", Fate.UNREADABLE, "")
    yield _as("content type of JSON", Fate.UNREADABLE, "application/json")
    yield _as("content type of a form", Fate.UNREADABLE, "application/x-www-form-urlencoded")
    yield _as("mixed instead of form data", Fate.UNREADABLE, TYPED.replace("form-data", "mixed"))
    yield _as("unknown charset", Fate.KEPT, f"{TYPED}; charset=x-none")
    yield _as("charset of another width", Fate.KEPT, f"{TYPED}; charset=utf-16")
    yield _as("charset of bytes", Fate.KEPT, f"{TYPED}; charset=base64")
    yield _as("charset of a protocol", Fate.KEPT, f"{TYPED}; charset=utf-7")


def _cut_to(share: float) -> Callable[[Fields], Request]:
    def request(fields: Fields) -> Request:
        body = _good(fields)
        return Request(body[: int(len(body) * share)])

    return request


def _cut_bodies() -> Cases:
    """The line broke. What arrived of a picture is no picture."""
    yield Case("nothing arrived", Fate.UNREADABLE, lambda fields: Request(b""))
    yield Case(
        "body cut in its first part", Fate.UNREADABLE, lambda fields: Request(_good(fields)[:60])
    )
    for share in (0.3, 0.6, 0.9):
        yield Case(f"body cut at {share:.0%}", Fate.REFUSED, _cut_to(share))
    yield Case(
        "only the last boundary",
        Fate.UNREADABLE,
        lambda fields: Request(f"--{BOUNDARY}--\r\n".encode()),
    )
    yield Case(
        "line feeds without returns",
        Fate.UNREADABLE,
        lambda fields: Request(_good(fields).replace(b"\r\n", b"\n")),
    )


def _several() -> Cases:
    """Several files for one field: the last one counts, as for every other field."""
    good, bad = Part(jpeg.photo()), Part(PLAIN_BYTES)
    yield sending("a good one after a bad one", Fate.KEPT, lambda: [bad, good])
    yield sending("a bad one after a good one", Fate.REFUSED, lambda: [good, bad])
    yield sending("twenty bad ones", Fate.REFUSED, lambda: [bad] * 20)
    yield sending("a file no field asked for", Fate.REFUSED, lambda: [Part(jpeg.photo(), name="x")])
    for name in ("materials", "../subject_doc_image", f"{FIELD}[]", f"{FIELD}\0", "", "__class__"):
        yield sending(
            f"a file for {name!r}", Fate.REFUSED, lambda n=name: [Part(jpeg.photo(), name=n)]
        )
    yield sending("a picture as text", Fate.REFUSED, lambda: [Part(jpeg.photo(), None)])
    yield sending(
        "text in a picture's place", Fate.REFUSED, lambda: [Part(b"x", None, content_type="")]
    )
    yield sending("31 files", Fate.UNREADABLE, lambda: [good] * 31)


def _parts() -> Cases:
    """Headers of one part."""
    name = f'Content-Disposition: form-data; name="{FIELD}"; filename="a.jpg"'.encode()
    headers = {
        "without any": (b"X-Nothing: 1", Fate.REFUSED),
        "that are an attachment": (name.replace(b"form-data", b"attachment"), Fate.KEPT),
        "with base64 that is none": (
            name + b"\r\nContent-Transfer-Encoding: base64",
            Fate.UNREADABLE,
        ),
        "with an unknown encoding": (name + b"\r\nContent-Transfer-Encoding: x-uue", Fate.KEPT),
        "with a length that lies": (name + b"\r\nContent-Length: 99999999999", Fate.KEPT),
        "with a length that is no number": (name + b"\r\nContent-Length: many", Fate.KEPT),
        "of 600 bytes": (name + b"\r\nX-Long: " + b"a" * 600, Fate.KEPT),
        "of 200 KB": (name + b"\r\nX-Long: " + b"a" * 200_000, Fate.UNREADABLE),
        "with a zero": (name + b"\r\nX-Zero: \0", Fate.KEPT),
        "with the name twice": (name + b'; name="x"', Fate.REFUSED),
        "without a colon": (name + b"\r\nnonsense", Fate.KEPT),
        "in capitals": (name.replace(b"Content-Disposition", b"CONTENT-DISPOSITION"), Fate.KEPT),
    }
    for words, (lines, fate) in headers.items():
        yield sending(
            f"part headers {words}", fate, lambda h=lines: [Part(jpeg.photo(), headers=h)]
        )
    yield sending("a photo with the boundary inside", Fate.REFUSED, _with_boundary_inside)


def _with_boundary_inside() -> list[Part]:
    photo = encoded(drawn())
    middle = len(photo) // 2
    return [Part(photo[:middle] + f"\r\n--{BOUNDARY}\r\n\r\n".encode() + photo[middle:])]


def _too_much() -> Cases:
    """More than any page of ours sends."""
    yield sending(
        "2 MB of text", Fate.UNREADABLE, lambda: [Part(b"a" * 2_000_000, None, "note", "")]
    )
    yield sending(
        "1,100 fields",
        Fate.UNREADABLE,
        lambda: [Part(b"a", None, f"field-{number}", "") for number in range(1_100)],
    )
    yield sending(
        "one field 1,100 times",
        Fate.UNREADABLE,
        lambda: [Part(b"a", None, "note", "")] * 1_100,
    )
    yield sending(
        "61 MB in seven pictures",
        Fate.REFUSED,
        lambda: [Part(jpeg.photo().ljust(9_000_000, b"\0"))] * 7,
    )
