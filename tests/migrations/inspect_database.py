"""`python -m tests.migrations.inspect_database`: what is there and whether it is served, as JSON."""

from __future__ import annotations

import json
import sys

import django


def main() -> None:
    django.setup()
    _do_without_collected_static_files()
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
    """Address and person → status; reading them decrypts what the earlier release encrypted."""
    from django.test import Client

    statuses = {}
    for user, address in addresses():
        client = Client()
        client.force_login(user)
        response = client.get(address, follow=True)
        statuses[f"{address} for {user.pk}"] = response.status_code
    return statuses


def addresses() -> list[tuple[object, str]]:
    """Everybody's first page, and every order for a member of its account."""
    from django.urls import reverse

    from beian.models import Membership, User
    from orders.models import FilingOrder

    first_pages = [(user, "/") for user in User.objects.filter(is_active=True)]
    members = {member.account_id: member.user for member in Membership.objects.order_by("-pk")}
    return first_pages + [
        (members[order.account_id], reverse("orders:order", args=[order.pk]))
        for order in FilingOrder.objects.all()
    ]


def _do_without_collected_static_files() -> None:
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )


if __name__ == "__main__":
    main()
