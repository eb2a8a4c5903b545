"""Records as the bureau reads them, written from the frozen submission."""

import json
from typing import Any

from orders.dossier import Dossier, Person
from orders.models import BureauRecord, FilingOrder, Submission
from rules.enumerations import Entry, certificate_type, nature, personal_certificate_type

VERSION = "V.3.0+sim1"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# Asked for the rules' sake; the bureau's record has no place for them.
OWN_QUESTIONS = {
    "principal",
    "is_sole_proprietor",
    "has_trade_name",
    "has_seal",
    "doc_is_electronic",
    "licence_number",
    "licence_seal",
}


def _code(entry: Entry | None) -> str:
    """The ministry's code of a nature or a certificate; empty where it has none."""
    return entry.code if entry else ""


def _person(person: Person) -> dict[str, Any]:
    said = person.model_dump(
        mode="json",
        include={
            "full_name",
            "cert_type",
            "cert_number",
            "valid_from",
            "valid_to",
            "long_term",
            "mobile",
            "emergency_phone",
            "email",
        },
    )
    return {**said, "cert_type_code": _code(personal_certificate_type(person.cert_type))}


def _subject(dossier: Dossier) -> dict[str, Any]:
    subject = dossier.subject
    return {
        **subject.model_dump(mode="json", exclude=OWN_QUESTIONS),
        "nature_code": _code(nature(subject.nature)),
        "cert_type_code": _code(certificate_type(subject.cert_type)),
        "principal": _person(subject.principal),
    }


def _service(dossier: Dossier, index: int) -> dict[str, Any]:
    service = dossier.services[index]
    content = service.model_dump(mode="json", exclude={"principal", "resource"})
    return {**content, "principal": _person(dossier.service_principal(index))}


def first_filing(order: FilingOrder, submission: Submission) -> str:
    """The XZBA record's body without its reference, as JSON."""
    dossier = submission.dossier
    return _dump(
        {
            "order_number": order.number,
            "province": order.province,
            "content": {
                "subject": _subject(dossier),
                "services": [_service(dossier, index) for index in range(len(dossier.services))],
            },
        }
    )


def sms_result(state: str) -> str:
    """The DXHY record's body: all_verified or returned."""
    return _dump({"state": state})


def file_payload(records: list[BureauRecord]) -> str:
    """One file of records in canonical JSON."""
    entries = [
        {
            "type": record.record_type,
            "ref": str(record.about_id or record.pk),
            **json.loads(record.content()),
        }
        for record in records
    ]
    return _dump({"version": VERSION, "records": entries})
