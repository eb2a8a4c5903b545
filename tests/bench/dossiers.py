"""A first filing of five websites as facts, in any province. Everybody in it is fictitious."""

from __future__ import annotations

from datetime import date
from typing import Any

from rules.engine import split_facts
from rules.vocabulary import FACTS
from tests.rules.cases import CLEAN_ENTERPRISE, OTHER_SERVICE_PRINCIPAL

Facts = dict[str, Any]
HOME = "33"
# What each website says otherwise; the third has a principal of its own.
WEBSITES: tuple[Facts, ...] = (
    {"domain.name": "example.com", "service.name": "示例科技官网"},
    {"domain.name": "shop.example.cn", "service.name": "示例科技商城", "domain.suffix": "cn"},
    {"domain.name": "help.example.net", "domain.suffix": "net", **OTHER_SERVICE_PRINCIPAL},
    {"domain.name": "example.org", "domain.suffix": "org", "domain.expiry": "2026-12-01"},
    {"domain.name": "news.example.com", "service.name": "示例科技新闻"},
)


def five_services(province: str) -> tuple[Facts, list[Facts]]:
    """Facts of the order and of its services: a telephone number is given twice, a domain runs out
    soon and a name calls for a permit."""
    order, service = split_facts(
        {
            **CLEAN_ENTERPRISE,
            "principal.emergency_phone": CLEAN_ENTERPRISE["principal.mobile"],
            "order.new_services": len(WEBSITES),
            "order.new_domains": len(WEBSITES),
        }
    )
    services = [{**service, **website} for website in WEBSITES]
    return _moved(order, province), [_moved(facts, province) for facts in services]


def _moved(facts: Facts, province: str) -> Facts:
    """The same in another province, with dates as a dossier holds them."""
    return {name: _value(name, value, province) for name, value in facts.items()}


def _value(name: str, value: Any, province: str) -> Any:
    kind = FACTS[name].type
    if kind == "date" and value is not None:
        return date.fromisoformat(value)
    if kind in ("province", "city") and value.startswith(HOME):
        return province + value.removeprefix(HOME)
    return value
