"""What a line to the bureau does. Asynchronous from the first day: files go up under a gapless
sequence, results come down later and are acknowledged. Only workers call it.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Accepted:
    """The file with this sequence is at the bureau."""

    sequence: int


@dataclass(frozen=True)
class RefusedFile:
    """Nothing of the file was taken; `is_gap`: the sequence was not the next one."""

    code: int
    text: str
    is_gap: bool = False


@dataclass(frozen=True)
class Unknown:
    """No answer came: the file may or may not have arrived. `reason` for the log."""

    reason: str


Answer = Accepted | RefusedFile | Unknown


@dataclass(frozen=True)
class ResultFile:
    """A file that came down; it is offered again until `ack(name)`."""

    name: str
    payload: str


class BureauGateway(Protocol):
    def upload(self, *, sequence: int, sha256: str, payload: str) -> Answer:
        """Send one file; the same sequence with the same digest is accepted again."""

    def last_upload(self) -> tuple[int, str]:
        """Sequence and digest of the last file the bureau has; (0, "") at the start.

        Raises beian.ports.base.DeliveryFailed.
        """

    def download(self) -> ResultFile | None:
        """The oldest result file not acknowledged yet. Raises DeliveryFailed."""

    def ack(self, name: str) -> None:
        """Confirm that a result file is safely kept. Raises DeliveryFailed."""
