"""A worker lets go of a Redis that died and does not end on it."""

import pytest
from kombu import Connection, Queue
from kombu.log import get_logger

from beian import broker  # noqa: F401  # names our transport for redis://
from tests.private_servers import redis_server


@pytest.fixture
def broken_line():
    """A server that just died, its connection, a channel of it and a message in hand."""
    with redis_server() as server, Connection(server.url) as connection:
        channel = connection.channel()
        Queue("wake-ups", channel=channel).declare()
        connection.Producer(channel).publish({"wake": "up"}, routing_key="wake-ups")
        message = channel.basic_get("wake-ups")
        assert message is not None
        server.kill()
        yield connection, channel, message


@pytest.mark.postgres
def test_connection_to_a_dead_redis_is_let_go_with_a_message_in_hand(broken_line):
    connection, channel, _message = broken_line
    # As kombu does it: the channel's client is gone before the channel is closed.
    connection.transport.client = channel.connection.client = None
    channel.close()
    assert channel.closed


@pytest.mark.postgres
def test_message_is_acknowledged_in_vain_on_a_line_that_is_gone(broken_line, caplog):
    connection, channel, message = broken_line
    channel.close()
    channel.connection = None
    message.ack_log_error(get_logger("beian"), connection.connection_errors)
    assert "ack" in caplog.text
