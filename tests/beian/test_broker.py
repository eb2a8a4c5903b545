"""The embedded broker hands over whole messages, each once."""

import threading
import time
from collections import Counter
from queue import Empty

import pytest
from kombu import Connection

from beian import broker

COUNT = 200
PATIENCE_SECONDS = 20


@pytest.fixture
def channel_of(tmp_path):
    """Make a channel on the same folders, as another process would."""
    folders = {name: str(tmp_path / name) for name in ("queue", "control")}
    for name in folders:
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": folders["queue"],
        "data_folder_out": folders["queue"],
        "control_folder": folders["control"],
    }
    connections = []

    def make():
        connection = Connection(f"{broker.SCHEME}://localhost//", transport_options=options)
        connections.append(connection)
        return connection.channel()

    yield make
    for connection in connections:
        connection.release()


def test_racing_readers_get_every_message_whole_and_once(channel_of, tmp_path):
    received, failures = Counter(), []
    end = time.monotonic() + PATIENCE_SECONDS

    def read(channel):
        while received.total() < COUNT and time.monotonic() < end:
            try:
                received[channel._get("work")["number"]] += 1
            except Empty:
                time.sleep(0.001)
            except ValueError as error:
                failures.append(error)
                return

    readers = [threading.Thread(target=read, args=(channel_of(),)) for _number in range(3)]
    for reader in readers:
        reader.start()
    writer = channel_of()
    for number in range(COUNT):
        writer._put("work", {"number": number, "filling": "x" * 2000})
    for reader in readers:
        reader.join(timeout=PATIENCE_SECONDS)

    assert failures == []
    assert received == Counter(range(COUNT))
    assert list((tmp_path / "queue").iterdir()) == []


def test_messages_come_in_the_order_they_were_sent(channel_of):
    channel = channel_of()
    for number in range(5):
        channel._put("work", {"number": number})

    assert [channel._get("work")["number"] for _number in range(5)] == [0, 1, 2, 3, 4]
