"""What a dossier path is called and which page of the wizard it is filled in on."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from beian.lazy_text import LazyText
from orders.apply.picture_names import PICTURE_NAMES
from orders.language import data_language
from rules.vocabulary import MATERIALS as MATERIAL_NAMES

_INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Page:
    """A page of the wizard; `key` is the step's."""

    key: str
    title: LazyText


SUBJECT = Page("subject", _("主体信息"))
SUBJECT_PRINCIPAL = Page("subject-principal", _("主体负责人"))
WEBSITE = Page("website", _("网站信息"))
SERVICE_PRINCIPAL = Page("service-principal", _("网站负责人"))
RESOURCE = Page("resource", _("备案资源"))
MATERIALS = Page("materials", _("办理材料"))

# Longest match wins, so a part may lie on another page than its parent.
PAGES: dict[str, Page] = {
    "subject": SUBJECT,
    "subject.principal": SUBJECT_PRINCIPAL,
    "services": WEBSITE,
    "services.resource": RESOURCE,
    "services.ips": RESOURCE,
    "services.principal": SERVICE_PRINCIPAL,
    "materials": MATERIALS,
}
PAGE_ORDER = tuple(dict.fromkeys((SUBJECT, SUBJECT_PRINCIPAL, *PAGES.values())))

_PERSON: dict[str, LazyText] = {
    "full_name": _("姓名"),
    "cert_type": _("证件类型"),
    "cert_number": _("证件号码"),
    "valid_from": _("证件有效期起"),
    "valid_to": _("证件有效期止"),
    "long_term": _("证件长期有效"),
    "mobile": _("手机号"),
    "emergency_phone": _("应急电话"),
    "office_phone": _("办公电话"),
    "email": _("电子邮箱"),
    "is_legal_representative": _("是否为法定代表人"),
    "same_as_subject_principal": _("与主体负责人相同"),
}

LABELS: dict[str, LazyText] = {
    "subject": _("主体信息"),
    "subject.province": _("备案省份"),
    "subject.nature": _("主办单位性质"),
    "subject.name": _("主办单位名称"),
    "subject.cert_type": _("主办单位证件类型"),
    "subject.cert_number": _("主办单位证件号码"),
    "subject.cert_address": _("证件住所"),
    "subject.cert_valid_from": _("证件有效期起"),
    "subject.cert_valid_to": _("证件有效期止"),
    "subject.cert_long_term": _("证件长期有效"),
    "subject.contact_region": _("通讯地址所在地区"),
    "subject.contact_address": _("通讯地址"),
    "subject.remarks": _("主体备注"),
    "subject.principal": _("主体负责人"),
    "services": _("网站信息"),
    "services.ref": _("网站"),
    "services.kind": _("服务类型"),
    "services.name": _("网站名称"),
    "services.domains": _("域名"),
    "services.content_categories": _("网站服务内容"),
    "services.languages": _("网站语言"),
    "services.pre_approvals": _("前置审批"),
    "services.remarks": _("网站备注"),
    "services.resource": _("备案资源"),
    "services.ips": _("IP 地址"),
    "services.principal": _("网站负责人"),
    "materials": _("办理材料"),
    **{f"subject.principal.{name}": label for name, label in _PERSON.items()},
    **{f"services.principal.{name}": label for name, label in _PERSON.items()},
}


def pattern_of(path: str) -> str:
    """The path without its indices: `services[0].domains[1]` → `services.domains`."""
    return _INDEX.sub("", path)


def page_of(path: str) -> Page:
    """The wizard page on which the path is filled in; raises KeyError for a path of none."""
    pattern = pattern_of(path)
    while pattern and pattern not in PAGES:
        pattern = pattern.rpartition(".")[0]
    return PAGES[pattern]


def label_of(path: str) -> str:
    """The field's name on its page; a document is called as in the list of materials."""
    head, _dot, key = pattern_of(path).partition(".")
    if head == "materials" and key:
        return _document(key)
    return str(LABELS[pattern_of(path)])


def _document(key: str) -> str:
    if key in PICTURE_NAMES:
        return str(PICTURE_NAMES[key])
    known = MATERIAL_NAMES.get(key)
    if known is None:
        return str(LABELS["materials"])
    return known.en if data_language() == "en" else known.zh
