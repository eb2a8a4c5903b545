"""Providers that talk to the simulated outside world; refused in production."""

from base64 import b64encode
from datetime import date
from urllib.parse import quote

from .base import DeliveryFailed, FaceAnswer, InventoryItem, RealNameAnswer
from .http import call


class SimulatedSms:
    def send(self, *, message_id: str, recipient: str, sender: str, text: str) -> None:
        call(
            "/api/sms",
            {"message_id": message_id, "to": recipient, "sender": sender, "text": text},
        )


class SimulatedMail:
    def send(self, *, message_id: str, recipient: str, subject: str, text: str) -> None:
        call(
            "/api/mail",
            {"message_id": message_id, "to": recipient, "subject": subject, "text": text},
        )


class SimulatedRealName:
    def check(self, *, request_id: str, name: str, cert_number: str) -> RealNameAnswer:
        answer = call(
            "/api/real-name",
            {"request_id": request_id, "name": name, "cert_number": cert_number},
        )
        if answer is None:
            raise DeliveryFailed("empty answer")
        return RealNameAnswer(answer["result"], answer.get("reason", ""))


class SimulatedFace:
    def check(self, *, request_id: str, name: str, cert_number: str, photo: bytes) -> FaceAnswer:
        answer = call(
            "/api/face",
            {
                "request_id": request_id,
                "name": name,
                "cert_number": cert_number,
                "photo": b64encode(photo).decode(),
            },
        )
        if answer is None:
            raise DeliveryFailed("empty answer")
        return FaceAnswer(answer["result"], answer.get("score"), tuple(answer.get("reasons", ())))


# The cloud's own product names where they differ from ours.
KINDS = {"flexus_l": "application_server", "eip": "elastic_ip", "elb": "load_balancer"}


def _item(row: dict) -> InventoryItem:
    expires = row.get("expires_on")
    return InventoryItem(
        ref=row["ref"],
        name=row["name"],
        kind=KINDS.get(row["kind"], row["kind"]),
        region=row["region"],
        region_label=row["region_label"],
        public_ips=tuple(row["public_ips"]),
        is_prepaid=row["billing"] == "prepaid",
        is_mainland=row["mainland"],
        turned_into_codes=row["as_codes"],
        months_total=row["months_total"],
        expires_on=date.fromisoformat(expires) if expires else None,
        known_use_count=row["used_services"],
    )


class SimulatedInventory:
    def resources(self, *, account_ref: str) -> list[InventoryItem]:
        answer = call(f"/api/inventory/{quote(account_ref)}")
        return [_item(row) for row in (answer or {}).get("resources", [])]
