"""Redis as the broker, for workers that outlive it.

kombu closes a connection that broke and then goes back to it: to put back what the worker held, and
to acknowledge what it had in hand. The worker ends on either. What it held were wake-ups, which the
next beat offers again.
"""

from typing import Any

from kombu.transport import redis


class Channel(redis.Channel):
    do_restore = False

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        if self.connection is None or self.connection.client is None:
            # One that kombu expects, unlike the attribute of None it would stumble over.
            raise ConnectionError("this connection was let go of")
        return super()._connparams(asynchronous=asynchronous)


class Transport(redis.Transport):
    Channel = Channel
