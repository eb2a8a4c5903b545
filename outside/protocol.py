"""The shape of an upload, checked without the database.

Return codes follow the V3.0 interface text (7 hash, 14 sequence gap, 18 size, 5001 structure,
5004 version); 5002 for an unknown record type and 1016 for an unknown record are our reading.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from outside.provinces import PROVINCES

VERSION = "V.3.0+sim1"
RECORDS_LIMIT = 1000
BYTES_LIMIT = 50 * 1024 * 1024

HASH_FAILED = 7
SEQUENCE_GAP = 14
TOO_LARGE = 18
OTHER = 999
UNKNOWN_RECORD = 1016
MALFORMED = 5001
UNKNOWN_TYPE = 5002
WRONG_VERSION = 5004


class UploadRefused(Exception):
    """The whole file is refused; nothing of it is kept."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Application:
    """XZBA: an application handed over for verification and decision."""

    ref: UUID
    order_number: str
    province: str
    content: dict[str, Any]


@dataclass(frozen=True)
class SmsEvent:
    """DXHY: how the SMS verification of one hand-over ended."""

    ref: UUID
    state: str


Record = Application | SmsEvent


def check_hash(payload: str, sha256: str) -> None:
    """Compare the lower-case hexadecimal digest of the payload's UTF-8 bytes."""
    if len(payload.encode()) > BYTES_LIMIT:
        raise UploadRefused(TOO_LARGE, "文件超过 50 MB")
    if hashlib.sha256(payload.encode()).hexdigest() != sha256.lower():
        raise UploadRefused(HASH_FAILED, "摘要校验失败")


def read_records(payload: str) -> list[Record]:
    """Read the records of a file, or raise UploadRefused naming the first fault."""
    try:
        document = json.loads(payload)
    except ValueError:
        raise UploadRefused(MALFORMED, "内容不是 JSON") from None
    if not isinstance(document, dict) or not isinstance(document.get("records"), list):
        raise UploadRefused(MALFORMED, "缺少 records")
    if document.get("version") != VERSION:
        raise UploadRefused(WRONG_VERSION, f"版本应为 {VERSION}")
    if len(document["records"]) > RECORDS_LIMIT:
        raise UploadRefused(TOO_LARGE, f"一个文件最多 {RECORDS_LIMIT} 条记录")
    return [_record(index, entry) for index, entry in enumerate(document["records"])]


def _record(index: int, entry: Any) -> Record:
    if not isinstance(entry, dict):
        raise _malformed(index, "不是对象")
    if entry.get("type") == "XZBA":
        return _application(index, entry)
    if entry.get("type") == "DXHY":
        return _sms_event(index, entry)
    raise UploadRefused(UNKNOWN_TYPE, f"第 {index + 1} 条记录：类型未知")


def _application(index: int, entry: dict[str, Any]) -> Application:
    if entry.get("province") not in PROVINCES:
        raise _malformed(index, "province 未知")
    order_number = entry.get("order_number")
    if not isinstance(order_number, str) or not 0 < len(order_number) <= 40:
        raise _malformed(index, "order_number 为空或过长")
    content = _content(index, entry.get("content"))
    return Application(_ref(index, entry), order_number, entry["province"], content)


def _content(index: int, content: Any) -> dict[str, Any]:
    subject = content.get("subject") if isinstance(content, dict) else None
    services = content.get("services") if isinstance(content, dict) else None
    if not isinstance(subject, dict) or not _is_text(subject.get("cert_number"), 100):
        raise _malformed(index, "content.subject.cert_number 为空")
    if not isinstance(services, list) or not services:
        raise _malformed(index, "content.services 为空")
    refs = [entry.get("ref") if isinstance(entry, dict) else None for entry in services]
    if not all(_is_text(ref, 100) for ref in refs) or len(set(refs)) != len(refs):
        raise _malformed(index, "content.services 的 ref 缺失或重复")
    return content


def _sms_event(index: int, entry: dict[str, Any]) -> SmsEvent:
    if entry.get("state") not in ("all_verified", "returned"):
        raise _malformed(index, "state 未知")
    return SmsEvent(_ref(index, entry), entry["state"])


def _ref(index: int, entry: dict[str, Any]) -> UUID:
    try:
        return UUID(entry["ref"])
    except (KeyError, ValueError, TypeError, AttributeError):
        raise _malformed(index, "ref 不是 UUID") from None


def _is_text(value: Any, limit: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= limit


def _malformed(index: int, reason: str) -> UploadRefused:
    return UploadRefused(MALFORMED, f"第 {index + 1} 条记录：{reason}")
