"""Findings of a draft: gaps, unproved contacts, clashes with the register, rules."""

import pytest

from beian.enums import Channel
from orders.findings import blocking_findings, findings_of
from orders.wizard import unfinished_steps
from tests.builders import MOBILE, filled_dossier, make_applicant, make_order, make_resource
from verification.actions.proofs import prove_contact

pytestmark = pytest.mark.django_db


def complete_order(**changes):
    applicant = make_applicant()
    dossier = filled_dossier(make_resource(applicant.account), **changes)
    for key in ("subject_doc_image", "principal_id_front", "principal_id_back"):
        dossier.materials[key] = ["00000000-0000-0000-0000-000000000001"]
    order = make_order(applicant, dossier=dossier)
    prove_contact(order.pk, Channel.SMS, MOBILE)
    prove_contact(order.pk, Channel.MAIL, "lin@example.com")
    return order


def test_findings_of_a_complete_draft_block_nothing():
    order = complete_order()

    assert [(f.rule, f.about, f.message["zh"]) for f in blocking_findings(order)] == []
    assert unfinished_steps(order) == []


def test_findings_name_the_empty_fields_of_a_page():
    order = complete_order(**{"services[0].name": "", "services[0].languages": []})

    gaps = [f for f in findings_of(order) if f.kind == "required_fields"]

    assert [f.message["zh"] for f in gaps] == ["“网站信息”还没有填完：网站名称、网站语言。"]
