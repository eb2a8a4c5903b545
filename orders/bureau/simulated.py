"""The line to the simulated bureau of the outside world."""

from beian.ports.base import DeliveryFailed
from beian.ports.http import call
from orders.bureau.base import Accepted, Answer, RefusedFile, ResultFile, Unknown

# Return code of the interface text for a gap in the sequence.
SEQUENCE_GAP = 14


class SimulatedBureau:
    def upload(self, *, sequence: int, sha256: str, payload: str) -> Answer:
        file = {"seq": sequence, "sha256": sha256, "payload": payload}
        try:
            answer = call("/api/bureau/upload", file)
        except DeliveryFailed as error:
            return Unknown(error.reason)
        if answer is None or "code" not in answer:
            return Unknown("answer without a code")
        if answer["code"] == 0:
            return Accepted(sequence)
        code = int(answer["code"])
        return RefusedFile(code, str(answer.get("message", "")), code == SEQUENCE_GAP)

    def last_upload(self) -> tuple[int, str]:
        answer = call("/api/bureau/last")
        if answer is None:
            raise DeliveryFailed("empty answer")
        return int(answer["seq"]), str(answer["sha256"])

    def download(self) -> ResultFile | None:
        answer = call("/api/bureau/download")
        return ResultFile(answer["name"], answer["payload"]) if answer else None

    def ack(self, name: str) -> None:
        call("/api/bureau/ack", {"name": name})
