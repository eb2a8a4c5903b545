"""The product starts, answers, and its first page is fit to be seen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser import walk
from tests.browser.helpers import axe_violations, keep_screenshot, overflows
from tests.browser.outside_world import OutsideWorld
from tests.browser.product import Product

WARM_START_LIMIT_S = 5.0
# A machine busy with other tests may miss the limit for their sake.
WARM_STARTS_AT_MOST = 3
COLLEAGUE_PHONE = "13800000036"


@pytest.mark.parametrize("product", ["embedded", "postgresql"], indirect=True)
def test_home_page_opens_on_either_pair(product: Product, page: Page) -> None:
    response = page.goto("/")

    assert response is not None
    assert response.status == 200
    assert axe_violations(page) == []
    keep_screenshot(page, "home-1280")


def test_home_page_fits_a_phone(phone_page: Page) -> None:
    phone_page.goto("/")

    assert not overflows(phone_page)
    keep_screenshot(phone_page, "home-360")


def test_home_page_opens_without_javascript(nojs_page: Page) -> None:
    response = nojs_page.goto("/")

    assert response is not None
    assert response.status == 200


def orders_of(page: Page) -> list[str]:
    page.goto("/filings/")
    return re.findall(r"BA\d{8}-\d{4}", page.locator("main").inner_text())


def test_state_is_still_there_after_a_stop_and_a_start_of_seconds(
    product: Product, visitor
) -> None:
    page = visitor()
    walk.sign_in(page, OutsideWorld(visitor(), product.outside_url), COLLEAGUE_PHONE)
    if not orders_of(page):
        walk.start_filing(page)
    orders = orders_of(page)
    assert orders

    for _attempt in range(WARM_STARTS_AT_MOST):
        product.stop()
        seconds = product.start()
        assert orders_of(page) == orders
        if seconds <= WARM_START_LIMIT_S:
            break

    assert seconds <= WARM_START_LIMIT_S
