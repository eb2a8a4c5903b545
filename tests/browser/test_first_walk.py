"""The first walk: one website filing, from the browser to a filed number.

Once on the embedded pair without JavaScript, once on PostgreSQL and Redis with it; once with a
round of completion in between.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from tests.browser import walk, walk_desk, walk_person
from tests.browser.helpers import axe_violations, keep_screenshot, overflows
from tests.browser.outside_world import OutsideWorld
from tests.browser.people import EDITOR, LEGAL, Person
from tests.browser.product import Product
from tests.canary.canaries import Canary, found_in
from tests.canary.scans import scan_folder

NUMBER = r"浙ICP备\d{10}号-1"


def staff_password(product: Product) -> str:
    return json.loads((product.state / "keys" / "demo.json").read_text())["staff_password"]


def apply_for_a_website(page, phone, outside, *, editor=EDITOR) -> tuple[str, str]:
    """From signing in to the submitted page; returns the order's address and number."""
    walk.sign_in(page, outside, LEGAL.mobile)
    order = walk.start_filing(page)
    walk.fill_subject(page, order)
    walk.fill_subject_principal(page, outside, order)
    walk.fill_website(page, order)
    walk.fill_service_principal(page, outside, order, editor)
    walk.choose_resource(page, order)
    walk.upload_materials(page, order)
    walk_person.be_recognised(page, phone, outside, order, editor)
    return order, walk.submit(page, order)


@pytest.mark.parametrize(
    ("product", "javascript"),
    [("embedded", False), ("postgresql", True)],
    indirect=["product"],
)
def test_first_walk_ends_with_a_filing_number(product, javascript, visitor):
    outside = OutsideWorld(visitor(), product.outside_url)
    applicant = visitor(javascript=javascript)
    phone = visitor(javascript=javascript, width=360)
    order, number = apply_for_a_website(applicant, phone, outside)

    reviewer = visitor(javascript=javascript, width=1440)
    walk_desk.staff_sign_in(reviewer, "reviewer-1", staff_password(product))
    walk_desk.review_and_return(reviewer, number, "services[0].name", "请写明网站的用途")
    walk.rename_website(applicant, order, "示例科技产品官网")
    walk.submit(applicant, order)
    walk_desk.review_and_pass(reviewer, number)

    submitter = visitor(javascript=javascript, width=1440)
    walk_desk.staff_sign_in(submitter, "submitter-1", staff_password(product))
    walk_desk.hand_over(submitter, number)
    for person in (LEGAL, EDITOR):
        walk_person.verify(visitor(javascript=False, width=360), outside, number, person)
    outside.decide(number, "通过并给出备案号")

    filed = walk.filing_number(applicant, order)
    assert filed == "浙ICP备2026000001号-1"
    applicant.goto(f"{order}confirmation/")
    assert filed in applicant.locator("main").inner_text()
    assert not overflows(applicant)
    if javascript:
        assert axe_violations(applicant) == []
    keep_screenshot(applicant, f"first-walk-{'js' if javascript else 'nojs'}")
    assert leaks(product) == []


def leaks(product: Product, people: Sequence[Person] = (LEGAL, EDITOR)) -> list[str]:
    """Personal data in what the processes logged or the file broker holds."""
    canaries = [
        Canary(f"{person.full_name} {field}", getattr(person, field))
        for person in people
        for field in ("cert_number", "mobile", "emergency_phone", "email", "full_name")
    ]
    # The launcher prints the demo's phones before any process logs; requests come after.
    logged = product.log().rsplit("press Ctrl-C to stop", 1)[-1]
    return found_in(logged, canaries, "log") + scan_folder(product.state / "broker", canaries)
