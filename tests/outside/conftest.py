from collections.abc import Iterator

import pytest

from tests.outside.client import Client
from tests.outside.server import RunningWorld


@pytest.fixture(scope="session")
def shared_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWorld]:
    """One process for most tests: each of them uses applications and people of its own."""
    running = RunningWorld(tmp_path_factory.mktemp("outside"))
    yield running
    running.stop()


@pytest.fixture
def world(shared_world: RunningWorld) -> Client:
    """A client of the shared process with an empty download queue and no faults."""
    client = Client(shared_world.port)
    set_switches(client)
    client.results()
    return client


@pytest.fixture
def own_world(tmp_path) -> Iterator[RunningWorld]:
    """A process that nobody used before."""
    running = RunningWorld(tmp_path)
    yield running
    if running.process.poll() is None:
        running.stop()


def set_switches(client: Client, **changes: str) -> None:
    """Set the fault switches; what is not named is off."""
    calm = {"next_upload": "accept", "refusal_code": "15"}
    assert client.click("/bureau/switches/", **(calm | changes)).status == 200
