"""A whole installation into a folder and back; keys stay outside, in their own backup."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection

from beian import clock
from beian.backup.database import count_rows, dump_database, load_database, refuse_tables
from beian.backup.keys import digest_fingerprint, master_fingerprints, refuse_other_keys
from beian.backup.manifest import Manifest, read_manifest, sha256_of
from beian.backup.names import PART, new_name
from beian.backup.problems import BackupFailed
from beian.backup.texts import texts_that_do_not_open
from orders.audit_check import check_audit, told
from verification.backup import (
    copy_pictures,
    pictures_in,
    pictures_that_do_not_open,
    restore_pictures,
)
from verification.document_store import StoreUnavailable

DUMP, PICTURES = "database.dump", "pictures"
_OWNER_ONLY = 0o077
_FULL = (errno.ENOSPC, errno.EDQUOT)


def back_up(folder: Path) -> Path:
    """A new folder below `folder`, complete when it has its name. Raises BackupFailed.

    Pictures are copied before and after the database: what was removed in between is there from
    the first time, what was added from the second, so none that a row speaks of is missing.
    """
    now = clock.now()
    target = folder / new_name(now)
    part = target.with_suffix(PART)
    with _in_words(), _for_owner_only():
        part.mkdir(parents=True)
        try:
            _fill(part, now)
            return part.rename(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


@contextmanager
def _in_words() -> Iterator[None]:
    """What happens to disks and stores is no defect of the program."""
    try:
        yield
    except StoreUnavailable as error:
        raise BackupFailed(
            f"图片存储没有响应，请稍后再试 / the store is away, try again later: {error}"
        ) from error
    except OSError as error:
        if error.errno in _FULL:
            raise BackupFailed("磁盘已满，请先腾出空间 / the disk is full, make room") from error
        raise BackupFailed(f"无法读写 / cannot be read or written: {error}") from error


@contextmanager
def _for_owner_only() -> Iterator[None]:
    """By the process's mask, which `pg_dump` inherits: nothing is readable by others for a moment.

    The mode of `mkdir` holds for the last of its folders only.
    """
    before = os.umask(_OWNER_ONLY)
    try:
        yield
    finally:
        os.umask(before)


def _fill(part: Path, now: datetime) -> None:
    before = master_fingerprints()
    (part / PICTURES).mkdir()
    copy_pictures(part / PICTURES)
    rows = dump_database(part / DUMP)
    copy_pictures(part / PICTURES)
    Manifest(
        made_at=now.isoformat(),
        vendor=connection.vendor,
        rows=rows,
        dump_sha256=sha256_of(part / DUMP),
        pictures=len(pictures_in(part / PICTURES)),
        # A key that was retired meanwhile is needed as well.
        master_keys={**before, **master_fingerprints()},
        digest_key=digest_fingerprint(),
    ).write(part)


@_in_words()
def restore(source: Path) -> Manifest:
    """Fill an empty database and the store of pictures from a backup. Raises BackupFailed.

    The database comes last: a restore that stopped at the pictures can be called again.
    """
    manifest = fitting_manifest(source)
    if manifest.vendor != connection.vendor:
        raise BackupFailed(
            f"备份来自 {manifest.vendor}，现在的数据库是 {connection.vendor} / the backup is of "
            f"{manifest.vendor}, this database is {connection.vendor}"
        )
    if sha256_of(source / DUMP) != manifest.dump_sha256:
        raise BackupFailed("数据库备份文件已损坏 / the dump differs from its checksum")
    refuse_tables()
    restore_pictures(source / PICTURES)
    load_database(source / DUMP)
    return manifest


def fitting_manifest(source: Path) -> Manifest:
    """Raises BackupFailed where there is none, or the mounted keys are not the backup's."""
    manifest = read_manifest(source)
    refuse_other_keys(manifest)
    return manifest


def rows_that_differ(manifest: Manifest) -> Iterator[str]:
    """Asked before `migrate`, which adds and moves rows."""
    found = count_rows(manifest.rows)
    for table, count in manifest.rows.items():
        if found.get(table) != count:
            yield f"{table}: {found.get(table)} rows, {count} in the backup"


def problems_inside() -> Iterator[str]:
    """What does not open or does not fit together; asked once models fit the tables."""
    yield from pictures_that_do_not_open()
    yield from texts_that_do_not_open()
    findings = check_audit()
    if any(finding.problems for finding in findings):
        yield from told(findings)
