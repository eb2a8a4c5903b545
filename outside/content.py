"""Lay an application's content out for reading: headed lists of label and value."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from outside.bilingual import two

LABELS = {
    "subject": ("主体", "Subject"),
    "services": ("互联网信息服务", "Services"),
    "service": ("互联网信息服务", "Service"),
    "principal": ("负责人", "Principal"),
    "materials": ("材料", "Materials"),
    "name": ("名称", "Name"),
    "nature": ("单位性质", "Nature"),
    "nature_code": ("单位性质代码", "Nature code"),
    "full_name": ("姓名", "Full name"),
    "cert_type": ("证件类型", "Certificate type"),
    "cert_type_code": ("证件类型代码", "Certificate type code"),
    "cert_number": ("证件号码", "Certificate number"),
    "cert_address": ("证件住址", "Certificate address"),
    "cert_valid_from": ("证件有效期起", "Certificate valid from"),
    "cert_valid_to": ("证件有效期止", "Certificate valid to"),
    "cert_long_term": ("证件长期有效", "Certificate without end date"),
    "valid_from": ("证件有效期起", "Certificate valid from"),
    "valid_to": ("证件有效期止", "Certificate valid to"),
    "long_term": ("证件长期有效", "Certificate without end date"),
    "contact_region": ("通讯地址所在地区", "Contact region"),
    "contact_address": ("通讯地址", "Contact address"),
    "investor_or_superior": ("投资者或主管单位", "Investor or superior body"),
    "mobile": ("手机号码", "Mobile"),
    "emergency_phone": ("应急电话", "Emergency phone"),
    "office_phone": ("办公室电话", "Office phone"),
    "email": ("电子邮箱", "E-mail"),
    "is_legal_representative": ("是法定代表人", "Is the legal representative"),
    "same_as_subject_principal": ("与主体负责人相同", "Same as the subject principal"),
    "ref": ("标识", "Reference"),
    "kind": ("类型", "Kind"),
    "service_type": ("服务类型", "Service type"),
    "domains": ("域名", "Domains"),
    "home_urls": ("首页网址", "Home pages"),
    "ips": ("IP 地址", "IP addresses"),
    "content_categories": ("服务内容", "Content categories"),
    "languages": ("语言", "Languages"),
    "pre_approvals": ("前置审批", "Pre-approvals"),
    "remarks": ("备注", "Remarks"),
    "resource": ("接入资源", "Resource"),
    "order_type": ("备案类型", "Order type"),
    "province": ("省份", "Province"),
    "schema_version": ("数据版本", "Schema version"),
}
ONE_OF = {"services": "service"}
NOTHING = "—"


@dataclass
class Section:
    """A heading and its rows; `depth` is 0 for the application's own top level."""

    title: SafeString
    depth: int
    rows: list[tuple[SafeString, str]] = field(default_factory=list)


def sections(content: dict[str, Any]) -> list[Section]:
    """Flatten nested content; what it does not know is shown under its own key."""
    found = _walk(content, two("申请", "Application"), 0)
    return [section for section in found if section.rows or section.depth]


def _walk(part: dict[str, Any], title: SafeString, depth: int) -> list[Section]:
    own = Section(title, depth)
    below: list[Section] = []
    for key, value in part.items():
        if isinstance(value, dict):
            below += _walk(value, _label(key), depth + 1)
        elif isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
            below += _walk_list(key, value, depth + 1)
        else:
            own.rows.append((_label(key), _shown(value)))
    return [own, *below]


def _walk_list(key: str, entries: list[Any], depth: int) -> list[Section]:
    found: list[Section] = []
    for position, entry in enumerate(entries, start=1):
        content = entry if isinstance(entry, dict) else {key: entry}
        found += _walk(content, _label(ONE_OF.get(key, key), f" {position}"), depth)
    return found


def _label(key: str, number: str = "") -> SafeString:
    chinese, english = LABELS.get(key, (key, ""))
    return two(chinese + number, english and english + number)


def _shown(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return "是 Yes" if value else "否 No"
    if isinstance(value, list):
        return "、".join(str(entry) for entry in value)
    return str(value)
