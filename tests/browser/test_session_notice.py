"""A session that is about to end says so in time, and one key keeps it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser import walk
from tests.browser.outside_world import OutsideWorld

PHONE = "13800000037"


def test_one_key_keeps_a_session_that_is_about_to_end(product, visitor):
    page = visitor()
    walk.sign_in(page, OutsideWorld(visitor(), product.outside_url), PHONE)
    page.clock.install()
    page.goto("/account/")
    notice = page.get_by_role("alert").filter(has_text="将退出登录")

    page.clock.run_for("27:50")
    expect(notice).to_have_count(0)
    page.clock.run_for("00:20")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("2 分钟后将退出登录。按任意键继续使用。")
    box = notice.bounding_box()
    assert box["y"] + box["height"] == page.viewport_size["height"]

    with page.expect_response(re.compile(r"/session/$")) as answer:
        page.keyboard.press("Shift")
    assert answer.value.json()["seconds"] in range(1795, 1801)
    expect(notice).to_have_count(0)
    page.clock.run_for("28:05")
    expect(notice).to_be_visible()
