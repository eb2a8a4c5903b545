"""Looking for personal data where none may be: database, logs, broker, pages.

A canary is a value typed in during a test. Numbers of six digits are looked for as words, or every
digest would sing.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis
from django.contrib.sessions.models import Session
from django.db import connection


@dataclass(frozen=True)
class Canary:
    """`label` names it in the result, so that a failing test does not print the value."""

    label: str
    value: str

    def is_in(self, text: str) -> bool:
        # People and programs group digits: 138 0000 0034, 138-0000-0034.
        spaced = r"[\s-]?".join(map(re.escape, self.value))
        return re.search(rf"(?<![0-9A-Za-z]){spaced}(?![0-9A-Za-z])", text) is not None


def found_in(text: str, canaries: Iterable[Canary], place: str) -> list[str]:
    """One line "place: label" for each canary in `text`."""
    return [f"{place}: {canary.label}" for canary in canaries if canary.is_in(text)]


def _as_text(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _cells() -> Iterator[tuple[str, str]]:
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, str | bytes | memoryview | dict | list):
                        yield f"{table}.{column}", _as_text(value)


def scan_database(canaries: Iterable[Canary]) -> list[str]:
    """Every text and binary cell of every table; sessions are unpacked first."""
    wanted = list(canaries)
    leaks = [line for place, text in _cells() for line in found_in(text, wanted, place)]
    for session in Session.objects.all():
        leaks += found_in(_as_text(session.get_decoded()), wanted, "django_session (unpacked)")
    return sorted(set(leaks))


def scan_folder(folder: Path, canaries: Iterable[Canary]) -> list[str]:
    """Every file below `folder`: logs, the file broker, uploads, an SQLite database."""
    wanted = list(canaries)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [
        line
        for path in files
        for line in found_in(
            path.read_bytes().decode("utf-8", "replace"), wanted, str(path.relative_to(folder))
        )
    ]


def _redis_texts(server: redis.Redis) -> Iterator[str]:
    for key in server.scan_iter():
        readers = {
            b"string": lambda name: [server.get(name)],
            b"list": lambda name: server.lrange(name, 0, -1),
            b"set": server.smembers,
            b"zset": lambda name: server.zrange(name, 0, -1),
            b"hash": lambda name: server.hgetall(name).values(),
        }
        for value in [key, *readers[server.type(key)](key)]:
            yield _as_text(value)


def scan_redis(url: str, canaries: Iterable[Canary]) -> list[str]:
    """Every key and value of one Redis database."""
    wanted = list(canaries)
    with redis.Redis.from_url(url) as server:
        return [line for text in _redis_texts(server) for line in found_in(text, wanted, "redis")]
