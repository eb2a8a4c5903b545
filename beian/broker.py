"""The embedded broker: kombu's transport of files, with messages that appear whole or not at all.

kombu writes a message under its final name, and a reader may take it while it is still empty; the
worker then ends on a message that is no JSON. Here both sides rename, which is atomic.
"""

import contextlib
import json
import os
from queue import Empty
from time import monotonic_ns
from typing import Any
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem

SCHEME = "beianfiles"
TRANSPORT_ALIASES[SCHEME] = "beian.broker:Transport"
for _scheme in ("redis", "rediss"):
    TRANSPORT_ALIASES[_scheme] = "beian.redis_broker:Transport"


class Channel(filesystem.Channel):
    def _put(  # type: ignore[override]  # kombu's own classes disagree on the second name
        self, queue: str, payload: dict[str, Any], **_kwargs: Any
    ) -> None:
        # The time comes first in the name: names in order are messages in order.
        name = os.path.join(self.data_folder_out, f"{monotonic_ns():020d}_{uuid4()}")
        with open(f"{name}.part", "w", encoding="utf-8") as file:
            json.dump(payload, file)
        os.replace(f"{name}.part", f"{name}.{queue}.msg")

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        ending = f".{queue}.msg"
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] == ending[1:]:
                taken = self._take(os.path.join(self.data_folder_in, name))
                if taken is not None:
                    return taken
        raise Empty

    @staticmethod
    def _take(path: str) -> dict[str, Any] | None:
        """The message, if no other reader was first."""
        mine = f"{path}.taken"
        try:
            os.rename(path, mine)
        except FileNotFoundError:
            return None
        with open(mine, encoding="utf-8") as file:
            message = json.load(file)
        with contextlib.suppress(FileNotFoundError):
            os.remove(mine)
        return message


class Transport(filesystem.Transport):
    Channel = Channel
