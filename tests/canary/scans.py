"""Looking for canaries where none may be: database, files, broker, outbox, log, addresses."""

import io
import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from beian.models import Notice
from tests.canary.canaries import Canary, found_in


def _as_text(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
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
    """Every file below `folder`, names included: logs, the file broker, uploads."""
    wanted = list(canaries)
    leaks = []
    for number, path in enumerate(sorted(folder.rglob("*")), start=1):
        name = str(path.relative_to(folder))
        named = found_in(name, wanted, f"name of file {number}")
        # The place is printed, so it must not give away what the name does.
        place = f"file {number}" if named else name
        leaks += named
        if path.is_file():
            leaks += found_in(_as_text(path.read_bytes()), wanted, place)
    return leaks


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


def scan_broker(canaries: Iterable[Canary]) -> list[str]:
    """Every message that waits: in Redis, or in the folder that stands for it."""
    if not settings.EMBEDDED_BROKER:
        return scan_redis(settings.BROKER_URL, canaries)
    folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]
    return scan_folder(Path(folder), canaries)


def scan_outbox(canaries: Iterable[Canary]) -> list[str]:
    """What whoever holds the keys can still read in the messages."""
    wanted = list(canaries)
    return [
        line
        for notice in Notice.objects.all()
        for text in (notice.subject, notice.body, notice.failure)
        for line in found_in(text, wanted, notice.template)
    ]


@contextmanager
def captured_log() -> Iterator[io.StringIO]:
    """What the product writes to its log meanwhile, as it is written."""
    [formatter] = {
        handler.formatter
        for handler in logging.getLogger().handlers
        if type(handler) is logging.StreamHandler
    }
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)
    try:
        yield stream
    finally:
        logging.getLogger().removeHandler(handler)


@contextmanager
def captured_addresses() -> Iterator[list[str]]:
    """Every address asked for or led to meanwhile: servers and browsers write them down."""
    seen: list[str] = []
    request = Client.request

    def noting(client: Client, **asked: Any) -> Any:
        answer = request(client, **asked)
        seen.extend([answer.wsgi_request.get_full_path(), answer.headers.get("Location", "")])
        return answer

    with patch.object(Client, "request", noting):
        yield seen
