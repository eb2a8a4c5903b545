from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.outside.client import Client


def real_name(world: Client, name: str) -> str:
    body = {"request_id": str(uuid4()), "name": name, "cert_number": "330106199001011234"}
    return world.call("/api/real-name", body).json["result"]


def domain_check(world: Client, domain: str) -> dict:
    return world.call("/api/domain-check", {"domain": domain}).json


def test_real_name_matches_unless_the_name_says_otherwise(world: Client):
    assert [real_name(world, name) for name in ("李示例", "王不一致")] == ["match", "mismatch"]


def test_real_name_rule_decides_until_it_is_removed(world: Client):
    world.click("/real-name/", name="赵示例", result="unavailable")
    ruled = real_name(world, "赵示例")
    removal = world.get("/real-name/").text.split("赵示例 →")[1].split('action="')[1].split('"')[0]
    world.click("/real-name/", removal)

    assert (ruled, real_name(world, "赵示例")) == ("unavailable", "match")


def test_real_name_check_keeps_no_certificate_number(world: Client, shared_world):
    real_name(world, "孙示例")

    stored = b"".join(file.read_bytes() for file in shared_world.state.glob("outside.sqlite3*"))

    assert "孙示例".encode() in stored
    assert b"330106199001011234" not in stored


def test_domain_without_a_rule_is_in_good_order(world: Client):
    today = date.fromisoformat(world.get("/clock/").text.split('datetime="')[1][:10])

    assert domain_check(world, "good.example") == {
        "suffix_approved": True,
        "registrar": "示例域名注册商（虚构）",
        "registrar_approved": True,
        "expires_on": (today + timedelta(days=400)).isoformat(),
        "real_name_done_on": (today - timedelta(days=90)).isoformat(),
        "registrant_name": "",
        "registrant_cert_digest_hint": "",
        "resolves_to": [],
    }


@pytest.mark.parametrize(
    ("problem", "field", "value"),
    [
        ("suffix", "suffix_approved", False),
        ("registrar", "registrar_approved", False),
        ("no_real_name", "real_name_done_on", None),
        ("resolves", "resolves_to", ["203.0.113.80"]),
    ],
)
def test_domain_with_a_problem_answers_with_it(world: Client, problem, field, value):
    domain = f"{problem.replace('_', '-')}.example"
    good = domain_check(world, domain)

    world.click("/domains/", domain=domain, problem=problem, registrant_name="")

    changed = {name for name, answer in domain_check(world, domain).items() if answer != good[name]}
    assert domain_check(world, domain)[field] == value
    assert changed - {"registrar"} == {field}


def test_domain_registrant_can_be_named(world: Client):
    world.click(
        "/domains/", domain="owned.example", problem="", registrant_name="示例贸易（宁波）有限公司"
    )

    assert domain_check(world, "OWNED.example")["registrant_name"] == "示例贸易（宁波）有限公司"


def test_inventory_is_the_same_set_for_every_account_with_refs_of_its_own(world: Client):
    first = world.get("/api/inventory/account-1").json["resources"]
    again = world.get("/api/inventory/account-1").json["resources"]
    other = world.get("/api/inventory/account-2").json["resources"]

    assert again == first
    assert [entry["name"] for entry in other] == [entry["name"] for entry in first]
    assert not {entry["ref"] for entry in other} & {entry["ref"] for entry in first}


def test_inventory_holds_eligible_and_ineligible_resources(world: Client):
    resources = world.get("/api/inventory/account-3").json["resources"]

    told_apart = [
        (
            entry["kind"],
            entry["billing"],
            entry["months_total"],
            entry["mainland"],
            entry["used_services"],
            entry["as_codes"],
        )
        for entry in resources
    ]
    assert told_apart == [
        ("ecs", "prepaid", 12, True, 0, False),
        ("flexus_l", "prepaid", 12, True, 0, False),
        ("ecs", "prepaid", 12, True, 5, False),
        ("ecs", "prepaid", 1, True, 0, False),
        ("ecs", "postpaid", 0, True, 0, False),
        ("ecs", "prepaid", 12, False, 0, False),
        ("eip", "prepaid", 12, True, 0, False),
        ("cdn", "prepaid", 12, True, 0, False),
        ("ecs", "prepaid", 12, True, 0, True),
    ]
    assert resources[0]["public_ips"] == ["203.0.113.24"]
