"""`python -m tests.migrations.inspect_database`: what is there and whether it is served, as JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

import django


def main() -> None:
    django.setup()
    json.dump({"keys": primary_keys(), "pages": pages()}, sys.stdout)


def primary_keys() -> dict[str, list[str]]:
    """Table → primary keys as text."""
    from django.apps import apps

    return {
        model._meta.db_table: sorted(map(str, model._base_manager.values_list("pk", flat=True)))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    }


def pages() -> dict[str, int]:
    """Each person's first page → status; reading it decrypts what the earlier release encrypted."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    statuses = {}
    for user in get_user_model().objects.filter(is_active=True):
        client = Client(headers={"accept-language": "zh-hans"})
        client.force_login(user)
        response: Any = client.get("/", follow=True)
        statuses[str(user.pk)] = response.status_code
    return statuses


if __name__ == "__main__":
    main()
