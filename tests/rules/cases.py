"""Sample orders as facts. All persons, companies and numbers are fictitious."""

from __future__ import annotations

from datetime import date
from typing import Any

from rules.engine import evaluate
from rules.finding import Finding
from rules.loader import shipped_rule_set
from rules.rule_set import RuleSet

TODAY = date(2026, 11, 16)
ZHEJIANG, HANGZHOU, GUANGDONG = "33", "3301", "44"

CLEAN_ENTERPRISE: dict[str, Any] = {
    "service_type": "website",
    "subject.nature": "enterprise",
    "subject.name": "示例科技（杭州）有限公司",
    "subject.business_scope": "软件开发；信息技术咨询服务",
    "subject.doc_type": "business_licence",
    "subject.doc_is_electronic": False,
    "subject.doc_province": ZHEJIANG,
    "subject.doc_city": HANGZHOU,
    "subject.doc_expiry": None,
    "contact.province": ZHEJIANG,
    "contact.city": HANGZHOU,
    "principal.is_legal_rep": True,
    "principal.residency": "mainland",
    "principal.id_type": "id_card",
    "principal.id_province": ZHEJIANG,
    "principal.birth_date": "1985-05-05",
    "principal.id_expiry": "2035-01-01",
    "principal.mobile": "13800000001",
    "principal.mobile_province": ZHEJIANG,
    "principal.emergency_phone": "13800000002",
    "principal.emergency_is_third_person": True,
    "principal.mobile_used_by_other_subject": False,
    "principal.emergency_used_by_other_subject": False,
    "principal.email_used_by_other_subject": False,
    "principal.id_used_by_other_subject": False,
    "service_principal.same_as_principal": True,
    "order.new_services": 1,
    "order.new_domains": 1,
    "order.max_domains_per_service": 1,
    "order.existing_services": 0,
    "domain.name": "example.com",
    "domain.suffix": "com",
    "domain.registrant": "subject",
    "domain.realname_matches_subject": True,
    "domain.realname_passed_on": "2026-10-12",
    "domain.expiry": "2028-01-01",
    "domain.registrar_domestic": True,
    "domain.resolution_active": False,
    "domain.filed_before": None,
    "service.name": "示例科技官网",
    "service.content_category": "unit_portal",
    "service.remark_length": 20,
    "service.pre_approval_ticked": [],
}

# A service principal who is not the subject principal.
OTHER_SERVICE_PRINCIPAL: dict[str, Any] = {
    "service_principal.same_as_principal": False,
    "service_principal.is_legal_rep": True,
    "service_principal.residency": "mainland",
    "service_principal.id_type": "id_card",
    "service_principal.id_province": ZHEJIANG,
    "service_principal.id_expiry": "2035-01-01",
    "service_principal.birth_date": "1990-01-01",
    "service_principal.mobile": "13800000003",
    "service_principal.emergency_phone": "13800000004",
    "service_principal.email_equals_principal": False,
    "service_principal.mobile_used_by_other_subject": False,
    "service_principal.emergency_used_by_other_subject": False,
    "service_principal.email_used_by_other_subject": False,
}

CLEAN_PERSON: dict[str, Any] = {
    **{name: value for name, value in CLEAN_ENTERPRISE.items() if name != "subject.business_scope"},
    "subject.nature": "personal",
    "subject.name": "张示例",
    "subject.doc_type": "id_card",
    "subject.doc_expiry": "2035-01-01",
    "service.name": "山间读书笔记",
    "service.content_category": "other",
    "service.remark_length": 40,
    "service.remark_has_personal_declaration": True,
}

CLEAN_GOVERNMENT: dict[str, Any] = {
    **CLEAN_ENTERPRISE,
    "subject.nature": "government",
    "subject.name": "示例县人民政府",
    "subject.doc_type": "unified_code_certificate",
    "service.name": "示例县政府门户网站",
    "domain.name": "shili.gov.cn",
    "domain.suffix": "gov.cn",
}

CLEAN_INSTITUTION: dict[str, Any] = {
    **CLEAN_ENTERPRISE,
    "subject.nature": "public_institution",
    "subject.name": "示例市图书馆",
    "subject.doc_type": "institution_certificate",
    "service.name": "示例市图书馆",
    "domain.name": "example.org.cn",
    "domain.suffix": "org.cn",
}

BASES = {
    "enterprise": CLEAN_ENTERPRISE,
    "person": CLEAN_PERSON,
    "government": CLEAN_GOVERNMENT,
    "institution": CLEAN_INSTITUTION,
}


def national_rules() -> RuleSet:
    """The baseline alone, as a province would meet it that demands nothing of its own."""
    shipped = shipped_rule_set().rules
    return RuleSet([rule for rule in shipped if rule.province is None], version="national")


NATIONAL = national_rules()


def findings(
    facts: dict[str, Any],
    *,
    province: str = ZHEJIANG,
    order_type: str = "first",
    today: date = TODAY,
    materials: tuple[str, ...] = (),
    rule_set: RuleSet | None = NATIONAL,
) -> list[Finding]:
    """What the national rules find; with `rule_set` None, all that ship."""
    return evaluate(
        facts,
        province=province,
        order_type=order_type,
        today=today,
        materials=materials,
        rule_set=rule_set,
    )


def outcomes(found: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.rule, finding.outcome, finding.about) for finding in found]
