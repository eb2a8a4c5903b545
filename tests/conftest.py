"""What every test may rely on."""

from __future__ import annotations

import pytest
from django.conf import settings

from beian.launch.place import ROOT
from beian.translation.compiled import compile_catalogues


def pytest_configure(config: pytest.Config) -> None:
    # Names with content hashes need `collectstatic`, which only the browser journeys run.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    # Argon2 is slow on purpose; nothing here depends on that.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # WhiteNoise warns about a folder that does not exist, and warnings are errors.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if not hasattr(config, "workerinput"):
        compile_catalogues(ROOT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need a server which is not there are skipped and say so."""
    if not settings.EMBEDDED_DATABASE:
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL"))
