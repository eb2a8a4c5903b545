"""What every test may rely on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings

from beian.launch.place import ROOT
from beian.site_settings.lookup import forget_overrides
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


@pytest.fixture
def change_setting(db: None) -> Iterator[Callable[[str, Any], None]]:
    """Overrides a site setting for one test: `change_setting("upload.accepted_megabytes", 2)`."""
    # Importing models has to wait until Django is set up.
    from beian.models import SettingOverride

    def change(name: str, value: Any) -> None:
        SettingOverride.objects.update_or_create(name=name, province="", defaults={"value": value})
        forget_overrides()

    yield change
    forget_overrides()
