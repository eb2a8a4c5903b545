"""A unit's way to an account that may file, and an enterprise's first filing, the chosen way.

No test of every day, so its name is none: `./dev prove journeys` walks it by keyboard, and
tests/browser/test_first_walk.py the filing with a pointer and without JavaScript.
"""

from __future__ import annotations

import re

from tests.browser import walk
from tests.browser.helpers import axe_violations, keep_screenshot, overflows
from tests.browser.outside_world import OutsideWorld
from tests.browser.people import WORKSHOP, WORKSHOP_PHONE
from tests.browser.walk_enterprise import file_a_website
from tests.browser.ways import chosen_way, walking


def test_enterprise_files_a_website(product, visitor):
    come = walking(visitor, chosen_way())
    outside = OutsideWorld(visitor(), product.outside_url)
    newcomer = come(width=360, height=740)
    walk.register(newcomer, outside, WORKSHOP_PHONE, WORKSHOP.website)
    walk.prove_real_name(newcomer, WORKSHOP.name, WORKSHOP.credit_code)
    applicant, order, filed = file_a_website(product, outside, come, come)

    assert re.fullmatch(r"浙ICP备\d{10}号-1", filed)
    applicant.goto(f"{order}confirmation/")
    assert filed in applicant.locator("main").inner_text()
    assert not overflows(applicant)
    assert axe_violations(applicant) == []
    keep_screenshot(applicant, "enterprise-confirmation")
