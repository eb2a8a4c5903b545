"""The button that prints is there only for a browser that can run it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.policy import PREPARE


@pytest.mark.parametrize("javascript", [True, False])
def test_list_to_prepare_is_printed_by_a_button_that_works_or_is_not_there(visitor, javascript):
    page = visitor(javascript=javascript)
    page.goto(f"/prepare/{PREPARE}")

    expect(page.locator("[data-print]")).to_be_visible(visible=javascript)
