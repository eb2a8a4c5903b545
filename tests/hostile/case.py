"""One hostile (or merely odd) upload: what is sent, and what must become of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

BOUNDARY = "----boundary-of-the-tests"
FIELD = "subject_doc_image"


class Fate(StrEnum):
    """`REFUSED`: the page comes back, names the field and the remedy. `KEPT`: stored, clean.

    `UNREADABLE`: the request as a whole makes no sense and is answered with status 400.
    """

    REFUSED = "refused"
    KEPT = "kept"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Part:
    """One part of a multipart body. `headers` replace the ones a browser would write."""

    content: bytes
    filename: str | None = "licence.jpg"
    name: str = FIELD
    content_type: str = "image/jpeg"
    headers: bytes | None = None

    def encoded(self) -> bytes:
        return b"\r\n".join([self.headers or self._headers(), b"", self.content])

    def _headers(self) -> bytes:
        line = f'Content-Disposition: form-data; name="{self.name}"'
        if self.filename is not None:
            # As browsers escape it (HTML, multipart/form-data encoding algorithm).
            safe = self.filename.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
            line += f'; filename="{safe}"'
        if self.content_type:
            line += f"\r\nContent-Type: {self.content_type}"
        return line.encode()


@dataclass(frozen=True)
class Request:
    """A POST as it goes over the line."""

    body: bytes
    content_type: str = f"multipart/form-data; boundary={BOUNDARY}"
    headers: dict[str, str] = field(default_factory=dict)


# What the page itself would send beside the files: token of the form, version of the draft.
Fields = dict[str, str]


@dataclass(frozen=True)
class Case:
    name: str
    fate: Fate
    request: Callable[[Fields], Request]


def multipart(parts: list[Part], fields: Fields) -> bytes:
    own = [Part(value.encode(), None, name, "") for name, value in fields.items()]
    pieces = [f"--{BOUNDARY}\r\n".encode() + part.encoded() + b"\r\n" for part in (*own, *parts)]
    return b"".join(pieces) + f"--{BOUNDARY}--\r\n".encode()


def sending(name: str, fate: Fate, make: Callable[[], list[Part]]) -> Case:
    """A well-formed request with these parts; they are made when they are needed."""
    return Case(name, fate, lambda fields: Request(multipart(make(), fields)))


def file_case(
    name: str, fate: Fate, make: Callable[[], bytes], filename: str = "licence.jpg"
) -> Case:
    return sending(name, fate, lambda: [Part(make(), filename)])


def constant(content: bytes) -> Callable[[], bytes]:
    return lambda: content


Cases = Iterator[Case]
