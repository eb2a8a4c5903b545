"""The first walk: one website filing, from the browser to a filed number.

Once on the embedded pair without JavaScript, once on PostgreSQL and Redis with it; once with a
round of completion in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pytest

from tests.browser.helpers import axe_violations, keep_screenshot, overflows
from tests.browser.outside_world import OutsideWorld
from tests.browser.people import EDITOR, LEGAL, Person
from tests.browser.product import Product
from tests.browser.walk_enterprise import file_a_website
from tests.canary.canaries import Canary, found_in
from tests.canary.scans import scan_folder


@pytest.mark.parametrize(
    ("product", "javascript"),
    [("embedded", False), ("postgresql", True)],
    indirect=["product"],
)
def test_first_walk_ends_with_a_filing_number(product, javascript, visitor):
    outside = OutsideWorld(visitor(), product.outside_url)
    applicant, order, filed = file_a_website(
        product,
        outside,
        partial(visitor, javascript=javascript),
        partial(visitor, javascript=False),
    )

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
