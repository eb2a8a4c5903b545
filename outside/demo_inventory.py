"""What every account owns in the demo: things that can carry a filing and things that cannot.

Addresses are from the ranges kept for documentation (RFC 5737).
"""

from typing import Any

DAYS_PER_MONTH = 31

DEMO_RESOURCES: list[dict[str, Any]] = [
    {"slug": "ecs-01", "name": "ECS 示例-01", "kind": "ecs", "public_ips": ["203.0.113.24"]},
    {
        "slug": "flexus-l-01",
        "name": "Flexus L 示例-02",
        "kind": "flexus_l",
        "public_ips": ["203.0.113.25"],
    },
    {
        "slug": "ecs-full",
        "name": "ECS 示例-03（备案数已用完）",
        "kind": "ecs",
        "public_ips": ["203.0.113.26"],
        "used_services": 5,
    },
    {
        "slug": "ecs-short",
        "name": "ECS 示例-04（购买 1 个月）",
        "kind": "ecs",
        "public_ips": ["203.0.113.27"],
        "months_total": 1,
    },
    {
        "slug": "ecs-postpaid",
        "name": "ECS 示例-05（按需计费）",
        "kind": "ecs",
        "public_ips": ["203.0.113.28"],
        "billing": "postpaid",
        "months_total": 0,
    },
    {
        "slug": "ecs-hk",
        "name": "ECS 示例-06（中国香港）",
        "kind": "ecs",
        "public_ips": ["198.51.100.24"],
        "region": "ap-southeast-1",
        "region_label": "中国香港",
        "mainland": False,
    },
    {
        "slug": "eip",
        "name": "弹性公网 IP 示例-07",
        "kind": "eip",
        "public_ips": ["203.0.113.29"],
    },
    {"slug": "cdn", "name": "CDN 示例-08", "kind": "cdn", "public_ips": []},
    {
        "slug": "ecs-codes",
        "name": "ECS 示例-09（已转为备案授权码）",
        "kind": "ecs",
        "public_ips": ["203.0.113.30"],
        "as_codes": True,
    },
]

DEFAULTS: dict[str, Any] = {
    "region": "cn-east-3",
    "region_label": "华东-上海一",
    "billing": "prepaid",
    "months_total": 12,
    "mainland": True,
    "used_services": 0,
    "as_codes": False,
}
