"""The file of a bundle: members one after the other, each hashed while it is written."""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType
from typing import IO, Any, Self

from beian import clock

MANIFEST = "manifest.json"


class Bundle(AbstractContextManager):
    """Writes to an open file; no more than one member is in memory at a time.

    `problems` is what is missing or damaged, `left_out` what is absent for a reason of law.
    """

    def __init__(self, file: IO[bytes], made_at: datetime) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._stamp = made_at.astimezone(clock.SHANGHAI).timetuple()[:6]
        self.members: dict[str, dict[str, Any]] = {}
        self.problems: list[str] = []
        self.left_out: list[dict[str, str]] = []

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def put(self, name: str, pieces: Iterable[bytes], *, is_packed: bool = True) -> str:
        """Write one member and return its SHA-256 in hex."""
        info = zipfile.ZipInfo(name, date_time=self._stamp)
        info.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        hasher, size = hashlib.sha256(), 0
        with self._zip.open(info, "w") as member:
            for piece in pieces:
                member.write(piece)
                hasher.update(piece)
                size += len(piece)
        self.members[name] = {"sha256": hasher.hexdigest(), "bytes": size}
        return hasher.hexdigest()

    def put_json(self, name: str, content: Any) -> str:
        return self.put(name, [json.dumps(content, ensure_ascii=False, indent=1).encode()])

    def put_lines(self, name: str, rows: Iterable[dict[str, Any]]) -> str:
        """One JSON object a line: for what may be long."""
        lines = (json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)
        return self.put(name, lines)

    def put_manifest(self, content: dict[str, Any]) -> str:
        """The last member: what the others are. Its own hash stands for the whole bundle."""
        told = {"problems": self.problems, "left_out": self.left_out, "members": self.members}
        return self.put_json(MANIFEST, {**content, **told})

    def __enter__(self) -> Self:
        return self


def moment(value: datetime | None) -> str | None:
    """A time of Shanghai with its zone."""
    return value.astimezone(clock.SHANGHAI).isoformat() if value else None
