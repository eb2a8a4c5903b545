"""What a dossier path is called and which page of the wizard it is filled in on.

Both depend on who files: a unit has a certificate of its own and responsible persons, a natural
person (个人) is all of them, so the person's identity is one page and the contacts another.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from beian.data_language import data_language
from beian.lazy_text import LazyText
from orders.apply.certificate_words import head_of, title_of_certificate
from orders.apply.picture_names import PERSONAL_PICTURE_NAMES, PICTURE_NAMES
from orders.dossier import PERSONAL, SubjectPart
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

# A natural person's pages take the places of the subject's and its responsible person's.
IDENTITY = Page(SUBJECT.key, _("本人身份信息"))
CONTACTS = Page(SUBJECT_PRINCIPAL.key, _("本人联系方式"))

# Longest match wins, so a part may lie on another page than its parent.
UNIT_PAGES: dict[str, Page] = {
    "subject": SUBJECT,
    # Said beside its picture.
    "subject.doc_is_electronic": MATERIALS,
    "subject.principal": SUBJECT_PRINCIPAL,
    "legal_rep": SUBJECT_PRINCIPAL,
    "services": WEBSITE,
    "services.resource": RESOURCE,
    "services.ips": RESOURCE,
    "services.principal": SERVICE_PRINCIPAL,
    "materials": MATERIALS,
    "commitment_letter": MATERIALS,
    "residence_permit": MATERIALS,
}
PERSONAL_PAGES: dict[str, Page] = {
    "subject": IDENTITY,
    "subject.principal.mobile": CONTACTS,
    "subject.principal.emergency_phone": CONTACTS,
    "subject.principal.office_phone": CONTACTS,
    "subject.principal.email": CONTACTS,
    # Asked of nobody: a person stands for themselves.
    "legal_rep": IDENTITY,
    "services": WEBSITE,
    "services.resource": RESOURCE,
    "services.ips": RESOURCE,
    "services.principal": CONTACTS,
    "materials": MATERIALS,
    "commitment_letter": MATERIALS,
    "residence_permit": MATERIALS,
}

SUBJECT_DOCUMENT = "subject_doc_image"
IS_HEAD: LazyText = _("是否为%(head)s")
HEADS_RESIDENCY: LazyText = _("%(head)s是哪里的居民")

_PERSON: dict[str, LazyText] = {
    "full_name": _("姓名"),
    "cert_type": _("证件类型"),
    "cert_number": _("证件号码"),
    "birth_date": _("出生日期"),
    "valid_from": _("证件有效期开始日期"),
    "valid_to": _("证件有效期截止日期"),
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
    "subject.is_sole_proprietor": _("是否为个体工商户"),
    "subject.has_trade_name": _("证件上是否有字号"),
    "subject.has_seal": _("是否有公章"),
    "subject.licence_number": _("证照编号"),
    "subject.licence_seal": _("执照上登记机关的印章"),
    "subject.doc_is_electronic": _("是否为电子证照"),
    "subject.name": _("主办单位名称"),
    "subject.cert_type": _("主办单位证件类型"),
    "subject.cert_number": _("主办单位证件号码"),
    "subject.cert_address": _("证件住所"),
    "subject.cert_valid_from": _("证件有效期开始日期"),
    "subject.cert_valid_to": _("证件有效期截止日期"),
    "subject.cert_long_term": _("证件长期有效"),
    "subject.contact_region": _("通讯地址所在地区"),
    "subject.contact_address": _("通讯地址"),
    "subject.remarks": _("主体备注"),
    "subject.principal": _("主体负责人"),
    "legal_rep": _("法定代表人"),
    "legal_rep.residency": _("法定代表人是哪里的居民"),
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
    "commitment_letter": _("承诺书"),
    "commitment_letter.signed_on": _("承诺书签署日期"),
    "residence_permit": _("居住证"),
    "residence_permit.expiry": _("居住证有效期截止日期"),
    "residence_permit.address_matches_contact": _("居住证上的地址与通讯地址是否一致"),
    **{f"subject.principal.{name}": label for name, label in _PERSON.items()},
    **{f"services.principal.{name}": label for name, label in _PERSON.items()},
}


# What is called otherwise where the applicant is a natural person.
PERSONAL_LABELS: dict[str, LazyText] = {
    "subject": IDENTITY.title,
    "subject.nature": _("主办者性质"),
    "subject.name": _("姓名"),
    "subject.cert_type": _("证件类型"),
    "subject.cert_number": _("证件号码"),
    "subject.cert_address": _("证件上的住址"),
    "subject.remarks": _("备注"),
    "subject.principal": CONTACTS.title,
}


def pages_of(nature: str) -> dict[str, Page]:
    """Path patterns and the pages they are filled in on."""
    return PERSONAL_PAGES if nature == PERSONAL else UNIT_PAGES


def page_order(nature: str) -> tuple[Page, ...]:
    """Every page in the order of the wizard."""
    first = (IDENTITY, CONTACTS) if nature == PERSONAL else (SUBJECT, SUBJECT_PRINCIPAL)
    return tuple(dict.fromkeys((*first, *pages_of(nature).values())))


def pattern_of(path: str) -> str:
    """The path without its indices: `services[0].domains[1]` → `services.domains`."""
    return _INDEX.sub("", path)


def page_of(path: str, nature: str) -> Page:
    """The wizard page on which the path is filled in; raises KeyError for a path of none."""
    pages = pages_of(nature)
    pattern = pattern_of(path)
    while pattern and pattern not in pages:
        pattern = pattern.rpartition(".")[0]
    return pages[pattern]


def label_of(path: str, nature: str, subject: SubjectPart | None = None) -> str:
    """The field's name on its page; a document is called as in the list of materials.

    With `subject` what depends on its certificate is called as there.
    """
    pattern = pattern_of(path)
    head, _dot, key = pattern.partition(".")
    if head == "materials" and key:
        return _document(key, nature, subject)
    if subject is not None and pattern.endswith(".is_legal_representative"):
        return str(IS_HEAD) % {"head": head_of(subject)}
    if subject is not None and pattern == "legal_rep.residency":
        return str(HEADS_RESIDENCY) % {"head": head_of(subject)}
    if nature == PERSONAL and pattern in PERSONAL_LABELS:
        return str(PERSONAL_LABELS[pattern])
    return str(LABELS[pattern])


def _document(key: str, nature: str, subject: SubjectPart | None) -> str:
    if key == SUBJECT_DOCUMENT and nature != PERSONAL:
        return title_of_certificate(nature, subject)
    if nature == PERSONAL and key in PERSONAL_PICTURE_NAMES:
        return str(PERSONAL_PICTURE_NAMES[key])
    if key in PICTURE_NAMES:
        return str(PICTURE_NAMES[key])
    known = MATERIAL_NAMES.get(key)
    if known is None:
        return str(LABELS["materials"])
    # Written small in the list, as part of a sentence.
    return known.en[:1].upper() + known.en[1:] if data_language() == "en" else known.zh
