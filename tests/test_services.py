"""The servers of the test session are the real ones."""

from __future__ import annotations

import os
import socket

import pytest
import redis
from django.conf import settings
from django.db import connection
from pytest_socket import SocketConnectBlockedError

from tests import services


@pytest.mark.postgres
@pytest.mark.django_db
def test_database_is_a_private_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('fsync')")
        assert cursor.fetchone() == ("off",)


@pytest.mark.skipif(settings.EMBEDDED_BROKER, reason="needs Redis")
def test_redis_answers_and_keeps_nothing_on_disk() -> None:
    client = redis.Redis.from_url(settings.BROKER_URL)

    assert client.ping()
    assert client.config_get("save") == {"save": ""}


def test_connections_to_other_machines_are_blocked() -> None:
    with pytest.warns(UserWarning, match="192.0.2.1"), pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)


def test_state_of_the_session_is_not_the_state_of_the_developer() -> None:
    assert settings.STATE_DIR.name.startswith("beian-test-")
    assert os.environ["BEIAN_STATE_DIR"] == str(settings.STATE_DIR)


def test_child_prepares_servers_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_PROVIDED", {services.DATABASE})
    monkeypatch.setenv(services.DATABASE, "postgres://of.this.session/beian")
    monkeypatch.setenv(services.BROKER, "redis://given/")

    environment = services.environment_of_a_child()

    assert services.DATABASE not in environment
    assert environment[services.BROKER] == "redis://given/"


@pytest.mark.xdist_group("together")
def test_groups_of_tests_stay_in_one_process(request):
    """Or the processes would build the same pages and start the same products, silently."""
    is_shared = hasattr(request.config, "workerinput") and request.config.option.loadgroup

    assert request.node.nodeid.endswith("@together") == is_shared
