"""Answers of the name check and the domain registry."""

from datetime import timedelta
from typing import Any

from outside import clock
from outside.enums import DomainProblem, RealNameResult
from outside.models import DomainRecord, RealNameCheck, RealNameRule

# A name that always fails, so that the unhappy path needs no preparation.
MISMATCH_MARK = "不一致"
REASONS = {
    RealNameResult.MATCH: "",
    RealNameResult.MISMATCH: "姓名与证件号码不一致",
    RealNameResult.UNAVAILABLE: "实名核验服务暂时不可用，请稍后再试",
}
REGISTRAR = "示例域名注册商（虚构）"
OVERSEAS_REGISTRAR = "Example Overseas Registrar (fictitious)"
VALID_FOR = timedelta(days=400)
REAL_NAME_SINCE = timedelta(days=90)
ANSWERING_ADDRESS = "203.0.113.80"


def check_real_name(*, request_id: str, name: str) -> tuple[RealNameResult, str]:
    """Decide by the name alone; give the result and a reason for people."""
    rule = RealNameRule.objects.filter(name=name).first()
    if rule is not None:
        result = RealNameResult(rule.result)
    else:
        result = RealNameResult.MISMATCH if MISMATCH_MARK in name else RealNameResult.MATCH
    RealNameCheck.objects.update_or_create(
        request_id=request_id, defaults={"name": name, "result": result}
    )
    return result, REASONS[result]


def domain_record(domain: str) -> DomainRecord:
    """Find what the registry knows; a domain nobody asked about before is in good order."""
    today = clock.today()
    return DomainRecord.objects.get_or_create(
        domain=domain.lower(),
        defaults={
            "expires_on": today + VALID_FOR,
            "real_name_done_on": today - REAL_NAME_SINCE,
        },
    )[0]


def domain_answer(domain: str) -> dict[str, Any]:
    """Give the registry's answer in the words of the interface; dates are ISO or null."""
    record = domain_record(domain)
    problem = record.problem
    return {
        "suffix_approved": problem != DomainProblem.SUFFIX,
        "registrar": OVERSEAS_REGISTRAR if problem == DomainProblem.REGISTRAR else REGISTRAR,
        "registrar_approved": problem != DomainProblem.REGISTRAR,
        "expires_on": _expires_on(record),
        "real_name_done_on": _real_name_done_on(record),
        "registrant_name": record.registrant_name,
        "registrant_cert_digest_hint": "",
        "resolves_to": [ANSWERING_ADDRESS] if problem == DomainProblem.RESOLVES else [],
    }


def _expires_on(record: DomainRecord) -> str:
    if record.problem == DomainProblem.EXPIRED:
        return (clock.today() - timedelta(days=1)).isoformat()
    return record.expires_on.isoformat()


def _real_name_done_on(record: DomainRecord) -> str | None:
    if record.problem == DomainProblem.NO_REAL_NAME:
        return None
    if record.problem == DomainProblem.FRESH_REAL_NAME:
        return clock.today().isoformat()
    return record.real_name_done_on.isoformat()


def set_real_name_rule(*, name: str, result: str) -> None:
    """Answer `result` for `name` from now on."""
    RealNameRule.objects.update_or_create(name=name, defaults={"result": result})


def set_domain(*, domain: str, problem: str, registrant_name: str) -> None:
    """Give a domain a problem, or none, and a registrant."""
    record = domain_record(domain)
    DomainRecord.objects.filter(pk=record.pk).update(
        problem=problem, registrant_name=registrant_name
    )
