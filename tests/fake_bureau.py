"""A bureau in memory: keeps what it accepts, loses replies on demand, hands out results."""

import hashlib
import json
import uuid

from orders.bureau.base import Accepted, RefusedFile, ResultFile, Unknown

VERSION = "V.3.0+sim1"


class FakeBureau:
    def __init__(self):
        self.files = []
        self.outbox = []
        self.acknowledged = []
        self.faults = []

    # The port

    def upload(self, *, sequence, sha256, payload):
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "lost_before":
            return Unknown("connection refused")
        if fault == "refuse":
            return RefusedFile(5001, "结构不符合要求")
        answer = self._take(sequence, sha256, payload)
        return Unknown("reply lost") if fault == "lost_after" else answer

    def last_upload(self):
        return (len(self.files), self.files[-1][0]) if self.files else (0, "")

    def download(self):
        return self.outbox[0] if self.outbox else None

    def ack(self, name):
        self.acknowledged.append(name)
        self.outbox = [file for file in self.outbox if file.name != name]

    # The officer

    def records(self, record_type="XZBA"):
        entries = [entry for _sha, payload in self.files for entry in payload["records"]]
        return [entry for entry in entries if entry["type"] == record_type]

    def decide(self, outcome="granted", text="", record=None, times=1):
        """Answer a filing record (the newest unless given), `times` over with the same id."""
        record = record or self.records()[-1]
        result = {
            "id": uuid.uuid4().hex,
            "type": "BAJG",
            "ref": record["ref"],
            "outcome": outcome,
            "text": text,
        }
        if outcome == "granted":
            result["subject_number"] = f"浙ICP备{2026000000 + len(self.files):010d}号"
            result["services"] = [
                {"ref": service["ref"], "number": f"{result['subject_number']}-{index}"}
                for index, service in enumerate(record["content"]["services"], start=1)
            ]
        self.offer(*[result] * times)

    def fail_domain(self, text="域名未实名"):
        record = self.records()[-1]
        self.offer(
            {
                "id": uuid.uuid4().hex,
                "type": "YMHY",
                "ref": record["ref"],
                "outcome": "failed",
                "text": text,
            }
        )

    def offer(self, *results):
        for result in results:
            payload = json.dumps({"version": VERSION, "results": [result]})
            self.outbox.append(ResultFile(uuid.uuid4().hex, payload))

    def _take(self, sequence, sha256, payload):
        if hashlib.sha256(payload.encode()).hexdigest() != sha256:
            return RefusedFile(7, "摘要校验失败")
        known = self.files[sequence - 1][0] if 0 < sequence <= len(self.files) else None
        if known is not None:
            return Accepted(sequence) if known == sha256 else RefusedFile(999, "序号已使用")
        if sequence != len(self.files) + 1:
            return RefusedFile(14, "序号不连续", is_gap=True)
        self.files.append((sha256, json.loads(payload)))
        return Accepted(sequence)
