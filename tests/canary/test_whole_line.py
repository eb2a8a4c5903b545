"""A whole filing leaves no person's data readable in rows, files, logs, messages or addresses."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings

from beian import clock
from beian.actions import notices
from beian.celery import app
from beian.enums import NoticeState
from beian.models import Notice
from orders.enums import OrderState
from tests.canary.applicant import the_order
from tests.canary.canaries import found_in
from tests.canary.line import Line, TalkativeBureau
from tests.canary.people import PEOPLE, WORDS
from tests.canary.scans import (
    captured_addresses,
    captured_log,
    scan_broker,
    scan_database,
    scan_folder,
    scan_outbox,
)

pytestmark = pytest.mark.django_db


class Wire:
    """Takes messages; every second one fails and says whom it was for."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, *, recipient: str, text: str, **_more: str) -> None:
        self.sent.append(text)
        if len(self.sent) % 2:
            raise notices.DeliveryFailed(f"no route for {recipient}: {text}")


@pytest.fixture
def line(monkeypatch, settings, tmp_path) -> Line:
    settings.FILES_DIR = tmp_path / "files"
    bureau = TalkativeBureau()
    for module in ("sending", "results"):
        monkeypatch.setattr(f"orders.actions.{module}.gateway", lambda: bureau)
    return Line(bureau)


@pytest.fixture
def wire(monkeypatch) -> Wire:
    wire = Wire()
    monkeypatch.setattr(notices, "port", lambda _name: wire)
    return wire


@pytest.fixture
def beat():
    """Wakes the workers for everything that is scheduled, as beat does."""
    app.loader.import_default_modules()

    def wake() -> None:
        for entry in django_settings.CELERY_BEAT_SCHEDULE.values():
            app.send_task(entry["task"], **entry["options"])

    yield wake
    app.control.purge()


def relay_everything() -> None:
    """Waiting times are skipped."""
    waiting = Notice.objects.filter(state=NoticeState.QUEUED)
    while waiting.exists():
        waiting.update(next_attempt_at=clock.now())
        notices.relay_notices()


def test_whole_filing_leaves_nothing_readable(line, wire, beat, settings):
    with captured_log() as log, captured_addresses() as addresses:
        line.walk()
        queued = scan_database(line.canaries)
        notices.relay_notices()
        tried = scan_database(line.canaries)
        relay_everything()
        beat()

    assert queued == tried == scan_database(line.canaries) == []
    assert scan_outbox(line.codes) == []
    assert scan_folder(settings.FILES_DIR, line.canaries) == []
    assert scan_broker(line.canaries) == []
    assert found_in(log.getvalue(), line.canaries, "log") == []
    assert found_in("\n".join(addresses), line.canaries, "address") == []
    assert_everything_was_said(line, wire, log.getvalue(), settings.FILES_DIR)


def assert_everything_was_said(line: Line, wire: Wire, log: str, files: Path) -> None:
    """People read what was written; a walk that said nothing would prove nothing."""
    order = the_order()
    assert order.state == OrderState.FILED
    assert order.events.get(name="refuse").said == WORDS
    assert len(line.codes) == 2 * (4 + 2 * len(PEOPLE))
    assert any(WORDS in text for text in wire.sent)
    assert all(any(code.is_in(text) for text in wire.sent) for code in line.codes[::2])
    assert len([path for path in files.rglob("*") if path.is_file()]) >= 5
    assert "bureau refused a file" in log
    assert "bureau answer unknown" in log
