"""A sound photo under names and types that mean harm."""

from __future__ import annotations

from tests.hostile import jpeg
from tests.hostile.case import FIELD, Case, Cases, Fate, Part, file_case, sending

# Browsers send any of these if the file on the disk is called so; programs send the rest.
ACCEPTED_NAMES = (
    "../../etc/passwd.jpg",
    "..\\..\\windows\\system32\\a.jpg",
    "/etc/cron.d/a.jpg",
    "C:\\autoexec.jpg",
    "\\\\server\\share\\a.jpg",
    "%2e%2e%2fa.jpg",
    "a\r\nX-Evil: 1.jpg",
    "a\x00.jpg",
    "a\x07\x1b[31m.jpg",
    "a\u202egpj.exe.jpg",
    "a\u200b\u2066\ufeff.jpg",
    "a.php.jpg",
    "a.svg;.jpg",
    "a.JPG",
    "a.JpEg",
    "CON.jpg",
    "-rf.jpg",
    "; id.jpg",
    "$(id).jpg",
    "'; drop table orders_filingorder; --.jpg",
    '"><img src=x onerror=alert(1)>.jpg',
    "<script>alert(1)<_script>.jpg",
    "{{ 7 }}{% debug %}.jpg",
    "%s%n%x.jpg",
    "营业执照（扫描件）.jpg",
    "e\u0301\U0001f4c4.png",
    "a" * 300 + ".jpg",
    "a.jpg/../../b.png",
)
REFUSED_NAMES = (
    "a.jpg.php",
    "a.jpg.exe",
    "a.html",
    "a.svg",
    "a.jpg::$DATA",
    "a.gpj\u202e",
    "a.jpg\u3002",
    "ａ．ｊｐｇ",
    "a",
    ".jpg",
    "a.",
    "a.jpg;",
    "a.jpg%00",
)
# Nothing is left of these, so the field counts as empty.
EMPTY_NAMES = ("", "..", ".", "/", "a/")
TYPES = (
    "text/html",
    "image/svg+xml",
    "application/x-httpd-php",
    "image/jpeg; charset=utf-7",
    "application/octet-stream; a=" + "b" * 500,
    "no type",
    "multipart/mixed",
    "*/*",
    "",
)
EXTENDED = {
    "in UTF-8": (b"filename*=UTF-8''%2e%2e%2fa.jpg", Fate.KEPT),
    "with a line break": (b"filename*=UTF-8''a%0d%0aX-Evil%3a1.jpg", Fate.KEPT),
    "with a zero": (b"filename*=UTF-8''a%00.jpg", Fate.KEPT),
    "in broken UTF-8": (b"filename*=UTF-8''%ff%fe.jpg", Fate.KEPT),
    "in an unknown encoding": (b"filename*=x-none''%61.jpg", Fate.REFUSED),
    "in an encoding of bytes": (b"filename*=base64''%61.jpg", Fate.KEPT),
    "with a zero in its encoding": (b"filename*=a\0b''%61.jpg", Fate.REFUSED),
    "without its quotes": (b"filename*=a.jpg", Fate.KEPT),
}


def cases() -> Cases:
    for number, name in enumerate(ACCEPTED_NAMES):
        yield file_case(f"accepted name {number}: {name[:30]!r}", Fate.KEPT, jpeg.photo, name)
    for name in REFUSED_NAMES:
        yield file_case(f"refused name {name!r}", Fate.REFUSED, jpeg.photo, name)
    for name in EMPTY_NAMES:
        yield file_case(f"empty name {name!r}", Fate.REFUSED, jpeg.photo, name)
    # The parts of a body have headers of 1 KB at most.
    yield file_case("name of 5,000", Fate.UNREADABLE, jpeg.photo, "a" * 5_000 + ".jpg")
    for content_type in TYPES:
        yield _typed(content_type)
    for name, (words, fate) in EXTENDED.items():
        yield sending(f"name {name}", fate, lambda w=words: [_extended(w)])


def _typed(content_type: str) -> Case:
    return sending(
        f"content type {content_type[:30]!r}",
        Fate.KEPT,
        lambda: [Part(jpeg.photo(), content_type=content_type)],
    )


def _extended(words: bytes) -> Part:
    """A name as RFC 5987 writes it."""
    line = b'Content-Disposition: form-data; name="' + FIELD.encode() + b'"; ' + words
    return Part(jpeg.photo(), headers=line + b"\r\nContent-Type: image/jpeg")
