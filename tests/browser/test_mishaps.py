"""What goes wrong at a desk with a telephone on it: double clicks, two tabs, back, a long break."""

from __future__ import annotations

import re

from tests.browser import walk
from tests.browser.outside_world import OutsideWorld
from tests.browser.pressing import button

PHONE = "13800000035"
NAME, CREDIT_CODE = "样例商贸（杭州）有限公司", "91330102MA0000002A"
MERGED = "两个窗口里改的内容都保留。"


def fill_name(page, name: str) -> None:
    page.locator("[name=name]").fill(name)


def value_of(page, field: str) -> str:
    return page.locator(f"[name={field}]").input_value()


def test_nothing_is_done_twice_and_nothing_is_lost(product, visitor):
    outside = OutsideWorld(visitor(), product.outside_url)
    page = visitor()
    walk.sign_in(page, outside, PHONE)
    walk.prove_real_name(page, NAME, CREDIT_CODE)

    # A double click begins one order.
    page.goto("/filings/start/")
    page.get_by_role("radio", name="网站", exact=True).check()
    page.get_by_role("radio", name=re.compile("^企业")).check()
    page.get_by_label("备案省份").select_option("33")
    page.get_by_role("button", name="开始首次备案").dblclick()
    page.wait_for_url(re.compile(r"/tasks/$"))
    order = re.sub(r"tasks/$", "", page.url)
    website = f"{order}steps/website/"
    page.goto("/filings/")
    assert page.get_by_role("link", name=re.compile("^继续|BA\\d{8}")).count() >= 1
    assert len(set(re.findall(r"BA\d{8}-\d{4}", page.locator("main").inner_text()))) == 1

    # Two tabs on one page: what each of them changed is there.
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(website)
    page.locator("[name=remarks]").fill(MERGED)
    button(page, "保存并继续")
    fill_name(other, "样例商贸官网")
    button(other, "保存并继续")
    page.goto(website)
    assert (value_of(page, "name"), value_of(page, "remarks")) == ("样例商贸官网", MERGED)

    other.close()

    # Back and refresh after saving neither complain nor lose anything.
    fill_name(page, "样例商贸产品网")
    button(page, "保存并继续")
    page.wait_for_load_state()
    page.go_back()
    page.reload()
    assert page.url.endswith("/steps/website/")
    assert value_of(page, "name") == "样例商贸产品网"

    # A break longer than the session: what was typed waits behind sign-in.
    fill_name(page, "样例商贸新闻页")
    outside.move_clock("+1 小时")
    button(page, "保存并继续")
    assert "刚才填写的内容已为您留住" in page.locator("body").inner_text()

    def ask() -> None:
        page.get_by_label("手机号").fill(PHONE)
        button(page, "获取验证码")

    code = outside.code_after(PHONE, ask)
    page.get_by_label("短信验证码").fill(code)
    button(page, "登录")
    button(page, "继续提交")
    page.goto(website)
    assert value_of(page, "name") == "样例商贸新闻页"

    outside.move_clock("恢复真实时间")
    page.goto(f"{order}act/abandon/")
    page.get_by_role("button", name="确认放弃").dblclick()
    page.get_by_text("订单已放弃，占用的资源已释放。").wait_for()
    page.goto(order)
    assert "已放弃" in page.locator("main").inner_text()
