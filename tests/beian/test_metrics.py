"""Figures for Prometheus: what happened and what waits, nothing about a person."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from prometheus_client.parser import text_string_to_metric_families

from beian import metrics
from beian.actions.heartbeats import BEAT, note_heartbeat
from beian.metrics import Gauge
from tests.builders import make_applicant, make_order
from tests.consistency.sources import ROOT
from tests.private_servers import free_port


def figures(text: str) -> dict[tuple[str, tuple[str, ...]], float]:
    """(name, label values by the order of their names) → figure."""
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def monitor(settings: Any) -> None:
    settings.MONITORS = [ip_network("127.0.0.1")]


@pytest.mark.django_db
def test_figures_tell_what_waits_and_what_was_asked(client, monitor):
    applicant = make_applicant()
    order = make_order(applicant)
    note_heartbeat(BEAT, "one:1")
    before = figures(client.get("/metrics").content.decode())

    client.get("/filings/")
    text = client.get("/metrics").content.decode()
    found = figures(text)

    assert found["beian_orders_open", ("draft",)] == 1
    assert found["beian_orders_open", ("initial_review",)] == 0
    assert found["beian_beats_running", ()] == 1
    assert found["beian_outbox_overdue_seconds", ()] == 0
    assert found["beian_bureau_records", ("queued",)] == 0
    assert found["beian_database_up", ()] == 1
    asked = ("beian_requests_total", ("GET", "orders:my-filings", "302"))
    assert found[asked] == before.get(asked, 0) + 1
    assert str(order.pk) not in text


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_database_that_is_away_is_a_figure_and_no_error(client, monitor, monkeypatch, error):
    def fail() -> None:
        raise error

    monkeypatch.setattr(metrics, "_gauges", [Gauge("beian_any", "Any.", (), fail)])

    assert figures(client.get("/metrics").content.decode())["beian_database_up", ()] == 0


@pytest.mark.django_db
def test_strangers_get_no_figures(client):
    assert client.get("/metrics").status_code == 404


@pytest.mark.django_db
def test_made_up_methods_make_no_new_series(client, monitor):
    for method in ("BREW", "WHEN"):
        client.generic(method, "/filings/")

    found = {labels for (name, labels) in figures(client.get("/metrics").content.decode())}
    assert not {labels for labels in found if {"BREW", "WHEN"} & set(labels)}


def test_figures_of_several_web_processes_are_summed(tmp_path: Path) -> None:
    port, asked = free_port(), 12
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BEIAN_")}
    environment |= {"BEIAN_DEMO": "1", "BEIAN_STATE_DIR": str(tmp_path), "BEIAN_WEB_WORKERS": "2"}
    environment |= {"BEIAN_MONITORS": "127.0.0.1", "TMPDIR": str(tmp_path)}
    (tmp_path / "static").mkdir()
    server = subprocess.Popen(
        [
            *[sys.executable, "-m", "gunicorn", "--config", "python:beian.gunicorn_config"],
            *["--bind", f"127.0.0.1:{port}", "beian.wsgi:application"],
        ],
        cwd=ROOT,
        env=environment,
    )
    try:
        _wait_for(port)
        before = _counted(port)
        for _number in range(asked):
            _get(port, "/healthz")
        after = _counted(port)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)

    assert after - before == asked
    # The folder of the figures goes with the server.
    assert list(tmp_path.glob("beian-figures-*")) == []


def _counted(port: int) -> float:
    text = _get(port, "/metrics")
    assert "beian_database_up 0.0" in text
    return figures(text)["beian_requests_total", ("GET", "public:healthz", "200")]


def _get(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    body = connection.getresponse().read().decode()
    connection.close()
    return body


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            _get(port, "/healthz")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("gunicorn did not start")
