"""A natural person's filing on a phone, from the start to the filed number, the hard way.

Rejected once, sent back for completion once, returned by the ministry once. Everybody in it works
by keyboard only; `./dev prove journeys` walks it with a pointer and without JavaScript too.
"""

from __future__ import annotations

import re

from tests.browser import walk, walk_desk, walk_person
from tests.browser.helpers import axe_violations, keep_screenshot, overflows
from tests.browser.outside_world import OutsideWorld
from tests.browser.people import INDIVIDUAL
from tests.browser.pressing import button
from tests.browser.test_first_walk import leaks
from tests.browser.ways import chosen_way, walking

# U1 of the goals: at most so many screens for an individual, the task list not counted.
MOST_SCREENS = 11


def test_individual_files_a_website_on_a_phone(product, visitor):
    way = chosen_way()
    come = walking(visitor, way)
    outside = OutsideWorld(visitor(), product.outside_url)
    applicant = come(width=360, height=740)
    walk.sign_in(applicant, outside, INDIVIDUAL.mobile)
    screens: list[str] = []
    looks: dict[str, list[str]] = {}

    def look(name: str) -> None:
        screens.append(name)
        assert not overflows(applicant), name
        looks[name] = [] if way == "no script" else axe_violations(applicant)
        keep_screenshot(applicant, f"individual-{name}-360")

    order = walk.start_filing(applicant, "个人")
    screens.append("start")
    for name, fill in (
        ("subject", lambda: walk.fill_identity(applicant, order)),
        ("subject-principal", lambda: walk.fill_contacts(applicant, outside, INDIVIDUAL)),
        ("website", lambda: walk.fill_personal_website(applicant, order)),
        ("resource", lambda: walk.choose_resource(applicant, order)),
        ("materials", lambda: walk.upload_materials(applicant, order)),
    ):
        applicant.goto(f"{order}steps/{name}/")
        look(name)
        fill()
    applicant.goto(f"{order}truthfulness/")
    look("truthfulness")
    walk_person.be_recognised(applicant, come(width=360), outside, order, INDIVIDUAL)
    applicant.goto(f"{order}check/")
    look("check")
    assert applicant.get_by_role("heading", level=2, name="网站负责人").count() == 0
    number = walk.submit(applicant, order)
    look("submitted")
    assert len(screens) <= MOST_SCREENS

    reviewer = come(width=1440)
    walk_desk.staff_sign_in(reviewer, "reviewer-1", walk_desk.staff_password(product))
    reviewer.goto("/desk/")
    assert "许*" in reviewer.locator("main").inner_text()
    assert INDIVIDUAL.full_name not in reviewer.locator("main").inner_text()
    walk_desk.review_and_reject(reviewer, number, "services[0].name", "请写明网站写什么")
    look("rejected")
    walk.rename_website(applicant, order, "山间植物笔记")
    walk.submit(applicant, order)
    walk_desk.review_and_return(reviewer, number, "services[0].remarks", "请说明是否有评论功能")
    walk.explain(applicant, order, "没有评论功能。")
    look("needs-completion")
    walk.submit(applicant, order)
    walk_desk.review_and_pass(reviewer, number)

    submitter = come(width=1440)
    walk_desk.staff_sign_in(submitter, "submitter-1", walk_desk.staff_password(product))
    walk_desk.hand_over(submitter, number)
    person = come(width=360)
    walk_person.enter_wrong_codes(person, outside, number, INDIVIDUAL)
    used = outside.ministry_code(INDIVIDUAL.mobile)
    applicant.goto(order)
    look("returned")
    applicant.goto(f"{order}act/resubmit_unchanged/")
    button(applicant, "确认原样重新提交")
    walk_desk.hand_over(submitter, number)
    walk_person.verify(person, outside, number, INDIVIDUAL, after=used)
    outside.decide(number, "通过并给出备案号")

    filed = walk.filing_number(applicant, order)
    assert re.fullmatch(r"浙ICP备\d{10}号-1", filed)
    applicant.goto(f"{order}confirmation/")
    assert filed in applicant.locator("main").inner_text()
    look("confirmation")
    assert {name: found for name, found in looks.items() if found} == {}
    assert leaks(product, [INDIVIDUAL]) == []
