"""What a product sends, and what a person clicks."""

import hashlib
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Any
from uuid import uuid4

VERSION = "V.3.0+sim1"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class Client:
    """One browser with its cookies; the product's calls go through it too."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies)

    def get(self, path: str, **headers: str) -> Answer:
        return self._open(urllib.request.Request(self.address + path, headers=headers))

    def call(self, path: str, body: object, content_type: str = "application/json") -> Answer:
        return self._open(
            urllib.request.Request(
                self.address + path, json.dumps(body).encode(), {"Content-Type": content_type}
            )
        )

    def click(self, page: str, target: str = "", **fields: str) -> Answer:
        """Send a form of `page` to `target` (the page itself unless given)."""
        found = TOKEN.search(self.get(page).text)
        assert found is not None, f"{page} has no form"
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": found[1], **fields})
        return self._open(urllib.request.Request(self.address + (target or page), data.encode()))

    def upload(self, *records: object, seq: int | None = None, sha256: str = "") -> Answer:
        """Send records in one file under the next sequence number, unless told otherwise."""
        return self.upload_text(
            json.dumps({"version": VERSION, "records": records}), seq=seq, sha256=sha256
        )

    def upload_text(self, payload: str, *, seq: int | None = None, sha256: str = "") -> Answer:
        return self.call(
            "/api/bureau/upload",
            {
                "seq": self.last_seq() + 1 if seq is None else seq,
                "sha256": sha256 or hashlib.sha256(payload.encode()).hexdigest(),
                "payload": payload,
            },
        )

    def last_seq(self) -> int:
        return self.get("/api/bureau/last").json["seq"]

    def results(self) -> list[dict[str, Any]]:
        """Fetch and acknowledge everything there is."""
        found: list[dict[str, Any]] = []
        while (answer := self.get("/api/bureau/download")).status != 204:
            found += json.loads(answer.json["payload"])["results"]
            self.call("/api/bureau/ack", {"name": answer.json["name"]})
        return found

    def _open(self, request: urllib.request.Request) -> Answer:
        try:
            response = self.opener.open(request, timeout=20)
        except urllib.error.HTTPError as refusal:
            response = refusal
        with response:
            text = response.read().decode()
            return Answer(response.status, text, dict(response.headers))


def application(**changes: Any) -> dict[str, Any]:
    """Make an XZBA record of a fictitious company with one website."""
    number = uuid4().hex[:12].upper()
    record = {
        "type": "XZBA",
        "ref": str(uuid4()),
        "order_number": f"BA20261122-{number[:4]}",
        "province": "33",
        "content": {
            "subject": {"name": "示例科技（杭州）有限公司", "cert_number": f"SAMPLE{number}"},
            "services": [{"ref": "site-1", "name": "示例官网", "domains": ["shili-keji.com"]}],
        },
    }
    return record | changes


def sms_event(record: dict[str, Any], state: str = "all_verified") -> dict[str, str]:
    return {"type": "DXHY", "ref": record["ref"], "state": state}
