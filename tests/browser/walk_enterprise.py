"""An enterprise's first filing of a website: everybody's pages in turn, whatever their ways."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser import walk, walk_desk, walk_person
from tests.browser.conftest import Visitor
from tests.browser.outside_world import OutsideWorld
from tests.browser.people import EDITOR, LEGAL, Person
from tests.browser.product import Product


def apply_for_a_website(
    page: Page, phone: Page, outside: OutsideWorld, *, editor: Person = EDITOR
) -> tuple[str, str]:
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


def file_a_website(
    product: Product, outside: OutsideWorld, come: Visitor, come_to_verify: Visitor
) -> tuple[Page, str, str]:
    """From signing in to the filing number, sent back for completion once.

    `come` brings everybody, `come_to_verify` the two persons whom the ministry texts. Returns the
    applicant's page, the order's address and the number.
    """
    applicant = come()
    order, number = apply_for_a_website(applicant, come(width=360, height=740), outside)

    reviewer = come(width=1440)
    walk_desk.staff_sign_in(reviewer, "reviewer-1", walk_desk.staff_password(product))
    walk_desk.review_and_return(reviewer, number, "services[0].name", "请写明网站的用途")
    walk.rename_website(applicant, order, "示例科技产品官网")
    walk.submit(applicant, order)
    walk_desk.review_and_pass(reviewer, number)

    submitter = come(width=1440)
    walk_desk.staff_sign_in(submitter, "submitter-1", walk_desk.staff_password(product))
    walk_desk.hand_over(submitter, number)
    for person in (LEGAL, EDITOR):
        walk_person.verify(come_to_verify(width=360, height=740), outside, number, person)
    outside.decide(number, "通过并给出备案号")
    return applicant, order, walk.filing_number(applicant, order)
