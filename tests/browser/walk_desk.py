"""The walk on the provider's side: each function is one colleague at one page."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

from playwright.sync_api import Page

from tests.browser.pressing import button, follow
from tests.browser.product import Product


def staff_password(product: Product) -> str:
    """Of every colleague in the demo."""
    made: dict[str, str] = json.loads((product.state / "keys" / "demo.json").read_text())
    return made["staff_password"]


def staff_sign_in(page: Page, name: str, password: str) -> None:
    page.goto("/staff/sign-in/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(password)
    button(page, "登录")


def answer_checklist(page: Page) -> None:
    """Note the calls, confirm what may be confirmed together, pass the others one by one."""
    _press_while_there(page, "#checklist button[value^='call:']")
    for group in ("green", "looked-at"):
        _press_while_there(page, f"#checklist button[value='group:{group}']")
    _press_while_there(page, "#checklist button[value^='pass:']")


def _press_while_there(page: Page, buttons: str) -> None:
    """Each press leads to the page anew, with one button less."""
    while page.locator(buttons).count():
        follow(page, page.locator(buttons).first)


def review_and_pass(page: Page, number: str) -> None:
    """Claim the case of `number` in the queue and pass it."""
    page.goto("/desk/")
    page.get_by_role("link", name=number).first.click()
    button(page, "领取")
    answer_checklist(page)
    button(page, "通过初审")
    button(page, "确认通过")


def write_comment(page: Page, number: str, path: str, text: str) -> None:
    """Claim the case and comment on one field, without a decision."""
    page.goto("/desk/")
    page.get_by_role("link", name=number).first.click()
    button(page, "领取")
    follow(page, page.locator(f"a[href*='/comments/?path={quote(path)}']").first)
    page.locator("[name=reason]").select_option("R-NAME")
    page.locator("[name=severity]").select_option("must_fix")
    page.locator("[name=text]").fill(text)
    button(page, "保存意见")


def review_and_return(page: Page, number: str, path: str, text: str) -> None:
    """Claim the case, comment on one field and ask for completion."""
    write_comment(page, number, path, text)
    button(page, "退回待修改")
    button(page, "确认退回待修改")


def review_and_reject(page: Page, number: str, path: str, text: str) -> None:
    """Claim the case, comment on one field and reject it."""
    write_comment(page, number, path, text)
    button(page, "驳回")
    page.locator("[name=opinion]").fill("资料与实际不符，请修改后重新提交。")
    button(page, "确认驳回")


def hand_over(page: Page, number: str) -> None:
    page.goto("/desk/handover/")
    page.get_by_role("link", name=re.compile(f"核对并提交.*{number}", re.DOTALL)).click()
    button(page, "提交管局")
