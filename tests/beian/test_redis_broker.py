"""A worker lets go of a Redis that died and does not end on it."""

import pytest
from kombu import Connection, Queue

from beian import broker  # noqa: F401  # names our transport for redis://
from tests.private_servers import redis_server


@pytest.mark.postgres
def test_connection_to_a_dead_redis_is_let_go_with_a_message_in_hand():
    with redis_server() as server, Connection(server.url) as connection:
        channel = connection.channel()
        queue = Queue("wake-ups", channel=channel)
        queue.declare()
        connection.Producer(channel).publish({"wake": "up"}, routing_key="wake-ups", declare=[])
        assert channel.basic_get("wake-ups") is not None
        server.kill()
        # As kombu does it: the channel's client is gone before the channel is closed.
        connection.transport.client = channel.connection.client = None
        channel.close()
        assert channel.closed
