"""What every test may rely on."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from beian.site_settings import lookup
from beian.site_settings.lookup import forget_overrides
from tests.plain_settings import compile_texts, use_plain_settings
from tests.sharing_out import name_groups, rank


def pytest_configure(config: pytest.Config) -> None:
    use_plain_settings()
    if not hasattr(config, "workerinput"):
        compile_texts()


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None]:
    """Around all others: xdist reads the groups, and pytest-django has an order of its own."""
    is_shared = hasattr(config, "workerinput")
    if is_shared:
        name_groups(items)
    _skip_without_server(items)
    yield
    if is_shared:
        items.sort(key=lambda item: rank(item.nodeid))


def _skip_without_server(items: list[pytest.Item]) -> None:
    """Tests that need a server which is not there are skipped and say so."""
    if not settings.EMBEDDED_DATABASE:
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The rules of this release are kept already, as they are after an installation's first
    submission: writing them takes longer than many a test."""
    # Importing models has to wait until Django is set up.
    from orders.rulebook.judging import keep_shipped

    with django_db_blocker.unblock():
        keep_shipped()


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A request leaves its language behind in the thread; a test begins with the portal's."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings are read once a test; by the clock a slow machine would read them in between."""
    monkeypatch.setattr(lookup, "_CACHE_SECONDS", 3600)
    forget_overrides()


@pytest.fixture(autouse=True)
def own_rule_edits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for edits of rules."""
    # Importing models has to wait until Django is set up.
    from orders.rulebook import in_force

    monkeypatch.setattr(in_force, "_CACHE_SECONDS", 3600)
    in_force.forget_published()


@pytest.fixture
def change_setting(db: None) -> Iterator[Callable[..., None]]:
    """Overrides a site setting for one test: `change_setting("upload.accepted_megabytes", 2)`."""
    # Importing models has to wait until Django is set up.
    from beian.models import SettingOverride

    def change(name: str, value: Any, province: str = "") -> None:
        SettingOverride.objects.update_or_create(
            name=name, province=province, defaults={"value": value}
        )
        forget_overrides()

    yield change
    forget_overrides()


@pytest.fixture
def idle_orders_expire(db: None) -> None:
    from tests.builders import let_idle_orders_expire

    let_idle_orders_expire()
