"""What differs from an installation while tests and proofs run inside one process."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from beian.launch.place import ROOT
from beian.translation.compiled import compile_catalogues


def use_plain_settings() -> None:
    """Call once Django is configured, before the first request."""
    # Names with content hashes need `collectstatic`, which only the browser journeys run.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    # Argon2 is slow on purpose; nothing here depends on that.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # On PostgreSQL, too, a test run starts without keys.
    settings.MAKES_OWN_KEYS = True
    _let_tables_be_emptied()
    # WhiteNoise warns about a folder that does not exist, and warnings are errors.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def _let_tables_be_emptied() -> None:
    """Between tests the append-only tables are emptied too, by the cluster's superuser."""
    # Importing a backend has to wait until Django is set up.
    from django.db.backends.postgresql.operations import DatabaseOperations

    flush = DatabaseOperations.sql_flush

    def unguarded_flush(self: DatabaseOperations, *args: Any, **options: Any) -> list[str]:
        # A replica runs no triggers; the setting ends with the transaction of the flush.
        return ["SET LOCAL session_replication_role = replica", *flush(self, *args, **options)]

    DatabaseOperations.sql_flush = unguarded_flush  # type: ignore[method-assign]


def compile_texts() -> None:
    """Once per run: English pages need the compiled catalogue."""
    compile_catalogues(ROOT)
