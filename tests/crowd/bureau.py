"""The bureau in memory, for many callers at once, with numbers it never gives twice."""

from __future__ import annotations

import threading
import uuid
from itertools import count
from typing import Any

from tests.fake_bureau import FakeBureau


class CrowdBureau(FakeBureau):
    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.Lock()
        self.numbers = count(2026000001)

    def offer(self, *results: dict[str, Any]) -> None:
        with self.lock:
            super().offer(*results)

    def ack(self, name: str) -> None:
        with self.lock:
            super().ack(name)

    def record_of(self, order_number: str) -> dict[str, Any] | None:
        """The newest filing record of an order."""
        records = [one for one in self.records() if one["order_number"] == order_number]
        return records[-1] if records else None

    def answer(self, record: dict[str, Any], outcome: str, times: int = 1) -> None:
        """granted, refused or failed (domain check), `times` over with the same id."""
        kind = "YMHY" if outcome == "failed" else "BAJG"
        result = {"id": uuid.uuid4().hex, "type": kind, "ref": record["ref"], "outcome": outcome}
        result["text"] = "见说明"
        if outcome == "granted":
            number = f"浙ICP备{next(self.numbers)}号"
            services = record["content"]["services"]
            result["subject_number"] = number
            result["services"] = [
                {"ref": service["ref"], "number": f"{number}-{index}"}
                for index, service in enumerate(services, start=1)
            ]
        self.offer(*[result] * times)
