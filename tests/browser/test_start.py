"""The product starts, answers, and its first page is fit to be seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.helpers import axe_violations, keep_screenshot, overflows
from tests.browser.product import Product


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
