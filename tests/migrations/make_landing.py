"""`./dev landing <name>`: walk through a fresh demo and keep its database as a release.

A filed order (with a round of completion), an order in review with a comment, and a draft; people,
companies and numbers are fictitious. Beside rows, keys and files it keeps what the rows said.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests.browser import walk, walk_desk, walk_person
from tests.browser.chromium import launch
from tests.browser.outside_world import OutsideWorld
from tests.browser.people import (
    COMPANY,
    EDITOR,
    LEGAL,
    WORKSHOP,
    WORKSHOP_PHONE,
    Company,
    Person,
)
from tests.browser.pressing import button
from tests.browser.product import Product, running_product
from tests.migrations import landing
from tests.migrations.commands import environment_of, run

TRADER = Company(
    "样例商贸（杭州）有限公司", "91330106MA00000029", "yangli-shangmao.com", "样例商贸官网"
)
OWNER = Person("吴样例", "33010219920511004X", "13800000035", "13700000023", "wu@example.com")


def main(name: str) -> None:
    with TemporaryDirectory(prefix="beian-landing-") as folder:
        state = Path(folder)
        with running_product("embedded", state) as product:
            _walk(product)
        environment = environment_of("embedded", state)
        print(run(environment, "manage.py", "dump_landing", name).strip())
        said = json.loads(run(environment, "-m", "tests.migrations.inspect_database"))
        landing.add(name, **said)


def _walk(product: Product) -> None:
    password = json.loads((product.state / "keys" / "demo.json").read_text())["staff_password"]
    with _visitors(product) as arrive:
        outside = OutsideWorld(arrive(), product.outside_url)
        reviewer, submitter = arrive(), arrive()
        walk_desk.staff_sign_in(reviewer, "reviewer-1", password)
        walk_desk.staff_sign_in(submitter, "submitter-1", password)
        print(_filed(arrive, outside, reviewer, submitter), "filed")
        print(_in_review(arrive(), outside, reviewer), "in review, with a comment")
        print(_draft(arrive(), outside), "a draft")


@contextmanager
def _visitors(product: Product) -> Iterator:
    with sync_playwright() as playwright:
        browser = launch(playwright)

        def arrive() -> Page:
            return browser.new_context(base_url=product.url, locale="zh-CN").new_page()

        yield arrive
        browser.close()


def _filed(arrive, outside: OutsideWorld, reviewer: Page, submitter: Page) -> str:
    applicant = arrive()
    walk.sign_in(applicant, outside, LEGAL.mobile)
    order = walk.start_filing(applicant)
    number = _apply(applicant, outside, order, COMPANY, LEGAL, EDITOR)
    walk_desk.review_and_return(reviewer, number, "services[0].name", "请写明网站的用途")
    walk.rename_website(applicant, order, "示例科技产品官网")
    walk.submit(applicant, order)
    walk_desk.review_and_pass(reviewer, number)
    walk_desk.hand_over(submitter, number)
    for person in (LEGAL, EDITOR):
        walk_person.verify(arrive(), outside, number, person)
    outside.decide(number, "通过并给出备案号")
    walk.filing_number(applicant, order)
    return number


def _in_review(page: Page, outside: OutsideWorld, reviewer: Page) -> str:
    walk.sign_in(page, outside, OWNER.mobile)
    walk.prove_real_name(page, TRADER.name, TRADER.credit_code)
    order = walk.start_filing(page)
    number = _apply(page, outside, order, TRADER, OWNER, None)
    walk_desk.write_comment(reviewer, number, "services[0].name", "请改为与单位有关的名称")
    return number


def _draft(page: Page, outside: OutsideWorld) -> str:
    walk.register(page, outside, WORKSHOP_PHONE, "样例工坊")
    walk.prove_real_name(page, WORKSHOP.name, WORKSHOP.credit_code)
    order = walk.start_filing(page)
    walk.fill_subject(page, order, WORKSHOP)
    # An unfinished page: what was typed is kept, too.
    page.goto(f"{order}steps/website/")
    page.locator("[name=name]").fill(WORKSHOP.website)
    button(page, "保存并继续")
    return order


def _apply(
    page: Page,
    outside: OutsideWorld,
    order: str,
    company: Company,
    legal: Person,
    editor: Person | None,
) -> str:
    walk.fill_subject(page, order, company)
    walk.fill_subject_principal(page, outside, order, legal)
    walk.fill_website(page, order, company)
    walk.fill_service_principal(page, outside, order, editor)
    walk.choose_resource(page, order)
    walk.upload_materials(page, order)
    context = page.context.browser.new_context(locale="zh-CN")
    walk_person.be_recognised(page, context.new_page(), outside, order, editor or legal)
    context.close()
    return walk.submit(page, order)


if __name__ == "__main__":
    main(*sys.argv[1:])
