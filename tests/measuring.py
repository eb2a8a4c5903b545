"""What `./dev bench` and `./dev prove` share: a database of their own and JSON lines on stdout."""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.plain_settings import compile_texts, use_plain_settings
from tests.services import prepare_environment

INFRASTRUCTURE = {"frame", "shares", "__main__"}


def load_modules(package: ModuleType) -> None:
    """Import every module of the package, so that it registers what it measures."""
    for module in pkgutil.iter_modules(package.__path__):
        if module.name not in INFRASTRUCTURE:
            importlib.import_module(f"{package.__name__}.{module.name}")


@contextmanager
def measuring_database() -> Iterator[None]:
    """Django on a freshly migrated test database; call before any model is imported."""
    prepare_environment()
    os.environ["DJANGO_SETTINGS_MODULE"] = "beian.settings"
    import django

    django.setup()
    from django.test.utils import (
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )

    use_plain_settings()
    compile_texts()
    setup_test_environment(debug=False)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(databases, verbosity=0)
        teardown_test_environment()


def chosen(registry: dict[str, Any], names: list[str]) -> list[Any]:
    """The named entries, or all of them; an unknown name ends the program with the known ones."""
    unknown = [name for name in names if name not in registry]
    if unknown:
        sys.exit(f"unknown: {', '.join(unknown)}; known: {', '.join(registry) or 'none yet'}")
    return [registry[name] for name in names or registry]


def print_json(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)


def progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def resident_kb() -> int:
    """Memory of this process that is really there, after collecting."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4
