"""The responsible persons, who have no account: the truthfulness check and the codes."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.browser.outside_world import OutsideWorld, wait_until
from tests.browser.papers import paper
from tests.browser.people import Person
from tests.browser.pressing import button

# Five are allowed, the sixth returns the order.
WRONG_ENTRIES = 6


def be_recognised(
    page: Page, visitor: Page, outside: OutsideWorld, order: str, who: Person
) -> None:
    """The applicant texts the link, the person opens it, agrees, sends a photo and confirms it."""
    page.goto(f"{order}truthfulness/")
    before = outside.link_to_the_check(who.mobile)
    page.get_by_role("button", name=re.compile("^发送短信链接到")).click()

    def newer() -> str:
        link = outside.link_to_the_check(who.mobile)
        return link if link != before else ""

    visitor.goto(str(wait_until(newer, f"the link at {who.mobile}")))
    button(visitor, "我是本人，开始")
    for box in visitor.locator("main input[type=checkbox]").all():
        box.check()
    button(visitor, "同意并继续")
    visitor.locator("input[type=file]").set_input_files(
        {"name": "face.jpg", "mimeType": "image/jpeg", "buffer": paper(9)}
    )
    button(visitor, "提交照片")

    def has_passed() -> bool:
        visitor.reload()
        return visitor.get_by_role("button", name="确认使用该核验照").count() > 0

    wait_until(has_passed, "the face provider")
    button(visitor, "确认使用该核验照")
    visitor.get_by_role("heading", name="真实性核验已完成").wait_for()
    page.goto(f"{order}truthfulness/")
    button(page, "继续")


def open_sms_page(page: Page, number: str, person: Person) -> None:
    """As a responsible person without an account."""

    def is_open() -> bool:
        page.goto("/sms/")
        page.locator("[name=number]").fill(number)
        page.locator("main [name=mobile]").fill(person.mobile)
        button(page, "继续")
        return page.locator("[name=tail]").count() > 0

    wait_until(is_open, f"the SMS page of {person.mobile}")


def verify(
    page: Page, outside: OutsideWorld, number: str, person: Person, *, after: str = ""
) -> None:
    """With the code that came to the person, or the one that came after `after`."""
    open_sms_page(page, number, person)

    def newest() -> str:
        code = outside.ministry_code(person.mobile)
        return code if code != after else ""

    _enter_code(page, person, str(wait_until(newest, "the ministry's code")))


def _enter_code(page: Page, person: Person, code: str) -> None:
    page.locator("[name=code]").fill(code)
    page.locator("[name=tail]").fill(person.cert_number[-6:])
    button(page, "完成核验")


def enter_wrong_codes(page: Page, outside: OutsideWorld, number: str, person: Person) -> None:
    """One wrong code after another, until the ministry returns the order."""
    open_sms_page(page, number, person)
    wait_until(lambda: outside.ministry_code(person.mobile), "the ministry's code")
    for _time in range(WRONG_ENTRIES):
        page.locator("[name=code]").wait_for()
        _enter_code(page, person, "000000")
    page.locator("[name=code]").wait_for(state="detached")
