"""`python -m tests.migrations.inspect_database [<name>]`: what is there, as JSON.

With the name of a kept release, rows are read by the columns that release knew, and every order
is visited; without one, rows are read as they are now.
"""

from __future__ import annotations

import json
import sys

import django


def main(name: str | None = None) -> None:
    django.setup()
    _do_without_collected_static_files()
    from tests.migrations import landing
    from tests.migrations.content import columns_of, content

    if name is None:
        json.dump({"content": content()}, sys.stdout)
        return
    from tests.migrations.visits import visits

    # Rows are read first: a visit leaves traces.
    rows = content(columns_of(landing.read(name)["content"]))
    json.dump({"content": rows, "visits": visits()}, sys.stdout)


def _do_without_collected_static_files() -> None:
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
