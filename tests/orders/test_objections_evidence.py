"""A bundle of evidence has what was objected to and waived, under the seal of the submission."""

import pytest

from orders.evidence.verifying import verify_bundle
from rules.loader import shipped_rule_set
from tests.life import Life
from tests.orders.evidence_stage import export, make_auditor, member, rewritten
from tests.orders.objection_stage import (
    REASON,
    REVOCATION,
    RULE,
    TWO_DOMAINS,
    WAIVER,
    objected,
    revoke,
    waive,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def path(bureau, tmp_path):
    """Of an order under review whose rule was waived."""
    make_auditor()
    life = Life(bureau, **TWO_DOMAINS)
    objected(life.applicant, life.order)
    life.submit()
    life.take()
    waive(life)
    return export(life.order, tmp_path)


def test_bundle_has_objections_and_waivers_and_is_whole(path):
    (row,) = member(path, "objections.json")
    (frozen,) = member(path, "submissions/1/objections.json")

    assert (row["rule"], row["reason"], row["waivers"][0]["reason"]) == (RULE, REASON, WAIVER)
    assert (frozen["id"], frozen["reason"]) == (row["id"], REASON)
    assert verify_bundle(path).altered == []


def test_bundle_tells_who_revoked_a_waiver_and_why(bureau, tmp_path):
    make_auditor()
    life = Life(bureau, **TWO_DOMAINS)
    objected(life.applicant, life.order)
    life.submit()
    life.take()
    waive(life)
    revoke(life)
    waive(life)

    (row,) = member(export(life.order, tmp_path), "objections.json")

    revoked, standing = row["waivers"]
    assert (revoked["revoked_reason"], revoked["revoked_by"]) == (
        REVOCATION,
        life.reviewer.user.staff_name,
    )
    assert "revoked_reason" not in standing


@pytest.mark.parametrize("content", [None, b"[]"])
def test_objections_taken_out_or_altered_break_the_seal(path, content):
    altered = verify_bundle(rewritten(path, **{"submissions/1/objections.json": content})).altered

    assert "submissions/1：与封存值不符 / differs from its seal" in altered


def test_bundle_names_the_rules_each_round_was_judged_by(path):
    sealed = member(path, "submissions/1/sealed.json")

    assert sealed["shipped_rules"] == shipped_rule_set().version == sealed["rule_set_version"]
    assert sealed["rule_edits"] == []
