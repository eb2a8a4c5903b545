"""How each error page comes about."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from unittest import mock

from django.http import HttpResponse
from django.test import Client

from beian.models import SettingOverride
from beian.site_settings.lookup import forget_overrides
from tests.builders import post

ErrorPage = Callable[[Client], HttpResponse]


def _too_often(client: Client) -> HttpResponse:
    SettingOverride.objects.create(name="public_form.posts_per_address_hour", value=1)
    forget_overrides()
    try:
        post(client, "/sms/")
        return post(client, "/sms/")
    finally:
        forget_overrides()


def _sent_twice(client: Client) -> HttpResponse:
    key = uuid.uuid4().hex
    client.post("/sign-out/", {"idempotency_key": key})
    return client.post("/sms/", {"idempotency_key": key})


def _broken(client: Client) -> HttpResponse:
    with mock.patch("beian.views.public.render", side_effect=ZeroDivisionError):
        return client.get("/help/")


def _old_form(client: Client) -> HttpResponse:
    client.handler.enforce_csrf_checks = True
    return client.post("/sms/")


ERROR_PAGES: dict[str, ErrorPage] = {
    "error 400": lambda client: client.post("/sms/"),
    "error 403": _old_form,
    "error 404": lambda client: client.get("/no-such-page/"),
    "error 409": _sent_twice,
    "error 429": _too_often,
    "error 500": _broken,
}
